package io.github.itemseal.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * A client of the SDK's interface, either one, whose calls meet the faults of a {@link
 * FaultyDynamoDb}. Methods that take consumers or return pages are the interface's own, over those
 * calls. The blocking client's futures are complete when they are returned, so that all happens on
 * the caller's thread.
 */
final class FaultyCalls implements InvocationHandler {
  /** Methods that call nothing, or not through the client they are of. */
  private static final Set<String> NOT_CALLS =
      Set.of("serviceName", "serviceClientConfiguration", "waiter", "close");

  private final Object client;
  private final FaultyDynamoDb faults;

  private FaultyCalls(Object client, FaultyDynamoDb faults) {
    this.client = client;
    this.faults = faults;
  }

  static <T> T over(Class<T> type, T client, FaultyDynamoDb faults) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new FaultyCalls(client, faults)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "FaultyDynamoDb over " + client;
      };
    }
    if (NOT_CALLS.contains(method.getName())) {
      return invokeClient(method, arguments);
    }
    if (arguments == null
        || !(arguments[0] instanceof DynamoDbRequest request)
        || method.getName().endsWith("Paginator")) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    CompletableFuture<Object> answer = answer(method, request);
    return method.getReturnType() == CompletableFuture.class ? answer : await(answer);
  }

  private CompletableFuture<Object> answer(Method method, DynamoDbRequest request) {
    String operation =
        method.getName().substring(0, 1).toUpperCase(Locale.ROOT) + method.getName().substring(1);
    Optional<HeldAnswer> held = faults.plan().takeHeld(operation);
    // The SDK would make the token, once for all sendings of a request.
    DynamoDbRequest sent = withToken(request);
    CompletableFuture<Object> answer =
        shown(faulty(operation, sent, () -> send(method, sent)), faults::answer, faults::failure);
    if (held.isEmpty()) {
      return answer;
    }
    return lost(() -> answer).thenCompose(executed -> held.get().hold(answer));
  }

  private CompletableFuture<Object> faulty(
      String operation, DynamoDbRequest request, Supplier<CompletableFuture<Object>> send) {
    Optional<DynamoDbFault> fault = faults.plan().take(operation);
    if (fault.isEmpty()) {
      return send.get();
    }
    return switch (fault.get()) {
      case ANSWER_LOST ->
          lost(send)
              .thenCompose(gone -> CompletableFuture.failedFuture(ServiceFailures.answerLost()));
      case ANSWER_LOST_AND_RETRIED_BELOW_SDK -> lost(send).thenCompose(gone -> send.get());
      case ANSWER_LOST_AND_RETRIED ->
          shown(
              lost(send).thenCompose(gone -> send.get()),
              UnaryOperator.identity(),
              FaultyCalls::secondAttempt);
      case THROTTLED ->
          CompletableFuture.failedFuture(ServiceFailures.throttled(operation, request));
      case THROUGHPUT_EXCEEDED ->
          CompletableFuture.failedFuture(ServiceFailures.throughputExceeded(operation, request));
    };
  }

  /** The same outcome, shown otherwise. */
  private static CompletableFuture<Object> shown(
      CompletableFuture<Object> outcome,
      UnaryOperator<Object> answer,
      UnaryOperator<Throwable> failure) {
    return outcome.handle(
        (response, failed) -> {
          if (failed != null) {
            throw new CompletionException(failure.apply(cause(failed)));
          }
          return answer.apply(response);
        });
  }

  /** Done when the request has been executed, whatever was answered. */
  private static CompletableFuture<Void> lost(Supplier<CompletableFuture<Object>> send) {
    return send.get().handle((response, failure) -> null);
  }

  private static Throwable secondAttempt(Throwable failure) {
    return failure instanceof DynamoDbException refused
        ? refused.toBuilder().numAttempts(2).build()
        : failure;
  }

  private static DynamoDbRequest withToken(DynamoDbRequest request) {
    if (request instanceof TransactWriteItemsRequest writes
        && writes.clientRequestToken() == null) {
      return writes.toBuilder().clientRequestToken(UUID.randomUUID().toString()).build();
    }
    if (request instanceof ExecuteTransactionRequest statements
        && statements.clientRequestToken() == null) {
      return statements.toBuilder().clientRequestToken(UUID.randomUUID().toString()).build();
    }
    return request;
  }

  /** Calls the client; the future is complete if the client blocks. */
  @SuppressWarnings("unchecked")
  private CompletableFuture<Object> send(Method method, DynamoDbRequest request) {
    try {
      Object answer = invokeClient(method, new Object[] {request});
      return answer instanceof CompletableFuture<?> future
          ? (CompletableFuture<Object>) future
          : CompletableFuture.completedFuture(answer);
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private @Nullable Object invokeClient(Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw cause(e);
    }
  }

  private static Object await(CompletableFuture<Object> answer) throws Throwable {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw cause(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while the answer was held.", e);
    }
  }

  private static Throwable cause(Throwable failure) {
    boolean wrapper =
        failure instanceof CompletionException
            || failure instanceof ExecutionException
            || failure instanceof InvocationTargetException;
    Throwable cause = failure.getCause();
    return wrapper && cause != null ? cause : failure;
  }
}
