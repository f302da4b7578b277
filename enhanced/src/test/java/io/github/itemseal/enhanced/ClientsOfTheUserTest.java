package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * The clients that the enhanced clients give back are whole: each operation of the SDK's interfaces
 * reaches DynamoDB or is refused with a sentence.
 */
class ClientsOfTheUserTest {
  private static final String TABLE = "People";

  private final Set<String> reached = new ConcurrentSkipListSet<>();
  private final TableEncryption table =
      TableEncryption.of(TableInfo.of(TABLE, TableIndex.of("id")))
          .actions(TypedActions.of(Models.PERSON))
          .writes(UpdateWay.BLOCKING_DDBEC.format())
          .build();

  /** Answers every operation with an empty response, and remembers it. */
  private <C> C answering(Class<C> client) {
    return client.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {client},
            (proxy, method, arguments) -> {
              if (arguments == null || !(arguments[0] instanceof DynamoDbRequest)) {
                reached.add(method.getName());
                return method.getReturnType() == String.class ? "DynamoDb" : null;
              }
              if (method.getName().endsWith("Paginator")) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              reached.add(method.getName());
              String name = arguments[0].getClass().getName().replaceFirst("Request$", "Response");
              Object builder = Class.forName(name).getMethod("builder").invoke(null);
              Object response = Buildable.class.getMethod("build").invoke(builder);
              return method.getReturnType() == CompletableFuture.class
                  ? CompletableFuture.completedFuture(response)
                  : response;
            }));
  }

  @Test
  void dynamoDbClient_isTheEncryptedClientAndDoesAllOrSaysWhyNot() throws Exception {
    EncryptedDynamoDbClient encrypted =
        EncryptedDynamoDbClient.builder()
            .client(answering(DynamoDbClient.class))
            .table(table)
            .build();

    DynamoDbClient given = EncryptedDynamoDbEnhancedClient.of(encrypted).dynamoDbClient();

    assertWhole(DynamoDbClient.class, given);
    assertThat(given).isSameAs(encrypted);
  }

  @Test
  void dynamoDbAsyncClient_isTheEncryptedClientAndDoesAllOrSaysWhyNot() throws Exception {
    EncryptedDynamoDbAsyncClient encrypted =
        EncryptedDynamoDbAsyncClient.builder()
            .client(answering(DynamoDbAsyncClient.class))
            .table(table)
            .build();

    DynamoDbAsyncClient given =
        EncryptedDynamoDbEnhancedAsyncClient.of(encrypted).dynamoDbAsyncClient();

    assertWhole(DynamoDbAsyncClient.class, given);
    assertThat(given).isSameAs(encrypted);
  }

  private void assertWhole(Class<?> face, Object client) throws Exception {
    Set<String> asked = new TreeSet<>();
    Set<String> refused = new TreeSet<>();
    for (Method method : face.getMethods()) {
      if (Modifier.isStatic(method.getModifiers()) || takesConsumer(method)) {
        continue; // what takes a consumer makes a request of it and calls the other method
      }
      asked.add(method.getName());
      try {
        Object result = method.invoke(client, arguments(method));
        if (result instanceof CompletableFuture<?> future) {
          Object unused = CancellableStages.join(future);
        }
      } catch (InvocationTargetException e) {
        assertRefused(method, e.getCause());
        refused.add(method.getName());
      } catch (RuntimeException e) {
        assertRefused(method, e);
        refused.add(method.getName());
      }
    }
    Set<String> neither = new TreeSet<>(asked);
    neither.removeAll(reached);
    neither.removeAll(refused);
    neither.removeIf(name -> name.endsWith("Paginator")); // which call when they are iterated
    assertThat(neither).isEmpty();
    assertThat(reached).contains("query", "scan", "listTables", "serviceClientConfiguration");
    assertThat(refused).contains("updateItem", "executeStatement").doesNotContain("query");
  }

  private static void assertRefused(Method method, Throwable failure) {
    assertThat(failure)
        .as(method.toString())
        .isInstanceOf(UnsupportedRequestException.class)
        .message()
        .isNotBlank();
  }

  private static boolean takesConsumer(Method method) {
    return Arrays.stream(method.getParameterTypes()).anyMatch(Consumer.class::isAssignableFrom);
  }

  /** A request on the protected table, as far as it names one. */
  private static Object[] arguments(Method method) throws Exception {
    if (method.getParameterCount() == 0) {
      return new Object[0];
    }
    DynamoDbRequest.Builder builder =
        (DynamoDbRequest.Builder) method.getParameterTypes()[0].getMethod("builder").invoke(null);
    Map<String, Object> values =
        Map.of(
            "TableName",
            TABLE,
            "Key",
            Map.of("id", AttributeValue.fromS("1")),
            "Item",
            Map.of("id", AttributeValue.fromS("1")),
            "UpdateExpression",
            "REMOVE ssn",
            "Statement",
            "SELECT * FROM " + TABLE);
    for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
      if (values.containsKey(field.memberName())) {
        field.set(builder, values.get(field.memberName()));
      }
    }
    return new Object[] {builder.build()};
  }
}
