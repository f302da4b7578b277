package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.GuardedUpdate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What DynamoDB said, if a failure of reading or writing is its answer to these updates. */
  Optional<UpdateRefusal> refusal(Throwable failure);
}
