package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.GuardedUpdate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** One item by itself: a consistent {@code GetItem} and an {@code UpdateItem}. */
record SingleUpdate(UpdateCalls calls, ItemUpdate update) implements UpdateRequests {
  @Override
  public List<ItemUpdate> updates() {
    return List.of(update);
  }

  @Override
  public Step<List<Map<String, AttributeValue>>> read() {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(update.tableName())
            .key(update.key())
            .consistentRead(true)
            .build();
    return Step.ask(calls.getItem(request)).map(response -> List.of(response.item()));
  }

  @Override
  public Step<?> write(List<UpdateAttempt> attempts, List<GuardedUpdate> writes) {
    return Step.ask(calls.updateItem(writes.get(0).request()));
  }

  @Override
  public Optional<UpdateRefusal> refusal(Throwable failure) {
    if (failure instanceof ConditionalCheckFailedException refused) {
      return Optional.of(UpdateRefusal.of(refused));
    }
    return failure instanceof TransactionConflictException conflict
        ? Optional.of(UpdateRefusal.conflict(conflict, 1))
        : Optional.empty();
  }
}
