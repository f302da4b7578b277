package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static io.github.itemseal.client.TestTables.PEOPLE_ARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** One table under two names: its own and its PEOPLE_ARN. Both clients, both formats. */
class TwoNamesTest extends RequestFixture {
  @Test
  void itemOperations_byArn_areThoseByName() {
    client.putItem(r -> r.tableName(PEOPLE_ARN).item(person("ann")));
    assertThat(plain.getItem(r -> r.tableName(PEOPLE).key(key("ann"))).item())
        .containsKey(format.signature);
    assertThat(client.getItem(r -> r.tableName(PEOPLE_ARN).key(key("ann"))).item())
        .isEqualTo(person("ann"));
    assertThat(client.scan(r -> r.tableName(PEOPLE_ARN)).items()).containsExactly(person("ann"));
    assertThat(
            client
                .query(
                    r ->
                        r.tableName(PEOPLE_ARN)
                            .keyConditionExpression("id = :v")
                            .expressionAttributeValues(value("ann")))
                .items())
        .containsExactly(person("ann"));
    client.updateItem(
        r ->
            r.tableName(PEOPLE_ARN)
                .key(key("ann"))
                .updateExpression("SET note = :v")
                .expressionAttributeValues(value("new")));
    assertThat(
            client
                .batchGetItem(
                    r ->
                        r.requestItems(
                            Map.of(
                                PEOPLE_ARN, KeysAndAttributes.builder().keys(key("ann")).build())))
                .responses()
                .values())
        .singleElement()
        .satisfies(items -> assertThat(items.get(0).get("note").s()).isEqualTo("new"));
    client.deleteItem(r -> r.tableName(PEOPLE_ARN).key(key("ann")));
    client.batchWriteItem(r -> r.requestItems(Map.of(PEOPLE_ARN, List.of(put("bob")))));
    assertThat(client.scan(r -> r.tableName(PEOPLE)).items()).containsExactly(person("bob"));
    assertRefused(
        () ->
            client.putItem(
                r ->
                    r.tableName(PEOPLE_ARN)
                        .item(person("ann"))
                        .conditionExpression("ssn = :v")
                        .expressionAttributeValues(value("hidden"))),
        "encrypted attribute 'ssn'");
  }

  @Test
  void batches_sameTableByNameAndArn_areRefused() {
    String text = "'People' has two names for it";
    assertRefused(
        () ->
            client.batchWriteItem(
                r ->
                    r.requestItems(
                        Map.of(PEOPLE, List.of(put("a")), PEOPLE_ARN, List.of(put("a"))))),
        text);
    KeysAndAttributes keys = KeysAndAttributes.builder().keys(key("a")).build();
    assertRefused(
        () -> client.batchGetItem(r -> r.requestItems(Map.of(PEOPLE, keys, PEOPLE_ARN, keys))),
        text);
  }

  @Test
  void transactWriteItems_byNameAndArn_sealsAndChecksBoth() {
    // DynamoDB Local knows no ARNs in transactions: what was sent is looked at.
    Throwable unknown =
        catchThrowable(
            () ->
                client.transactWriteItems(
                    r ->
                        r.transactItems(
                            p -> p.put(put -> put.tableName(PEOPLE).item(person("a"))),
                            p -> p.put(put -> put.tableName(PEOPLE_ARN).item(person("b"))))));
    assertThat(unknown).isInstanceOf(ResourceNotFoundException.class);
    TransactWriteItemsRequest sent =
        (TransactWriteItemsRequest) probe.requests().get(probe.requests().size() - 1);
    assertThat(sent.transactItems())
        .allSatisfy(part -> assertThat(part.put().item()).containsKey(format.signature));
    assertRefused(
        () ->
            client.transactWriteItems(
                r ->
                    r.transactItems(
                        p -> p.put(put -> put.tableName(PEOPLE).item(person("a"))),
                        p ->
                            p.conditionCheck(
                                c ->
                                    c.tableName(PEOPLE_ARN)
                                        .key(key("b"))
                                        .conditionExpression("begins_with(#s, :v)")
                                        .expressionAttributeNames(Map.of("#s", "ssn"))
                                        .expressionAttributeValues(value("hidden"))))),
        "encrypted attribute 'ssn'");
  }

  @Test
  void batches_sameKeyTwice_areDynamoDbsToRefuse() {
    assertThatThrownBy(
            () ->
                client.batchWriteItem(
                    r -> r.requestItems(Map.of(PEOPLE, List.of(put("a"), put("a"))))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("duplicates");
  }
}
