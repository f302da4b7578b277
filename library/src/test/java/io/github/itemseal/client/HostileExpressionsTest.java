package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemUpdateException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;

/**
 * Conditions and updates that try to get around protection, or just look odd. Both clients, both
 * formats.
 */
class HostileExpressionsTest extends RequestFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "size(ssn) > :v",
        "size (#s) > :v",
        "begins_with(ssn, :v)",
        "contains(#s, :v)",
        "contains(ssn.parts[0].#s, :v)",
        "contains(note, ssn)",
        "ssn IN (:v)",
        "ssn BETWEEN :v AND :v",
        ":v = ssn",
        "NOT ssn = :v",
        "attribute_type(#s, :v)",
        "attribute_exists(ssn[0])",
        "attribute_exists(id) AND (city = :v OR (#s <> :v))",
        "unheard_of = :v"
      })
  void conditions_onEncryptedValues_areRefusedEverywhere(String condition) {
    Map<String, String> names =
        condition.contains("#s") ? Map.of("#s", "ssn") : Map.of("#n", "note");
    Map<String, AttributeValue> hidden = value("hidden");
    String text = "touches the encrypted attribute";
    assertRefused(
        () ->
            client.putItem(
                r ->
                    r.tableName(PEOPLE)
                        .item(person("ann"))
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(hidden)),
        text);
    assertRefused(
        () ->
            client.deleteItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(hidden)),
        text);
    assertRefused(
        () ->
            client.updateItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .updateExpression("REMOVE note")
                        .conditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(hidden)),
        text);
    assertRefused(
        () ->
            client.scan(
                r ->
                    r.tableName(PEOPLE)
                        .filterExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(hidden)),
        text);
    assertRefused(
        () ->
            client.transactWriteItems(
                r ->
                    r.transactItems(
                        p ->
                            p.conditionCheck(
                                c ->
                                    c.tableName(PEOPLE)
                                        .key(key("ann"))
                                        .conditionExpression(condition)
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(hidden)))),
        text);
  }

  @Test
  void conditions_onExistenceAndReadableAttributes_work() {
    putAnn();
    client.deleteItem(
        r ->
            r.tableName(PEOPLE)
                .key(key("ann"))
                .conditionExpression(
                    "attribute_exists(#s) AND attribute_not_exists(unheard_of)"
                        + " AND begins_with(city, :v) AND size(note) < :n")
                .expressionAttributeNames(Map.of("#s", "ssn"))
                .expressionAttributeValues(
                    Map.of(":v", AttributeValue.fromS("Os"), ":n", AttributeValue.fromN("10"))));
    assertThat(client.scan(r -> r.tableName(PEOPLE)).items()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET city = :v",
        "SET #s = :v",
        "SET note = :v, tags[0] = :v",
        "REMOVE city",
        "REMOVE note, tags[1]",
        "ADD ssn :v",
        "DELETE tags :v",
        "SET note = city",
        "SET note = list_append(tags, :v)",
        "SET note = if_not_exists(unheard_of, :v)",
        "SET id = :v"
      })
  void updateItem_ofSignedAttributes_isRefusedEverywhere(String update) {
    Map<String, String> names = update.contains("#s") ? Map.of("#s", "ssn") : Map.of("#n", "note");
    assertRefused(
        () ->
            client.updateItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .updateExpression(update)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(value("hidden"))),
        "touches the protected attributes");
    assertRefused(
        () ->
            client.transactWriteItems(
                r ->
                    r.transactItems(
                        p ->
                            p.update(
                                u ->
                                    u.tableName(PEOPLE)
                                        .key(key("ann"))
                                        .updateExpression(update)
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(value("hidden"))))),
        "touches the protected attributes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"city", "tags", "id"})
  void updateItem_legacyUpdateOfSignedAttribute_isRefused(String name) {
    assertRefused(
        () ->
            client.updateItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("ann"))
                        .attributeUpdates(
                            Map.of(
                                name,
                                AttributeValueUpdate.builder()
                                    .value(AttributeValue.fromS("hidden"))
                                    .build()))),
        "touches the protected attributes '" + name + "'");
  }

  static Stream<ExpectedAttributeValue> expectationsThatHoldOfNothing() {
    ExpectedAttributeValue.Builder value =
        ExpectedAttributeValue.builder().attributeValueList(AttributeValue.fromS("x"));
    return Stream.of(
        ExpectedAttributeValue.builder().exists(false).build(),
        ExpectedAttributeValue.builder().comparisonOperator(ComparisonOperator.NULL).build(),
        value.comparisonOperator(ComparisonOperator.NE).build(),
        value.comparisonOperator(ComparisonOperator.NOT_CONTAINS).build());
  }

  @ParameterizedTest
  @MethodSource("expectationsThatHoldOfNothing")
  void updateItem_legacyExpectationInTheWayOfTheGuard_createsNoItem(ExpectedAttributeValue own) {
    Map<String, AttributeValueUpdate> updates =
        Map.of("note", AttributeValueUpdate.builder().value(AttributeValue.fromS("new")).build());
    assertRefused(
        () ->
            client.updateItem(
                r ->
                    r.tableName(PEOPLE)
                        .key(key("nobody"))
                        .attributeUpdates(updates)
                        .expected(Map.of(format.signature, own))),
        "cannot be guarded");
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(key("nobody"))
                            .attributeUpdates(updates)
                            .expected(Map.of("note", own))))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("no such item");
    assertThat(plain.getItem(r -> r.tableName(PEOPLE).key(key("nobody"))).hasItem()).isFalse();
  }

  @Test
  void updateItem_byKeyAlone_createsNoItem() {
    assertThatThrownBy(() -> client.updateItem(r -> r.tableName(PEOPLE).key(key("nobody"))))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("no such item");
    assertThat(plain.getItem(r -> r.tableName(PEOPLE).key(key("nobody"))).hasItem()).isFalse();
  }

  /** Placeholders like those that the guard is written with. */
  @ParameterizedTest
  @ValueSource(strings = {"SET #0 = :v", "SET note = #0", "REMOVE #0", "SET note = :v, #1 = :v"})
  void updateItem_placeholderThatIsNotDefined_isDynamoDbsToRefuse(String update) {
    putAnn();
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(key("ann"))
                            .updateExpression(update)
                            .expressionAttributeValues(
                                update.contains(":v") ? value("new") : null)))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not defined");
    assertThatThrownBy(
            () ->
                client.transactWriteItems(
                    r ->
                        r.transactItems(
                            t ->
                                t.update(
                                    u ->
                                        u.tableName(PEOPLE)
                                            .key(key("ann"))
                                            .updateExpression(update)
                                            .expressionAttributeValues(
                                                update.contains(":v") ? value("new") : null)))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not defined");
    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(key("ann"))).item())
        .isEqualTo(person("ann"));
  }

  /** Put in parentheses, they would be conditions that hold without the guard. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_not_exists(id)) OR (attribute_exists(note)",
        "attribute_not_exists(id)) OR ((note = :v)",
        "(attribute_not_exists(id))) OR (attribute_exists(note)"
      })
  void updateItem_conditionThatClosesWhatItDidNotOpen_createsNoItem(String condition) {
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(key("nobody"))
                            .updateExpression("SET note = :v")
                            .conditionExpression(condition)
                            .expressionAttributeValues(value("new"))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Syntax error");
    assertThat(plain.getItem(r -> r.tableName(PEOPLE).key(key("nobody"))).hasItem()).isFalse();
  }
}
