package io.github.itemseal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.ItemsealListener;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener that remembers what it is told, a line each, in that order. Thread-safe. */
public final class RecordedEvents implements ItemsealListener {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  @Override
  public void itemSealed(ItemSealed event) {
    assertThat(event.storedBytes()).isPositive();
    lines.add("sealed " + event.format());
  }

  @Override
  public void itemOpened(ItemOpened event) {
    assertThat(event.plaintextBytes()).isPositive();
    lines.add(
        "opened "
            + event.format()
            + (event.isPlaintext() ? " plaintext" : "")
            + (event.isOldFormat() ? " old" : ""));
  }

  @Override
  public void itemFailed(ItemFailed event) {
    lines.add("failed " + event.operation() + " " + event.reason());
  }

  @Override
  public void keysFetched(KeysFetched event) {
    assertThat(event.duration()).isBetween(Duration.ZERO, Duration.ofMinutes(10));
    lines.add(
        "fetched "
            + event.source()
            + " "
            + event.use()
            + event.failure().map(reason -> " " + reason).orElse(""));
  }

  @Override
  public void keysReused(KeysReused event) {
    lines.add("reused " + event.source() + " " + event.use());
  }

  @Override
  public void plaintextNeeded(PlaintextNeeded event) {
    lines.add(
        "needed "
            + event.attribute()
            + " "
            + event.role()
            + event.index().map(i -> " " + i).orElse(""));
  }

  @Override
  public void timeToLiveUnknown(TimeToLiveUnknown event) {
    lines.add("time to live unknown " + event.cause());
  }

  /** What was told since this was last called. */
  public List<String> drain() {
    List<String> told = List.copyOf(lines);
    lines.clear();
    return told;
  }
}
