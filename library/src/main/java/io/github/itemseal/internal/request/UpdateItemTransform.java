package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * UpdateItem: of unsigned attributes only, and of items that are there, see {@link UnsignedUpdate}.
 * Whole items that it returns are opened; {@code UPDATED_OLD} and {@code UPDATED_NEW} return
 * unsigned attributes, of which there is nothing to verify.
 */
public final class UpdateItemTransform
    implements OperationTransform<UpdateItemRequest, UpdateItemResponse> {
  public static final UpdateItemTransform INSTANCE = new UpdateItemTransform();

  private UpdateItemTransform() {}

  @Override
  public List<TableUse> tables(UpdateItemRequest request) {
    return TableUse.of(request.tableName());
  }

  @Override
  public PreparedCall<UpdateItemRequest, UpdateItemResponse> on(
      UpdateItemRequest request, TableLookup tables) {
    Optional<ProtectedTable> table = tables.find(request.tableName());
    table.ifPresent(
        known -> {
          RequestChecks checks = new RequestChecks(known);
          checks.requireKey(request.key().keySet());
          checks.requireReadable(
              "condition", request.conditionExpression(), request.expressionAttributeNames());
          checks.requireExpectable(request.expected());
          UnsignedUpdate.of(request).check(known);
        });
    return new Updating(request, table.orElse(null));
  }

  /**
   * One call.
   *
   * @param table null if it is let through
   */
  private record Updating(UpdateItemRequest request, @Nullable ProtectedTable table)
      implements PreparedCall<UpdateItemRequest, UpdateItemResponse> {
    @Override
    public List<RequestPart> parts() {
      return List.of(new RequestPart(request.tableName(), request.key()));
    }

    @Override
    public UpdateItemRequest sent(List<Map<String, AttributeValue>> sealed) {
      return table == null ? request : UnsignedUpdate.of(request).guarded(request, table);
    }

    @Override
    public List<TableItem> storedItems(UpdateItemResponse response) {
      boolean whole =
          request.returnValues() == ReturnValue.ALL_OLD
              || request.returnValues() == ReturnValue.ALL_NEW;
      return whole && response.hasAttributes()
          ? List.of(parts().get(0).answer(response.attributes()))
          : List.of();
    }

    @Override
    public UpdateItemResponse answer(
        UpdateItemResponse response, List<Map<String, AttributeValue>> opened) {
      return opened.isEmpty() ? response : response.toBuilder().attributes(opened.get(0)).build();
    }

    /** The image is opened if the caller asked for it; or to tell what it is, if it is unsigned. */
    @Override
    public List<TableItem> storedItems(Throwable failure) {
      boolean guarded =
          failure instanceof ConditionalCheckFailedException refused
              && (table == null || UnsignedUpdate.guardHolds(refused.item(), table));
      return guarded && !asksForImage() ? List.of() : FailureImages.storedItems(parts(), failure);
    }

    private boolean asksForImage() {
      return request.returnValuesOnConditionCheckFailure()
          == ReturnValuesOnConditionCheckFailure.ALL_OLD;
    }

    @Override
    public Throwable failure(Throwable failure, List<OpenedItem> opened) {
      if (!(failure instanceof ConditionalCheckFailedException refused)) {
        return table == null
            ? failure
            : PlaceholderMeanings.toCaller(
                failure, List.of(UnsignedUpdate.of(request).meanings(table)));
      }
      if (table != null && !UnsignedUpdate.guardHolds(refused.item(), table)) {
        if (refused.hasItem() && opened.get(0).failure() != null) {
          return opened.get(0).failure(); // there is an item, without a signature
        }
        if (UnsignedUpdate.of(request).mayHoldWithoutItem(request.expected())) {
          return UnsignedUpdate.absent(table);
        }
      }
      if (opened.isEmpty() && refused.hasItem()) {
        ConditionalCheckFailedException.Builder shown = refused.toBuilder();
        ConditionalCheckFailedException withoutImage = shown.item(null).build();
        withoutImage.setStackTrace(refused.getStackTrace());
        return withoutImage;
      }
      return FailureImages.withOpenedItems(failure, opened);
    }
  }
}
