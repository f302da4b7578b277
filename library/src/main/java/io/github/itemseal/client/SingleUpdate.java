package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.GuardedUpdate;
import java.util.List;
import java.util.Map;
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
  public boolean mayReadAgain(Throwable failure) {
    return false;
  }

  @Override
  public Step<Boolean> settle(
      Throwable failure,
      List<UpdateAttempt> attempts,
      List<GuardedUpdate> writes,
      List<Map<String, AttributeValue>> sealed) {
    if (failure instanceof ConditionalCheckFailedException e) {
      if (writes.get(0).guardHolds(e.item())) {
        return Step.failed(UpdateFailures.refused(e, attempts.get(0)));
      }
      return UpdateFailures.mayBeOwn(e, writes.get(0))
          ? Step.ask(calls.seal(attempts)).map(again -> !again.equals(sealed))
          : Step.done(false);
    }
    return failure instanceof TransactionConflictException
        ? Step.done(false)
        : Step.failed(failure);
  }
}
