package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.GuardedUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

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
        calls.transactWriteItems(TransactWriteItemsRequest.builder().transactItems(items).build()));
  }

  @Override
  public Optional<UpdateRefusal> refusal(Throwable failure) {
    if (failure instanceof TransactionCanceledException cancelled) {
      return Optional.of(UpdateRefusal.of(cancelled, updates.size()));
    }
    return failure instanceof TransactionInProgressException unfinished
        ? Optional.of(UpdateRefusal.conflict(unfinished, updates.size()))
        : Optional.empty();
  }
}
