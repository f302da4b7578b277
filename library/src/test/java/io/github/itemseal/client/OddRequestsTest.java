package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MalformedItemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What goes along with a request, or is missing in it. Both clients, both formats. */
class OddRequestsTest extends RequestFixture {
  @Test
  void requests_withoutTheirParts_areRefusedByTheirOwnErrors() {
    assertThatThrownBy(() -> client.putItem(r -> r.tableName(PEOPLE)))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("key attribute 'id'");
    List<Runnable> empty =
        List.of(
            () -> client.getItem(r -> r.tableName(PEOPLE)),
            () -> client.deleteItem(r -> r.tableName(PEOPLE)),
            () -> client.updateItem(r -> r.tableName(PEOPLE)),
            () -> client.query(r -> r.tableName(PEOPLE)),
            () -> client.batchGetItem(r -> {}),
            () -> client.batchWriteItem(r -> {}),
            () ->
                client.batchWriteItem(
                    r -> r.requestItems(Map.of(PEOPLE, List.of(WriteRequest.builder().build())))));
    for (Runnable call : empty) {
      assertThatThrownBy(call::run).isInstanceOf(DynamoDbException.class).hasMessageContaining("");
    }
  }

  @Test
  void requestSettings_ofTheCaller_goAlong() {
    AwsRequestOverrideConfiguration settings =
        AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(40))
            .putHeader("x-trace", "7")
            .build();
    client.putItem(r -> r.tableName(PEOPLE).item(person("ann")).overrideConfiguration(settings));
    client.updateItem(
        r ->
            r.tableName(PEOPLE)
                .key(key("ann"))
                .updateExpression("REMOVE note")
                .overrideConfiguration(settings));
    client.batchWriteItem(
        r -> r.requestItems(Map.of(PEOPLE, List.of(put("bob")))).overrideConfiguration(settings));
    client.transactWriteItems(
        r ->
            r.transactItems(p -> p.put(put -> put.tableName(PEOPLE).item(person("eve"))))
                .overrideConfiguration(settings));
    client.scan(r -> r.tableName(PEOPLE).overrideConfiguration(settings));
    assertThat(probe.requests())
        .hasSize(5)
        .allSatisfy(sent -> assertThat(sent.overrideConfiguration()).contains(settings));
  }

  @Test
  void transactWriteItems_sameTokenAgain_isAnotherTransactionForDynamoDb() {
    Runnable write =
        () ->
            client.transactWriteItems(
                r ->
                    r.clientRequestToken("token-" + format + async)
                        .transactItems(
                            p -> p.put(put -> put.tableName(PEOPLE).item(person("ann")))));
    write.run();
    assertThatThrownBy(write::run)
        .isInstanceOf(IdempotentParameterMismatchException.class)
        .hasMessageContaining("IdempotentParameterMismatch");
  }

  @Test
  void putItem_javaNullAsAValue_isLeftOutAsTheSdkDoes() {
    Map<String, AttributeValue> item = new HashMap<>(person("ann"));
    item.put("nothing", null);
    client.putItem(r -> r.tableName(PEOPLE).item(item));
    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(key("ann"))).item())
        .isEqualTo(person("ann"));
  }

  /** Which DynamoDB refuses, as it does of a plain client. */
  @Test
  void transactions_withoutParts_areDynamoDbsToRefuse() {
    assertThatThrownBy(() -> client.transactWriteItems(r -> r.transactItems(List.of())))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("transactItems");
    assertThatThrownBy(() -> client.transactGetItems(r -> r.transactItems(List.of())))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("transactItems");
  }
}
