package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Behind something that answers for Ann with Bob's item, which is authentic. */
class OtherKeyAnsweredTest extends RequestFixture {
  @BeforeEach
  void putBoth() {
    putAnn();
    client.putItem(r -> r.tableName(PEOPLE).item(person("bob")));
    client =
        async
            ? AsyncAsBlocking.of(
                EncryptedDynamoDbAsyncClient.builder()
                    .client(mixingUp(DynamoDbAsyncClient.class, plainAsync))
                    .table(format.encryption())
                    .build())
            : blocking();
  }

  private EncryptedDynamoDbClient blocking() {
    return EncryptedDynamoDbClient.builder()
        .client(mixingUp(DynamoDbClient.class, plain))
        .table(format.encryption())
        .build();
  }

  private static <T> T mixingUp(Class<T> type, T client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.isDefault() && arguments != null && arguments[0] instanceof Consumer) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              try {
                return method.invoke(
                    client, arguments == null ? null : new Object[] {changed(arguments[0])});
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static Object changed(Object request) {
    if (request instanceof GetItemRequest get) {
      return get.toBuilder().key(key("bob")).build();
    }
    if (request instanceof DeleteItemRequest delete) {
      return delete.toBuilder().key(key("bob")).build();
    }
    if (request instanceof PutItemRequest put) {
      return put.toBuilder().item(withKeyOfBob(put.item())).build();
    }
    if (request instanceof TransactWriteItemsRequest writes) {
      List<TransactWriteItem> parts =
          writes.transactItems().stream()
              .map(
                  part ->
                      part.toBuilder()
                          .put(part.put().toBuilder().item(withKeyOfBob(part.put().item())).build())
                          .build())
              .toList();
      return writes.toBuilder().transactItems(parts).build();
    }
    if (request instanceof BatchGetItemRequest batch) {
      KeysAndAttributes asked = batch.requestItems().get(PEOPLE);
      return batch.toBuilder()
          .requestItems(Map.of(PEOPLE, asked.toBuilder().keys(key("bob")).build()))
          .build();
    }
    if (request instanceof TransactGetItemsRequest reads) {
      List<TransactGetItem> parts =
          reads.transactItems().stream()
              .map(
                  part ->
                      part.toBuilder().get(part.get().toBuilder().key(key("bob")).build()).build())
              .toList();
      return reads.toBuilder().transactItems(parts).build();
    }
    return request;
  }

  private static Map<String, AttributeValue> withKeyOfBob(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    changed.putAll(key("bob"));
    return changed;
  }

  /** The failure stands, without the item that it shows. */
  private static void assertImageNotBelieved(Throwable failure, Map<String, AttributeValue> image) {
    assertThat(image).isEmpty();
    assertThat(failure.getSuppressed())
        .singleElement()
        .isInstanceOfSatisfying(
            ItemAuthenticationException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.OTHER_KEY_ANSWERED));
  }

  private static void assertNotBelieved(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ItemAuthenticationException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.OTHER_KEY_ANSWERED))
        .hasMessageContaining("item of table 'People' that has another key than was asked for")
        .hasMessageNotContaining("bob");
  }

  @Test
  void getItem_otherKeyAnswered_isNotBelieved() {
    assertNotBelieved(() -> client.getItem(r -> r.tableName(PEOPLE).key(key("ann"))));
    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(key("bob"))).item())
        .isEqualTo(person("bob"));
  }

  @Test
  void batchGetItem_otherKeyAnswered_isNotBelieved() {
    assertNotBelieved(
        () -> client.batchGetItem(r -> r.requestItems(Map.of(PEOPLE, keys("ann", "carl")))));
    assertThat(
            client
                .batchGetItem(r -> r.requestItems(Map.of(PEOPLE, keys("ann", "bob"))))
                .responses())
        .containsEntry(PEOPLE, List.of(person("bob")));
  }

  private static KeysAndAttributes keys(String one, String other) {
    return KeysAndAttributes.builder().keys(List.of(key(one), key(other))).build();
  }

  @Test
  void transactGetItems_otherKeyAnswered_isNotBelieved() {
    assertNotBelieved(
        () ->
            client.transactGetItems(
                r -> r.transactItems(t -> t.get(g -> g.tableName(PEOPLE).key(key("ann"))))));
  }

  @Test
  void deleteItem_otherKeyAnswered_isNotBelieved() {
    assertNotBelieved(
        () ->
            client.deleteItem(
                r -> r.tableName(PEOPLE).key(key("ann")).returnValues(ReturnValue.ALL_OLD)));
  }

  /** What checks it is shared by both clients. */
  @Test
  void update_otherKeyAnswered_isNotBelievedAndWritesNothing() {
    assertNotBelieved(
        () ->
            blocking()
                .table(PEOPLE)
                .update(
                    key("ann"),
                    item -> {
                      item.put("ssn", AttributeValue.fromS("changed"));
                      return item;
                    }));
    assertThat(client.getItem(r -> r.tableName(PEOPLE).key(key("bob"))).item())
        .isEqualTo(person("bob"));
  }

  @Test
  void putItem_imageOfAnotherKey_isNotShown() {
    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                client.putItem(
                    r ->
                        r.tableName(PEOPLE)
                            .item(person("carl"))
                            .conditionExpression("attribute_not_exists(id)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertImageNotBelieved(failure, failure.item());
  }

  @Test
  void deleteItem_imageOfAnotherKey_isNotShown() {
    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                client.deleteItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(key("ann"))
                            .conditionExpression("attribute_not_exists(id)")
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)));
    assertImageNotBelieved(failure, failure.item());
  }

  @Test
  void transactWriteItems_imageOfAnotherKey_isNotShown() {
    TransactionCanceledException failure =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                client.transactWriteItems(
                    r ->
                        r.transactItems(
                            part ->
                                part.put(
                                    put ->
                                        put.tableName(PEOPLE)
                                            .item(person("carl"))
                                            .conditionExpression("attribute_not_exists(id)")
                                            .returnValuesOnConditionCheckFailure(
                                                ReturnValuesOnConditionCheckFailure.ALL_OLD)))));
    assertImageNotBelieved(failure, failure.cancellationReasons().get(0).item());
  }
}
