package io.github.itemseal.enhanced;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.client.ItemUpdate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** A transaction of the enhanced client, as several safe updates if it updates protected items. */
final class RoutedTransaction {
  private RoutedTransaction() {}

  /**
   * Its updates; empty if it has none on protected tables and can go the way of all transactions.
   *
   * @throws UnsupportedRequestException if it has, and other elements too: the items that are
   *     updated must be read first, and together
   */
  static Optional<List<ItemUpdate>> updatesOf(
      TransactWriteItemsRequest request, Set<String> protectedTables) {
    List<TransactWriteItem> items = request.transactItems();
    Optional<String> table =
        items.stream()
            .filter(item -> item.update() != null)
            .map(item -> tableName(item.update().tableName()))
            .filter(protectedTables::contains)
            .findFirst();
    if (table.isEmpty()) {
      return Optional.empty();
    }
    boolean mixed =
        items.stream()
            .anyMatch(
                item ->
                    item.update() == null
                        || !protectedTables.contains(tableName(item.update().tableName())));
    if (mixed) {
      throw new UnsupportedRequestException(
          FailureReason.OPERATION_REFUSED,
          FailureSubject.table(table.get()),
          ("A transaction that updates items of the protected table '%s' can hold no other elements"
                  + " than updates of protected tables: put the whole item instead of updating it.")
              .formatted(table.get()));
    }
    return Optional.of(
        items.stream().map(item -> RoutedUpdate.of(item.update()).asItemUpdate()).toList());
  }

  /** The name in a name or ARN of a table. */
  static String tableName(String nameOrArn) {
    return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
  }
}
