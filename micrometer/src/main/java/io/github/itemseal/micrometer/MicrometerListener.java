package io.github.itemseal.micrometer;

import io.github.itemseal.ItemsealListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Objects;

/**
 * Counts what happens to items and keys in a Micrometer registry. Thread-safe; one object may serve
 * any number of tables and key sources. The meters are listed in docs/observability.md; their tags
 * are names of tables, formats, key sources and reasons, so their number is bounded.
 */
public final class MicrometerListener implements ItemsealListener {
  private static final String BYTES = "bytes";

  private final MeterRegistry registry;

  public MicrometerListener(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  @Override
  public void itemSealed(ItemSealed event) {
    registry
        .counter("itemseal.items.sealed", "table", event.table(), "format", event.format())
        .increment();
    sizes(event.table(), KeyUse.ENCRYPT, event.plaintextBytes(), event.storedBytes());
  }

  @Override
  public void itemOpened(ItemOpened event) {
    registry
        .counter("itemseal.items.opened", "table", event.table(), "format", event.format())
        .increment();
    sizes(event.table(), KeyUse.DECRYPT, event.plaintextBytes(), event.storedBytes());
    if (event.isPlaintext()) {
      registry.counter("itemseal.items.plaintext.reads", "table", event.table()).increment();
    }
    if (event.isOldFormat()) {
      registry.counter("itemseal.items.old.format.reads", "table", event.table()).increment();
    }
  }

  @Override
  public void itemFailed(ItemFailed event) {
    registry
        .counter(
            "itemseal.items.failed",
            "table",
            event.table(),
            "operation",
            tag(event.operation()),
            "reason",
            tag(event.reason()))
        .increment();
  }

  @Override
  public void plaintextNeeded(PlaintextNeeded event) {
    registry
        .counter(
            "itemseal.attributes.plaintext.needed",
            "table",
            event.table(),
            "attribute",
            event.attribute(),
            "role",
            tag(event.role()))
        .increment();
  }

  @Override
  public void timeToLiveUnknown(TimeToLiveUnknown event) {
    registry
        .counter(
            "itemseal.tables.time.to.live.unknown", "table", event.table(), "cause", event.cause())
        .increment();
  }

  @Override
  public void keysFetched(KeysFetched event) {
    Timer.builder("itemseal.keys.fetches")
        .tag("source", event.source())
        .tag("use", tag(event.use()))
        .tag("outcome", event.failure().map(MicrometerListener::tag).orElse("success"))
        .register(registry)
        .record(event.duration());
  }

  @Override
  public void keysReused(KeysReused event) {
    registry
        .counter("itemseal.keys.reuses", "source", event.source(), "use", tag(event.use()))
        .increment();
  }

  private void sizes(String table, KeyUse operation, int plaintextBytes, int storedBytes) {
    size("itemseal.items.plaintext.bytes", table, operation, plaintextBytes);
    size("itemseal.items.stored.bytes", table, operation, storedBytes);
  }

  private void size(String name, String table, KeyUse operation, int bytes) {
    DistributionSummary.builder(name)
        .baseUnit(BYTES)
        .tag("table", table)
        .tag("operation", tag(operation))
        .register(registry)
        .record(bytes);
  }

  private static String tag(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
