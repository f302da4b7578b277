package io.github.itemseal.keyring;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Chooses the branch key of each item, say by tenant. Thread-safe, and does not block.
 *
 * <p>It must choose the same one when the item is read. What it sees of a stored item is not
 * verified yet, and the choice says only which branch key to try: an item that was written with
 * another one, or moved to other keys, does not open.
 */
@FunctionalInterface
public interface BranchKeyIdSupplier {
  /**
   * The id of the branch key for an item.
   *
   * @param attributes the key attributes of the item; in version 2 also those with {@code
   *     SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT}, and {@code aws_dbe_table_name}, {@code
   *     aws_dbe_partition_name} and {@code aws_dbe_sort_name}, the names of the table and its keys
   */
  String branchKeyId(Map<String, AttributeValue> attributes);
}
