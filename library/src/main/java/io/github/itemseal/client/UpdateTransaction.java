package io.github.itemseal.client;

import io.github.itemseal.internal.request.GuardedUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * One attempt of several safe updates in one transaction, without its calls. Items that do not
 * change are checked in it all the same, so that all changes rest on what was there together.
 * Immutable.
 */
final class UpdateTransaction {
  private final List<UpdateAttempt> attempts;

  UpdateTransaction(List<UpdateAttempt> attempts) {
    this.attempts = List.copyOf(attempts);
  }

  /** The items as they are together. */
  static TransactGetItemsRequest reads(List<ItemUpdate> updates) {
    return TransactGetItemsRequest.builder()
        .transactItems(
            updates.stream()
                .map(
                    update ->
                        TransactGetItem.builder()
                            .get(get -> get.tableName(update.tableName()).key(update.key()))
                            .build())
                .toList())
        .build();
  }

  /** Whether DynamoDB need not be asked again. */
  boolean isNothing() {
    return attempts.stream().allMatch(UpdateAttempt::isNothing);
  }

  /** The writes, once the items are sealed. */
  List<GuardedUpdate> writes(List<Map<String, AttributeValue>> sealed) {
    List<GuardedUpdate> writes = new ArrayList<>(attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      writes.add(attempts.get(i).write(sealed.get(i)));
    }
    return writes;
  }

  /** The SDK adds a token, so that the request does its work once however often it is sent. */
  TransactWriteItemsRequest request(List<GuardedUpdate> writes) {
    List<TransactWriteItem> items = new ArrayList<>(attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      items.add(writes.get(i).transactItem(!attempts.get(i).isChanged()));
    }
    return TransactWriteItemsRequest.builder().transactItems(items).build();
  }

  /**
   * Returns if the transaction may succeed with what is stored meanwhile.
   *
   * @throws TransactionCanceledException if not, or if a caller's condition failed; its items are
   *     plaintext
   */
  void requireConflict(TransactionCanceledException failure, List<GuardedUpdate> writes) {
    List<CancellationReason> shown = new ArrayList<>();
    boolean refused = false;
    for (int i = 0; i < failure.cancellationReasons().size(); i++) {
      CancellationReason reason = failure.cancellationReasons().get(i);
      boolean failed = UpdateFailures.CONDITION_FAILED.equals(reason.code());
      boolean own = failed && writes.get(i).guardHolds(UpdateFailures.imageOf(reason));
      refused |= own;
      CancellationReason.Builder plain = reason.toBuilder();
      shown.add(plain.item(own ? attempts.get(i).old().orElse(null) : null).build());
    }
    TransactionCanceledException.Builder opened = failure.toBuilder();
    TransactionCanceledException plaintext = opened.cancellationReasons(shown).build();
    plaintext.setStackTrace(failure.getStackTrace());
    if (refused) {
      throw plaintext;
    }
    UpdateFailures.requireConflict(plaintext);
  }

  List<UpdatedItem> outcomes(int number) {
    return attempts.stream().map(attempt -> attempt.outcome(number)).toList();
  }
}
