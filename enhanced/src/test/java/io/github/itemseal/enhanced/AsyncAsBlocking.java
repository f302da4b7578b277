package io.github.itemseal.enhanced;

import io.github.itemseal.internal.concurrent.CancellableStages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncIndex;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbIndex;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.model.Page;
import software.amazon.awssdk.enhanced.dynamodb.model.PageIterable;

/** An asynchronous table as a blocking one, so that one test holds both to the same. */
final class AsyncAsBlocking {
  private AsyncAsBlocking() {}

  /** Every call waits for its future or its pages, and throws what really failed. */
  @SuppressWarnings("unchecked")
  static <T> DynamoDbTable<T> of(DynamoDbAsyncTable<T> table) {
    return (DynamoDbTable<T>) waiting(table, DynamoDbAsyncTable.class, DynamoDbTable.class);
  }

  private static Object waiting(Object async, Class<?> face, Class<?> blocking) {
    return Proxy.newProxyInstance(
        AsyncAsBlocking.class.getClassLoader(),
        new Class<?>[] {blocking},
        (proxy, method, arguments) -> {
          try {
            return waitedFor(
                face.getMethod(method.getName(), method.getParameterTypes())
                    .invoke(async, arguments));
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Object waitedFor(Object result) {
    if (result instanceof CompletableFuture<?> future) {
      return CancellableStages.join(future);
    }
    if (result instanceof DynamoDbAsyncIndex<?> index) {
      return waiting(index, DynamoDbAsyncIndex.class, DynamoDbIndex.class);
    }
    if (result instanceof SdkPublisher<?> publisher) {
      List<Page<Object>> pages = new ArrayList<>();
      CancellableStages.join(publisher.subscribe(page -> pages.add((Page<Object>) page)));
      return PageIterable.create(pages::iterator);
    }
    return result;
  }
}
