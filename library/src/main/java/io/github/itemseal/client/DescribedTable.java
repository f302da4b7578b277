package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.ReadSettings;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One table with a table encryption. Its keys are described once, however many callers ask, and
 * again only if that failed or the table was changed since. Thread-safe; describing it holds up
 * nobody but those who need it.
 */
final class DescribedTable {
  private static final int MAX_ASKED_INDEXES = 100;

  private final ItemIo io;
  private final TableEncryption encryption;
  private final ReadSettings reads;
  private final AtomicReference<@Nullable CompletableFuture<ProtectedTable>> described =
      new AtomicReference<>();
  private final TimeToLive timeToLive;

  /** What it looked like the last time, since when its primary key cannot have changed. */
  private volatile TableInfo seen;

  /** Names of indexes for which the table was described once more. */
  private final Set<String> askedIndexes = ConcurrentHashMap.newKeySet();

  DescribedTable(ItemIo io, TableEncryption encryption, ReadSettings reads) {
    this.io = io;
    this.encryption = encryption;
    this.reads = reads;
    this.seen = encryption.table();
    this.timeToLive = new TimeToLive(io, encryption);
  }

  /** The table as it was configured. */
  TableEncryption encryption() {
    return encryption;
  }

  /**
   * The table, described by this caller or by another. If the other one is interrupted meanwhile,
   * one of those who wait takes over.
   */
  CompletableFuture<ProtectedTable> get() {
    while (true) {
      CompletableFuture<ProtectedTable> known = described.get();
      if (known != null) {
        try {
          return io.shared(known);
        } catch (DescriberInterrupted e) {
          continue; // says nothing of the table, which nobody describes now
        }
      }
      CompletableFuture<ProtectedTable> own = new CompletableFuture<>();
      if (described.compareAndSet(null, own)) {
        describe(own);
        try {
          return io.shared(own);
        } catch (DescriberInterrupted e) {
          throw e.interruption();
        }
      }
    }
  }

  /**
   * The table, described anew if it had no such index the last time; once for each name, so that a
   * wrong one does not cost a call each time.
   *
   * @param index null if the table itself is read
   */
  CompletableFuture<ProtectedTable> get(@Nullable String index) {
    CompletableFuture<ProtectedTable> known = get();
    if (index == null || encryption.table().primaryIndex().isPresent()) {
      return known; // indexes that were given with the keys are all there are
    }
    return CancellableStages.compose(
        known,
        table -> {
          if (table.hasIndex(index)) {
            return CompletableFuture.completedFuture(table);
          }
          synchronized (askedIndexes) { // who comes second sees what the first one asks for
            if (askedIndexes.size() < MAX_ASKED_INDEXES && askedIndexes.add(index)) {
              described.set(null);
            }
          }
          return get();
        },
        Runnable::run);
  }

  private void describe(CompletableFuture<ProtectedTable> result) {
    TableInfo known = seen;
    boolean given = encryption.table().primaryIndex().isPresent();
    CompletableFuture<ProtectedTable> unused =
        Futures.of(() -> given ? CompletableFuture.completedFuture(known) : io.describe(known))
            .thenCompose(
                info -> {
                  seen = info;
                  return given ? CompletableFuture.completedFuture(info) : timeToLive.addedTo(info);
                })
            .thenApply(this::protectedAs)
            .whenComplete(
                (table, failure) -> {
                  if (failure == null) {
                    result.complete(table);
                  } else {
                    described.compareAndSet(result, null); // the next one tries again
                    Throwable cause = Futures.causeOf(failure);
                    result.completeExceptionally(
                        cause instanceof RuntimeException aborted && Futures.isInterruption(cause)
                            ? new DescriberInterrupted(aborted)
                            : cause);
                  }
                });
  }

  private ProtectedTable protectedAs(TableInfo info) {
    return new ProtectedTable(info, ItemEncryptor.of(encryption.withTable(info)), reads);
  }

  /** Has it described anew on its next use, even if it is being described now. */
  void forget() {
    askedIndexes.clear();
    seen = encryption.table();
    described.set(null);
  }

  /** Tells waiting threads that the describing one was interrupted; for blocking clients only. */
  private static final class DescriberInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException interruption;

    DescriberInterrupted(RuntimeException interruption) {
      super(interruption);
      this.interruption = interruption;
    }

    RuntimeException interruption() {
      return interruption;
    }
  }
}
