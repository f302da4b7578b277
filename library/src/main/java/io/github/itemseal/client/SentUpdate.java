package io.github.itemseal.client;

import io.github.itemseal.internal.request.GuardedUpdate;
import io.github.itemseal.internal.request.PlaceholderMeanings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An attempt whose write was sent. Whatever the answer is, or whether there is one, DynamoDB may
 * have executed it: its random attributes tell. Immutable.
 *
 * @param attempts of the items
 * @param writes what was sent for each
 * @param number of the attempt, from 1
 */
record SentUpdate(List<UpdateAttempt> attempts, List<GuardedUpdate> writes, int number) {
  /**
   * An attempt whose items are sealed.
   *
   * @throws io.github.itemseal.ItemTooLargeException if DynamoDB cannot store one
   */
  static SentUpdate of(
      List<UpdateAttempt> attempts, List<Map<String, AttributeValue>> sealed, int number) {
    List<GuardedUpdate> writes = new ArrayList<>(attempts.size());
    for (int i = 0; i < attempts.size(); i++) {
      writes.add(attempts.get(i).write(sealed.get(i)));
    }
    return new SentUpdate(attempts, writes, number);
  }

  /**
   * Whether it was executed: one item bears what it wrote. All were written or none, so the others
   * may have been changed by somebody since.
   *
   * @param stored the items, empty where there is none or it is not known
   */
  boolean isIn(List<Map<String, AttributeValue>> stored) {
    return indexes().anyMatch(i -> writes.get(i).isIn(stored.get(i)));
  }

  /**
   * The indexes of the items whose own condition failed, as nobody else came between.
   *
   * @param images the items of the very moment of the refusal
   */
  Set<Integer> refusedIn(List<Map<String, AttributeValue>> images, UpdateRefusal refusal) {
    return indexes()
        .filter(
            i ->
                attempts.get(i).hasCondition()
                    && refusal.conditionFailed(i)
                    && writes.get(i).guardHolds(images.get(i)))
        .boxed()
        .collect(Collectors.toSet());
  }

  /**
   * The same by items that were read after the refusal. Others may have come and gone in between,
   * so the condition itself must be false of what was read.
   */
  Set<Integer> refusedAfter(List<Map<String, AttributeValue>> stored, UpdateRefusal refusal) {
    return refusedIn(stored, refusal).stream()
        .filter(i -> !attempts.get(i).conditionHolds(stored.get(i)))
        .collect(Collectors.toSet());
  }

  /** A failure of the write, with attributes instead of the placeholders made for it. */
  Throwable toCaller(Throwable failure) {
    return PlaceholderMeanings.toCaller(
        failure, writes.stream().map(GuardedUpdate::meanings).toList());
  }

  private IntStream indexes() {
    return IntStream.range(0, writes.size());
  }

  List<UpdatedItem> outcomes() {
    return UpdateAttempt.outcomes(attempts, number);
  }
}
