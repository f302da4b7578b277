package io.github.itemseal.examples.migration;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table that moves: key {@code id}, a readable city, a counter that anybody may change. */
final class Customers {
  static final String NAME = "Customers";
  static final TableInfo INFO = TableInfo.of(NAME, TableIndex.of("id"));
  static final AttributeActions ACTIONS =
      AttributeActions.encryptAndSign()
          .with("city", CryptoAction.SIGN_ONLY)
          .with("visits", CryptoAction.DO_NOTHING);

  private Customers() {}

  static Map<String, AttributeValue> customer(String id) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "city", AttributeValue.fromS("Oslo"),
        "iban", AttributeValue.fromS("NO00 0000 0000 " + id),
        "visits", AttributeValue.fromN("1"));
  }

  static Map<String, AttributeValue> key(Map<String, AttributeValue> customer) {
    return Map.of("id", customer.get("id"));
  }
}
