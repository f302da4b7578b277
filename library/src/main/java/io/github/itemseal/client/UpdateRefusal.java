package io.github.itemseal.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What DynamoDB said instead of writing: a reason for each item, with the stored item where it
 * shows one. Immutable.
 *
 * @param reasons one for each item, in order
 * @param exception the SDK's exception with these reasons instead
 */
record UpdateRefusal(
    List<CancellationReason> reasons,
    Function<List<CancellationReason>, ? extends RuntimeException> exception) {
  private static final String NONE = "None";
  private static final String CONDITION_FAILED = "ConditionalCheckFailed";
  private static final String CONFLICT = "TransactionConflict";

  /** Reasons for which the same that comes a little later may succeed. */
  private static final Set<String> PASSING =
      Set.of(NONE, CONDITION_FAILED, CONFLICT, "ThrottlingError", "ProvisionedThroughputExceeded");

  /** Of the write of one item. */
  static UpdateRefusal of(ConditionalCheckFailedException failure) {
    CancellationReason.Builder reason = CancellationReason.builder().code(CONDITION_FAILED);
    return new UpdateRefusal(
        List.of(reason.item(failure.hasItem() ? failure.item() : null).build()),
        shown -> {
          CancellationReason only = shown.get(0);
          ConditionalCheckFailedException.Builder changed = failure.toBuilder();
          RuntimeException result = changed.item(only.hasItem() ? only.item() : null).build();
          result.setStackTrace(failure.getStackTrace());
          return result;
        });
  }

  /** Of a transaction. Where no reason is given at all, any condition may have failed. */
  static UpdateRefusal of(TransactionCanceledException failure, int items) {
    List<CancellationReason> given = failure.cancellationReasons();
    return new UpdateRefusal(
        given.isEmpty() ? all(CONDITION_FAILED, items) : given,
        shown -> {
          TransactionCanceledException.Builder changed = failure.toBuilder();
          RuntimeException result = changed.cancellationReasons(shown).build();
          result.setStackTrace(failure.getStackTrace());
          return result;
        });
  }

  /** A transaction of somebody's is at work on an item, maybe this very one, sent before. */
  static UpdateRefusal conflict(RuntimeException failure, int items) {
    return new UpdateRefusal(all(CONFLICT, items), shown -> failure);
  }

  private static List<CancellationReason> all(String code, int items) {
    return IntStream.range(0, items)
        .mapToObj(i -> CancellationReason.builder().code(code).build())
        .toList();
  }

  /** Whether another attempt may succeed. */
  boolean mayPass() {
    return reasons.stream()
        .allMatch(reason -> PASSING.contains(reason.code() == null ? NONE : reason.code()));
  }

  /** Whether a condition on this item failed, the guard's or the caller's. */
  boolean conditionFailed(int index) {
    return CONDITION_FAILED.equals(reasons.get(index).code());
  }

  /**
   * Whether a condition failed without its item being shown. There may be no item; DAX, older
   * emulators and some clients between leave it out in any case.
   */
  boolean hidesAnItem() {
    return IntStream.range(0, reasons.size())
        .anyMatch(i -> conditionFailed(i) && !reasons.get(i).hasItem());
  }

  /** Whether any item is shown. */
  boolean showsAnItem() {
    return reasons.stream().anyMatch(CancellationReason::hasItem);
  }

  /** The stored items as far as they are shown; else empty. */
  List<Map<String, AttributeValue>> images() {
    return reasons.stream()
        .map(reason -> reason.hasItem() ? reason.item() : Map.<String, AttributeValue>of())
        .toList();
  }

  /**
   * The SDK's exception for the caller, in plaintext.
   *
   * @param attempts of the items
   * @param refused the indexes of the items whose own condition failed; only these are shown
   */
  RuntimeException toCaller(List<UpdateAttempt> attempts, Set<Integer> refused) {
    List<CancellationReason> shown =
        IntStream.range(0, reasons.size())
            .mapToObj(
                i -> {
                  CancellationReason.Builder reason = reasons.get(i).toBuilder();
                  boolean own = refused.contains(i);
                  return reason.item(own ? attempts.get(i).old().orElse(null) : null).build();
                })
            .toList();
    return exception.apply(shown);
  }
}
