package io.github.itemseal;

import io.github.itemseal.ItemsealListener.PlaintextNeeded;
import io.github.itemseal.ItemsealListener.PlaintextRole;
import io.github.itemseal.internal.listener.Notices;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of a table that DynamoDB uses in a role that needs plaintext, while the
 * configuration encrypts them. A role that DynamoDB tells of never takes the encryption away: an
 * item with such an attribute is not written, until a person has decided by name. Immutable.
 */
final class EncryptedRoles {
  /** Of a table that stores items as they are. */
  static final EncryptedRoles NONE = new EncryptedRoles(Map.of());

  private final Map<String, PlaintextNeeded> undecided;

  private EncryptedRoles(Map<String, PlaintextNeeded> undecided) {
    this.undecided = undecided;
  }

  /**
   * The roles that a table's description gives to encrypted attributes.
   *
   * @param actions with the table's keys protected
   */
  static EncryptedRoles of(TableInfo table, String logicalName, AttributeActions actions) {
    Map<String, PlaintextNeeded> undecided = new LinkedHashMap<>();
    for (SecondaryIndex index : table.secondaryIndexes()) {
      for (String name : index.keys().attributes()) {
        if (actions.actionFor(name).encrypts() && !actions.isNamed(name)) {
          undecided.putIfAbsent(
              name,
              new PlaintextNeeded(
                  logicalName, name, PlaintextRole.INDEX_KEY, Optional.of(index.name())));
        }
      }
    }
    return new EncryptedRoles(undecided);
  }

  /**
   * Refuses an item that has an attribute which is encrypted by default in such a role.
   *
   * @throws ForbiddenItemException naming the attribute, its role and the ways out
   */
  void requireNone(Map<String, AttributeValue> item, ResolvedTable table) {
    for (PlaintextNeeded needed : undecided.values()) {
      if (item.containsKey(needed.attribute())) {
        FailureSubject subject = table.subject().withAttribute(needed.attribute());
        throw new ForbiddenItemException(
            FailureReason.INDEX_KEY_ENCRYPTED,
            subject,
            ("The %s is a key of the index '%s', but it is encrypted by default, so that the index"
                    + " cannot work: items with it are not written. Decide by name: SIGN_ONLY or"
                    + " DO_NOTHING, and the index has it in plaintext; or ENCRYPT_AND_SIGN, and the"
                    + " index sees ciphertext.")
                .formatted(subject.describe(), needed.index().orElseThrow()));
      }
    }
  }

  /** Tells of every encrypted attribute in such a role. */
  void tell(Notices notices) {
    undecided.values().forEach(needed -> notices.tell(to -> to.plaintextNeeded(needed)));
  }
}
