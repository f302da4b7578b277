package io.github.itemseal.client;

import io.github.itemseal.internal.concurrent.CancellableStages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An asynchronous client as a blocking one, so that one contract holds both to the same. */
final class AsyncAsBlocking {
  private AsyncAsBlocking() {}

  /** Every operation waits for its future and throws what really failed. */
  static DynamoDbClient of(DynamoDbAsyncClient client) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            AsyncAsBlocking.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              try {
                Object result =
                    DynamoDbAsyncClient.class
                        .getMethod(method.getName(), method.getParameterTypes())
                        .invoke(client, arguments);
                return result instanceof CompletableFuture<?> future
                    ? CancellableStages.join(future)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
