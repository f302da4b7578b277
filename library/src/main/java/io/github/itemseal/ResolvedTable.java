package io.github.itemseal;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A table whose keys are known, with the actions they force. What the formats are bound to.
 *
 * @param name the physical name
 * @param logicalName the name that signatures bind
 * @param primaryIndex the primary key
 * @param actions with every key attribute protected
 * @param reservedNames those of the formats it reads and writes, and the usual ones
 * @param encryptedRoles attributes that DynamoDB needs in plaintext, but which are encrypted
 */
record ResolvedTable(
    String name,
    String logicalName,
    TableIndex primaryIndex,
    AttributeActions actions,
    ReservedNames reservedNames,
    EncryptedRoles encryptedRoles) {

  /** The same table with other actions, which protect its keys too. */
  ResolvedTable withActions(AttributeActions other) {
    return new ResolvedTable(name, logicalName, primaryIndex, other, reservedNames, encryptedRoles);
  }

  /** The table and its keys, for failures. */
  FailureSubject subject() {
    return FailureSubject.table(logicalName).withKeyNames(primaryIndex.attributes());
  }

  /** The encryption context of an item, to be completed with its material description. */
  EncryptionContext.Builder contextFor(Map<String, AttributeValue> item) {
    EncryptionContext.Builder context =
        EncryptionContext.builder()
            .tableName(logicalName)
            .partitionKeyName(primaryIndex.partitionKey())
            .attributesView(item);
    primaryIndex.sortKey().ifPresent(context::sortKeyName);
    return context;
  }
}
