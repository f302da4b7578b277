package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
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
  public void check(UpdateItemRequest request, TableLookup tables) {
    tables
        .find(request.tableName())
        .ifPresent(
            table -> {
              RequestChecks checks = new RequestChecks(table);
              checks.requireKey(request.key().keySet());
              checks.requireReadable(
                  "condition", request.conditionExpression(), request.expressionAttributeNames());
              checks.requireExpectable(request.expected());
              UnsignedUpdate.of(request).check(table);
            });
  }

  @Override
  public UpdateItemRequest withSealedItems(
      UpdateItemRequest request, List<Map<String, AttributeValue>> sealed, TableLookup tables) {
    return tables
        .find(request.tableName())
        .map(table -> UnsignedUpdate.of(request).guarded(request, table))
        .orElse(request);
  }

  @Override
  public List<TableItem> storedItems(UpdateItemRequest request, UpdateItemResponse response) {
    boolean whole =
        request.returnValues() == ReturnValue.ALL_OLD
            || request.returnValues() == ReturnValue.ALL_NEW;
    return whole && response.hasAttributes()
        ? List.of(new TableItem(request.tableName(), response.attributes(), request.key()))
        : List.of();
  }

  @Override
  public UpdateItemResponse withOpenedItems(
      UpdateItemRequest request,
      UpdateItemResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    return opened.isEmpty() ? response : response.toBuilder().attributes(opened.get(0)).build();
  }

  /** The image is opened if the caller asked for it; or to tell what it is, if it is unsigned. */
  @Override
  public List<TableItem> storedItems(
      UpdateItemRequest request, Throwable failure, TableLookup tables) {
    boolean guarded =
        failure instanceof ConditionalCheckFailedException refused
            && tables
                .find(request.tableName())
                .map(table -> UnsignedUpdate.guardHolds(refused.item(), table))
                .orElse(true);
    return guarded && !asksForImage(request)
        ? List.of()
        : FailureImages.storedItems(tables(request), failure);
  }

  private static boolean asksForImage(UpdateItemRequest request) {
    return request.returnValuesOnConditionCheckFailure()
        == ReturnValuesOnConditionCheckFailure.ALL_OLD;
  }

  @Override
  public Throwable withOpenedItems(
      UpdateItemRequest request, Throwable failure, List<OpenedItem> opened, TableLookup tables) {
    ProtectedTable table = tables.find(request.tableName()).orElse(null);
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
