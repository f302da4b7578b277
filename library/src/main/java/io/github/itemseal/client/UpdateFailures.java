package io.github.itemseal.client;

import io.github.itemseal.internal.request.GuardedUpdate;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What the answers mean that DynamoDB gives to the write of a safe update instead of success. */
final class UpdateFailures {
  static final String CONDITION_FAILED = "ConditionalCheckFailed";

  /** Reasons for which a transaction that comes a little later may succeed. */
  private static final Set<String> PASSING =
      Set.of(
          "None",
          CONDITION_FAILED,
          "TransactionConflict",
          "ThrottlingError",
          "ProvisionedThroughputExceeded");

  private UpdateFailures() {}

  /** The SDK's exception for the caller, whose own condition it was, with the item in plaintext. */
  static ConditionalCheckFailedException refused(
      ConditionalCheckFailedException failure, UpdateAttempt attempt) {
    ConditionalCheckFailedException.Builder shown = failure.toBuilder();
    ConditionalCheckFailedException opened = shown.item(attempt.old().orElse(null)).build();
    opened.setStackTrace(failure.getStackTrace());
    return opened;
  }

  /**
   * Whether the write may have succeeded although it failed: the SDK sent it more than once, and
   * what it should write is there. Certain only where sealing the item again gives something else,
   * as it does unless neither its keys nor its signature are random.
   */
  static boolean mayBeOwn(ConditionalCheckFailedException failure, GuardedUpdate write) {
    Integer sent = failure.numAttempts();
    return sent != null && sent > 1 && write.isDone(failure.item());
  }

  /** Whether a later attempt may succeed. */
  static boolean mayPass(TransactionCanceledException failure) {
    return failure.cancellationReasons().stream()
        .allMatch(reason -> PASSING.contains(reason.code() == null ? "None" : reason.code()));
  }

  /** The image of a cancellation reason, empty if there is no item. */
  static Map<String, AttributeValue> imageOf(CancellationReason reason) {
    return reason.hasItem() ? reason.item() : Map.of();
  }
}
