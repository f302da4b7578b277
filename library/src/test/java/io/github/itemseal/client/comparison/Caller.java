package io.github.itemseal.client.comparison;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** Makes the call that belongs to a request, on any client. */
@FunctionalInterface
interface Caller {
  Answer call(DynamoDbRequest request);

  static Caller of(DynamoDbClient client) {
    return request -> call(DynamoDbClient.class, client, request);
  }

  static Caller of(DynamoDbAsyncClient client) {
    return request -> call(DynamoDbAsyncClient.class, client, request);
  }

  /** The operation of a {@code PutItemRequest} is {@code putItem}. */
  private static Answer call(Class<?> type, Object client, DynamoDbRequest request) {
    String operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
    String name = Character.toLowerCase(operation.charAt(0)) + operation.substring(1);
    try {
      Method method = type.getMethod(name, request.getClass());
      Object result = method.invoke(client, request);
      Object response = result instanceof CompletableFuture<?> future ? future.join() : result;
      return Answer.of((SdkPojo) response);
    } catch (CompletionException e) {
      return Answer.of((RuntimeException) e.getCause());
    } catch (InvocationTargetException e) {
      return Answer.of((RuntimeException) e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
