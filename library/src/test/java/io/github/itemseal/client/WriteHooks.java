package io.github.itemseal.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * A DynamoDB client of either kind that lets a test do something just after a write was executed,
 * before its answer is known; and that gives every sending of a transaction a token of its own, as
 * a DynamoDB that has forgotten the first, so that the second is executed too. Counts calls.
 */
final class WriteHooks {
  private static final Set<String> WRITES = Set.of("updateItem", "transactWriteItems");

  /** What happens after the next writes, one after the other. */
  final CopyOnWriteArrayList<Runnable> afterWrites = new CopyOnWriteArrayList<>();

  /** What the next write is answered with, instead of being executed; null for none. */
  final AtomicReference<RuntimeException> refusal = new AtomicReference<>();

  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();

  <T> T over(Class<T> type, T client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                if (!WRITES.contains(method.getName())) {
                  reads.incrementAndGet();
                  return method.invoke(client, arguments);
                }
                writes.incrementAndGet();
                RuntimeException refused = refusal.getAndSet(null);
                boolean async = method.getReturnType() == CompletableFuture.class;
                if (refused != null) {
                  if (async) {
                    return CompletableFuture.failedFuture(refused);
                  }
                  throw refused;
                }
                Object answer = method.invoke(client, withToken(arguments[0]));
                if (answer instanceof CompletableFuture<?> future) {
                  return future.thenApply(this::after);
                }
                return after(answer);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private <R> R after(R answer) {
    if (!afterWrites.isEmpty()) {
      afterWrites.remove(0).run();
    }
    return answer;
  }

  private static Object withToken(Object request) {
    return request instanceof TransactWriteItemsRequest transaction
        ? transaction.toBuilder().clientRequestToken(UUID.randomUUID().toString()).build()
        : request;
  }
}
