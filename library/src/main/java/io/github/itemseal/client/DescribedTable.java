package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.request.ProtectedTable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One table with a table encryption. Its keys are described once, however many callers ask, and
 * again only if that failed or the table was changed since. Thread-safe; describing it holds up
 * nobody but those who need it.
 */
final class DescribedTable {
  private final ItemIo io;
  private final TableEncryption encryption;
  private final AtomicReference<@Nullable CompletableFuture<ProtectedTable>> described =
      new AtomicReference<>();

  DescribedTable(ItemIo io, TableEncryption encryption) {
    this.io = io;
    this.encryption = encryption;
  }

  /** The table, described by this caller or by another. */
  CompletableFuture<ProtectedTable> get() {
    while (true) {
      CompletableFuture<ProtectedTable> known = described.get();
      if (known != null) {
        return io.shared(known);
      }
      CompletableFuture<ProtectedTable> own = new CompletableFuture<>();
      if (described.compareAndSet(null, own)) {
        describe(own);
        return io.shared(own);
      }
    }
  }

  private void describe(CompletableFuture<ProtectedTable> result) {
    TableInfo given = encryption.table();
    CompletableFuture<ProtectedTable> unused =
        Futures.of(
                () ->
                    given.primaryIndex().isPresent()
                        ? CompletableFuture.completedFuture(given)
                        : io.describe(given))
            .thenApply(
                info -> new ProtectedTable(info, ItemEncryptor.of(encryption.withTable(info))))
            .whenComplete(
                (table, failure) -> {
                  if (failure == null) {
                    result.complete(table);
                  } else {
                    described.compareAndSet(result, null); // the next one tries again
                    result.completeExceptionally(Futures.causeOf(failure));
                  }
                });
  }

  /** Has it described anew on its next use, even if it is being described now. */
  void forget() {
    described.set(null);
  }
}
