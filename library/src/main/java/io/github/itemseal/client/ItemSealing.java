package io.github.itemseal.client;

import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.StoredItemLimit;
import io.github.itemseal.internal.request.TableItem;
import io.github.itemseal.internal.request.TableLookup;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes the stored form of an item; that of a table which is let through is the item itself. */
record ItemSealing(TableLookup tables) implements ItemWork<TableItem, Map<String, AttributeValue>> {
  @Override
  public Map<String, AttributeValue> now(TableItem item) {
    Optional<ProtectedTable> table = tables.find(item.table());
    return table.isEmpty()
        ? item.attributes()
        : StoredItemLimit.require(
            table.get(), item.attributes(), table.get().encryptor().encryptItem(item.attributes()));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> later(TableItem item, Executor executor) {
    Optional<ProtectedTable> table = tables.find(item.table());
    return table.isEmpty()
        ? CompletableFuture.completedFuture(item.attributes())
        : CancellableStages.apply(
            table.get().encryptor().encryptItemAsync(item.attributes(), executor),
            stored -> StoredItemLimit.require(table.get(), item.attributes(), stored),
            Runnable::run);
  }
}
