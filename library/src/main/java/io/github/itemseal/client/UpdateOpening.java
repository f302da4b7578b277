package io.github.itemseal.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Verifies and decrypts what a safe update read; where there is no item, it stays empty. */
enum UpdateOpening implements ItemWork<ReadItem, Map<String, AttributeValue>> {
  INSTANCE;

  @Override
  public Map<String, AttributeValue> now(ReadItem read) {
    return read.stored().isEmpty()
        ? read.stored()
        : read.table().encryptor().decryptItem(read.stored());
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> later(ReadItem read, Executor executor) {
    return read.stored().isEmpty()
        ? CompletableFuture.completedFuture(read.stored())
        : read.table().encryptor().decryptItemAsync(read.stored(), executor);
  }
}
