package io.github.itemseal.client;

import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** The tables that one element of a write transaction touches. */
final class TransactTables {
  private TransactTables() {}

  static Stream<String> of(TransactWriteItem item) {
    return Stream.of(
            item.put() == null ? null : item.put().tableName(),
            item.update() == null ? null : item.update().tableName(),
            item.delete() == null ? null : item.delete().tableName(),
            item.conditionCheck() == null ? null : item.conditionCheck().tableName())
        .filter(Objects::nonNull);
  }
}
