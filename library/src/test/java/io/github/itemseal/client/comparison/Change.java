package io.github.itemseal.client.comparison;

import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update expression with the values it needs; the names of the values do not meet those of a
 * {@link Condition}.
 */
record Change(String expression, Map<String, AttributeValue> values) {
  /** Of unprotected attributes only. */
  static Change random(Random random) {
    AttributeValue memo = AttributeValue.fromS("memo " + random.nextInt(10));
    AttributeValue number = AttributeValue.fromN(Integer.toString(random.nextInt(10)));
    return switch (random.nextInt(6)) {
      case 0 -> new Change("SET memo = :memo", Map.of(":memo", memo));
      case 1 -> new Change("ADD visits :number", Map.of(":number", number));
      case 2 -> new Change("REMOVE memo", Map.of());
      case 3 ->
          new Change(
              "SET visits = if_not_exists(visits, :number) + :number REMOVE memo",
              Map.of(":number", number));
      case 4 ->
          new Change("set memo = :memo , visits=:number", Map.of(":memo", memo, ":number", number));
      default ->
          new Change(
              "SET memo = if_not_exists(memo, :memo) ADD visits :number",
              Map.of(":memo", memo, ":number", number));
    };
  }

  /** Of a signed or encrypted attribute too. */
  static Change ofProtected(Random random, Secrets secrets) {
    AttributeValue text = AttributeValue.fromS(secrets.text());
    return switch (random.nextInt(4)) {
      case 0 -> new Change("SET ssn = :text", Map.of(":text", text));
      case 1 -> new Change("SET memo = :text, city = :text", Map.of(":text", text));
      case 2 ->
          new Change("SET memo = if_not_exists(ssn, :text) REMOVE tags", Map.of(":text", text));
      default -> new Change("SET address.zip = :text", Map.of(":text", text));
    };
  }
}
