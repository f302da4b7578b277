package io.github.itemseal.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The answer of one call, late: DynamoDB has executed the request, and the caller waits until
 * {@link #release}. Made by {@link FaultyDynamoDb#holdNext}. Thread-safe.
 */
public final class HeldAnswer {
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();
  private final CompletableFuture<Void> released = new CompletableFuture<>();

  HeldAnswer() {}

  /** Completes when the request has been executed. Waits for ever if no such call is made. */
  public CompletableFuture<Void> arrived() {
    return arrived.copy();
  }

  /** Lets the answer go to its caller, also if it has not arrived yet. */
  public void release() {
    released.complete(null);
  }

  <T> CompletionStage<T> hold(CompletableFuture<T> answer) {
    arrived.complete(null);
    return released.thenCompose(go -> answer);
  }
}
