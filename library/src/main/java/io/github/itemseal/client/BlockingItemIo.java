package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Everything on the caller's thread, one item after the other. */
record BlockingItemIo(DynamoDbClient client) implements ItemIo {
  @Override
  public CompletableFuture<TableInfo> describe(TableInfo table) {
    return CompletableFuture.completedFuture(table.refreshIndexedAttributes(client));
  }

  @Override
  public <T> CompletableFuture<T> shared(CompletableFuture<T> future) {
    return CompletableFuture.completedFuture(CancellableStages.join(future));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> seal(
      ItemEncryptor encryptor, Map<String, AttributeValue> item) {
    return CompletableFuture.completedFuture(encryptor.encryptItem(item));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> open(
      ItemEncryptor encryptor, Map<String, AttributeValue> item) {
    return CompletableFuture.completedFuture(encryptor.decryptItem(item));
  }

  @Override
  public int itemsAtOnce() {
    return 1;
  }

  @Override
  public Executor executor() {
    return Runnable::run;
  }
}
