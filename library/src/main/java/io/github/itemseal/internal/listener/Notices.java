package io.github.itemseal.internal.listener;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.ItemsealListener.KeysFetched;
import io.github.itemseal.ItemsealListener.KeysReused;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.flow.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a listener, if there is one, and keeps its failures away from the calls. Thread-safe. */
public final class Notices {
  private final @Nullable ItemsealListener listener;

  public Notices(@Nullable ItemsealListener listener) {
    this.listener = listener;
  }

  /** Whether anybody listens: what only a listener needs is computed only then. */
  public boolean wanted() {
    return listener != null;
  }

  /** Tells, and ignores what the listener throws. */
  public void tell(Consumer<ItemsealListener> notice) {
    if (listener == null) {
      return;
    }
    try {
      notice.accept(listener);
    } catch (RuntimeException | LinkageError | AssertionError ignored) {
      // The call has its own result; a counter must not change it.
    }
  }

  /** Tells that keys need not be fetched. */
  public void reused(String source, KeyUse use) {
    if (listener != null) {
      tell(to -> to.keysReused(new KeysReused(source, use)));
    }
  }

  /** A fetch, timed; told of before anybody has the keys. */
  public <T> Step<T> fetching(String source, KeyUse use, Step<T> fetch) {
    if (listener == null) {
      return fetch;
    }
    return Step.lazily(
        () -> {
          long start = System.nanoTime();
          return fetch.handle(
              fetched -> {
                fetched(source, use, start, null);
                return Step.done(fetched);
              },
              failure -> {
                fetched(source, use, start, failure);
                return Step.failed(failure);
              });
        });
  }

  private void fetched(String source, KeyUse use, long start, @Nullable Throwable failure) {
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    tell(
        to ->
            to.keysFetched(
                new KeysFetched(
                    source,
                    use,
                    duration,
                    failure == null ? Optional.empty() : Optional.of(reasonOf(failure)))));
  }

  /** Key sources turn whatever fails into their own exception later. */
  private static FailureReason reasonOf(Throwable failure) {
    return Futures.causeOf(failure) instanceof ItemsealException known
        ? known.reason()
        : FailureReason.KEY_SOURCE_FAILED;
  }
}
