package io.github.itemseal.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Makes the stored item that an update writes; one that it does not change stays as it is. */
enum UpdateSealing implements ItemWork<UpdateAttempt, Map<String, AttributeValue>> {
  INSTANCE;

  @Override
  public Map<String, AttributeValue> now(UpdateAttempt attempt) {
    return attempt.isChanged()
        ? attempt.table().encryptor().encryptChanged(attempt.item(), attempt.old().orElse(Map.of()))
        : attempt.stored();
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> later(
      UpdateAttempt attempt, Executor executor) {
    return attempt.isChanged()
        ? attempt
            .table()
            .encryptor()
            .encryptChangedAsync(attempt.item(), attempt.old().orElse(Map.of()), executor)
        : CompletableFuture.completedFuture(attempt.stored());
  }
}
