package io.github.itemseal.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** Clients that note their requests, and fail or do something else first on command. */
public final class DynamoDbProbe {
  private final List<DynamoDbRequest> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Supplier<@Nullable RuntimeException>> before =
      new ConcurrentHashMap<>();

  public DynamoDbClient watch(DynamoDbClient client) {
    return watch(DynamoDbClient.class, client);
  }

  public DynamoDbAsyncClient watch(DynamoDbAsyncClient client) {
    return watch(DynamoDbAsyncClient.class, client);
  }

  private <T> T watch(Class<T> type, T client) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof DynamoDbRequest request) {
                requests.add(request);
                RuntimeException failure = before.getOrDefault(method.getName(), () -> null).get();
                if (failure != null) {
                  if (CompletableFuture.class.equals(method.getReturnType())) {
                    return CompletableFuture.failedFuture(failure);
                  }
                  throw failure;
                }
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** From now on this operation, a method of the client, fails. */
  public void fail(String operation, RuntimeException failure) {
    before.put(operation, () -> failure);
  }

  /** The next time this operation is asked for, something else happens before. */
  public void once(String operation, Runnable first) {
    before.put(
        operation,
        () -> {
          before.remove(operation);
          first.run();
          return null;
        });
  }

  public void heal() {
    before.clear();
  }

  /** Forgets the requests so far. */
  public void reset() {
    requests.clear();
  }

  public List<DynamoDbRequest> requests() {
    return List.copyOf(requests);
  }

  /** How many requests of this type there were. */
  public int count(Class<? extends DynamoDbRequest> type) {
    return (int) requests.stream().filter(type::isInstance).count();
  }

  /** What the SDK throws for an error code of the service. */
  public static DynamoDbException serviceError(String code) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .message(code)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }
}
