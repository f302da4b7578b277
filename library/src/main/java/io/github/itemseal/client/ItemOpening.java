package io.github.itemseal.client;

import io.github.itemseal.ItemsealException;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.request.OpenedItem;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableItem;
import io.github.itemseal.internal.request.TableLookup;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Verifies and decrypts a stored item; one of a table which is let through is the item itself.
 *
 * @param each whether a failure is a result too, rather than the end of the call
 */
record ItemOpening(TableLookup tables, boolean each) implements ItemWork<TableItem, OpenedItem> {
  @Override
  public OpenedItem now(TableItem item) {
    try {
      Optional<ProtectedTable> table = tables.find(item.table());
      if (table.isEmpty()) {
        return OpenedItem.opened(item, item.attributes());
      }
      item.requireAsked(table.get());
      return OpenedItem.opened(item, table.get().encryptor().decryptItem(item.attributes()));
    } catch (ItemsealException e) {
      if (each) {
        return OpenedItem.unreadable(item, e);
      }
      throw e;
    }
  }

  @Override
  public CompletableFuture<OpenedItem> later(TableItem item, Executor executor) {
    CompletableFuture<OpenedItem> opened = Futures.of(() -> openLater(item, executor));
    return each
        ? CancellableStages.handle(
            opened,
            (plaintext, failure) ->
                failure instanceof ItemsealException reason
                    ? CompletableFuture.completedFuture(OpenedItem.unreadable(item, reason))
                    : opened,
            Runnable::run)
        : opened;
  }

  private CompletableFuture<OpenedItem> openLater(TableItem item, Executor executor) {
    Optional<ProtectedTable> table = tables.find(item.table());
    if (table.isEmpty()) {
      return CompletableFuture.completedFuture(OpenedItem.opened(item, item.attributes()));
    }
    item.requireAsked(table.get());
    return CancellableStages.apply(
        table.get().encryptor().decryptItemAsync(item.attributes(), executor),
        plaintext -> OpenedItem.opened(item, plaintext),
        Runnable::run);
  }
}
