package io.github.itemseal.internal.concurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work for each of many inputs, with a bounded number of them in flight. The first
 * failure is the failure of the whole: nothing is started after it, and what is in flight is
 * cancelled, as it is when the whole is cancelled.
 *
 * @param <A> the inputs
 * @param <B> what becomes of one
 */
public final class InFlight<A, B> {
  private final List<A> inputs;
  private final int limit;
  private final Function<? super A, CompletableFuture<B>> work;
  private final AtomicReferenceArray<@Nullable CompletableFuture<B>> futures;
  private final Object[] outputs;
  private final CompletableFuture<List<B>> result = new CompletableFuture<>();

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger(); // of proceed(), of which one is at work
  private int next; // touched by that one only

  private InFlight(List<A> inputs, int limit, Function<? super A, CompletableFuture<B>> work) {
    this.inputs = inputs;
    this.limit = limit;
    this.work = work;
    this.futures = new AtomicReferenceArray<>(inputs.size());
    this.outputs = new Object[inputs.size()];
  }

  /**
   * The outputs in the order of the inputs.
   *
   * @param limit how many may be in flight at once, at least 1; with 1 they follow each other
   */
  public static <A, B> CompletableFuture<List<B>> mapAll(
      List<A> inputs, int limit, Function<? super A, CompletableFuture<B>> work) {
    if (inputs.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    InFlight<A, B> all = new InFlight<>(List.copyOf(inputs), limit, work);
    CompletableFuture<List<B>> unused =
        all.result.whenComplete((outputs, failure) -> all.cancelWhatIsInFlight());
    all.proceed();
    return all.result;
  }

  /** Starts what may be started. A loop, so that work done at once does not nest call in call. */
  private void proceed() {
    if (calls.getAndIncrement() != 0) {
      return; // whoever is at work goes round once more
    }
    int seen = 1;
    do {
      while (next < inputs.size() && running.get() < limit && !result.isDone()) {
        running.incrementAndGet();
        start(next++);
      }
      seen = calls.addAndGet(-seen);
    } while (seen != 0);
  }

  private void start(int index) {
    CompletableFuture<B> future = Futures.of(() -> work.apply(inputs.get(index)));
    futures.set(index, future);
    CompletableFuture<B> unused =
        future.whenComplete((output, failure) -> finished(index, output, failure));
    if (result.isDone()) { // meanwhile: either this sees it, or the other side sees the future
      future.cancel(true);
    }
  }

  @SuppressWarnings("unchecked") // every output is a B
  private void finished(int index, B output, @Nullable Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(Futures.causeOf(failure));
      return;
    }
    outputs[index] = output;
    if (done.incrementAndGet() == inputs.size()) {
      result.complete((List<B>) new ArrayList<>(Arrays.asList(outputs)));
      return;
    }
    running.decrementAndGet();
    proceed();
  }

  private void cancelWhatIsInFlight() {
    for (int i = 0; i < futures.length(); i++) {
      CompletableFuture<B> future = futures.get(i);
      if (future != null) {
        future.cancel(true); // no effect on those that are done
      }
    }
  }
}
