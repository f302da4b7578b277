package io.github.itemseal.enhanced;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The items in the failures of safe updates, which always have them, as DynamoDB shows them: where
 * the request asks for them.
 */
final class FailureItems {
  private FailureItems() {}

  /** The failure of an update. */
  static ConditionalCheckFailedException asAsked(
      ConditionalCheckFailedException failure, UpdateItemRequest request) {
    if (asks(request.returnValuesOnConditionCheckFailure())) {
      return failure;
    }
    ConditionalCheckFailedException.Builder shown = failure.toBuilder();
    ConditionalCheckFailedException bare = shown.item(null).build();
    bare.setStackTrace(failure.getStackTrace());
    return bare;
  }

  /** The failure of a transaction of updates; its reasons are in the order of the elements. */
  static TransactionCanceledException asAsked(
      TransactionCanceledException failure, TransactWriteItemsRequest request) {
    List<CancellationReason> reasons = new ArrayList<>();
    for (CancellationReason reason : failure.cancellationReasons()) {
      Update update = request.transactItems().get(reasons.size()).update();
      reasons.add(
          asks(update.returnValuesOnConditionCheckFailure())
              ? reason
              : reason.toBuilder().item(null).build());
    }
    TransactionCanceledException.Builder shown = failure.toBuilder();
    TransactionCanceledException asked = shown.cancellationReasons(reasons).build();
    asked.setStackTrace(failure.getStackTrace());
    return asked;
  }

  private static boolean asks(@Nullable ReturnValuesOnConditionCheckFailure wanted) {
    return wanted == ReturnValuesOnConditionCheckFailure.ALL_OLD;
  }
}
