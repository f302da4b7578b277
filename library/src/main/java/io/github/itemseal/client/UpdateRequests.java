package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.GuardedUpdate;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How the items of a safe update are read and written: one by itself ({@link SingleUpdate}), or
 * several in transactions ({@link UpdateTransaction}). Immutable.
 */
sealed interface UpdateRequests permits SingleUpdate, UpdateTransaction {
  /** The updates, one for each item. */
  List<ItemUpdate> updates();

  /** The stored items as they are together, empty where there is none. */
  Step<List<Map<String, AttributeValue>>> read();

  /** Writes all items or none. */
  Step<?> write(List<UpdateAttempt> attempts, List<GuardedUpdate> writes);

  /** Whether reading failed only because others were at work. */
  boolean mayReadAgain(Throwable failure);

  /**
   * What follows from a write that failed.
   *
   * @return whether it succeeded all the same; false if all is to be tried again; fails with what
   *     the caller is to see
   */
  Step<Boolean> settle(
      Throwable failure,
      List<UpdateAttempt> attempts,
      List<GuardedUpdate> writes,
      List<Map<String, AttributeValue>> sealed);
}
