package io.github.itemseal.internal.request;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The items in exceptions, which {@code ReturnValuesOnConditionCheckFailure} asks for: of the one
 * condition that failed, or of each part of a cancelled transaction.
 */
final class FailureImages {
  private FailureImages() {}

  /**
   * The stored items in a failure.
   *
   * @param parts of the request, in their order
   */
  static List<TableItem> storedItems(List<RequestPart> parts, Throwable failure) {
    List<TableItem> images = new ArrayList<>();
    if (failure instanceof ConditionalCheckFailedException refused && refused.hasItem()) {
      images.add(parts.get(0).answer(refused.item()));
    } else if (failure instanceof TransactionCanceledException cancelled) {
      List<CancellationReason> reasons = cancelled.cancellationReasons();
      for (int i = 0; i < reasons.size(); i++) {
        if (reasons.get(i).hasItem()) {
          images.add(parts.get(i).answer(reasons.get(i).item()));
        }
      }
    }
    return images;
  }

  /** The failure with those items replaced. */
  static Throwable withOpenedItems(Throwable failure, List<OpenedItem> opened) {
    Throwable shown = failure;
    if (opened.isEmpty()) {
      return failure;
    } else if (failure instanceof ConditionalCheckFailedException refused) {
      ConditionalCheckFailedException.Builder builder = refused.toBuilder();
      shown = builder.item(opened.get(0).item()).build();
    } else if (failure instanceof TransactionCanceledException cancelled) {
      Iterator<OpenedItem> next = opened.iterator();
      List<CancellationReason> reasons =
          cancelled.cancellationReasons().stream()
              .map(
                  reason ->
                      reason.hasItem()
                          ? reason.toBuilder().item(next.next().item()).build()
                          : reason)
              .toList();
      TransactionCanceledException.Builder builder = cancelled.toBuilder();
      shown = builder.cancellationReasons(reasons).build();
    }
    shown.setStackTrace(failure.getStackTrace());
    for (OpenedItem item : opened) {
      if (item.failure() != null) {
        shown.addSuppressed(item.failure());
      }
    }
    return shown;
  }
}
