package io.github.itemseal.internal.flow;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A call that a {@link Step} asks for, not yet made: to DynamoDB, to a source of keys, or a pause.
 * It is made once each time it is asked for. Whoever gives the logic its calls decides their kind,
 * and runs the logic with the driver of that kind.
 *
 * @param <A> the answer
 */
public sealed interface Call<A> {
  /** A call that returns its answer, or throws: for {@link BlockingFlow}. */
  static <A> Call<A> blocking(Supplier<A> call) {
    return new Blocking<>(call);
  }

  /** A call that returns a future of its answer: for {@link AsyncFlow}. */
  static <A> Call<A> async(Supplier<CompletableFuture<A>> call) {
    return new Async<>(call);
  }

  /** See {@link #blocking}. */
  record Blocking<A>(Supplier<A> call) implements Call<A> {
    public Blocking {
      Objects.requireNonNull(call, "call");
    }
  }

  /** See {@link #async}. */
  record Async<A>(Supplier<CompletableFuture<A>> call) implements Call<A> {
    public Async {
      Objects.requireNonNull(call, "call");
    }
  }
}
