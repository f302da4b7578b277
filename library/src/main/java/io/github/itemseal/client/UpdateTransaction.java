package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.GuardedUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Several items in transactions. Items that do not change are checked all the same, so that all
 * changes rest on what was there together.
 */
record UpdateTransaction(UpdateCalls calls, List<ItemUpdate> updates) implements UpdateRequests {
  @Override
  public Step<List<Map<String, AttributeValue>>> read() {
    TransactGetItemsRequest request =
        TransactGetItemsRequest.builder()
            .transactItems(
                updates.stream()
                    .map(
                        update ->
                            TransactGetItem.builder()
                                .get(get -> get.tableName(update.tableName()).key(update.key()))
                                .build())
                    .toList())
            .build();
    return Step.ask(calls.transactGetItems(request))
        .map(response -> response.responses().stream().map(ItemResponse::item).toList());
  }

  /** The SDK adds a token, so that the request does its work once however often it is sent. */
  @Override
  public Step<?> write(List<UpdateAttempt> attempts, List<GuardedUpdate> writes) {
    List<TransactWriteItem> items = new ArrayList<>(attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      items.add(writes.get(i).transactItem(!attempts.get(i).isChanged()));
    }
    return Step.ask(
        calls.transactWriteItems(
            TransactWriteItemsRequest.builder().transactItems(items).build()));
  }

  @Override
  public boolean mayReadAgain(Throwable failure) {
    return failure instanceof TransactionCanceledException cancelled
        && UpdateFailures.mayPass(cancelled);
  }

  @Override
  public Step<Boolean> settle(
      Throwable failure,
      List<UpdateAttempt> attempts,
      List<GuardedUpdate> writes,
      List<Map<String, AttributeValue>> sealed) {
    if (!(failure instanceof TransactionCanceledException cancelled)) {
      return Step.failed(failure);
    }
    List<CancellationReason> shown = new ArrayList<>();
    boolean refused = false;
    for (int i = 0; i < cancelled.cancellationReasons().size(); i++) {
      CancellationReason reason = cancelled.cancellationReasons().get(i);
      boolean failed = UpdateFailures.CONDITION_FAILED.equals(reason.code());
      boolean own = failed && writes.get(i).guardHolds(UpdateFailures.imageOf(reason));
      refused |= own;
      CancellationReason.Builder plain = reason.toBuilder();
      shown.add(plain.item(own ? attempts.get(i).old().orElse(null) : null).build());
    }
    TransactionCanceledException.Builder opened = cancelled.toBuilder();
    TransactionCanceledException plaintext = opened.cancellationReasons(shown).build();
    plaintext.setStackTrace(cancelled.getStackTrace());
    return refused || !UpdateFailures.mayPass(plaintext)
        ? Step.failed(plaintext)
        : Step.done(false);
  }
}
