package io.github.itemseal.internal.request;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * TransactWriteItems: puts are sealed; updates, deletes and condition checks are checked like the
 * operations of the same name. A part that is none of these is refused: it may be a new one.
 */
public final class TransactWriteItemsTransform
    implements OperationTransform<TransactWriteItemsRequest, TransactWriteItemsResponse> {
  public static final TransactWriteItemsTransform INSTANCE = new TransactWriteItemsTransform();

  private static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private TransactWriteItemsTransform() {}

  @Override
  public List<TableUse> tables(TransactWriteItemsRequest request) {
    return TransactTables.of(request).stream().map(table -> new TableUse(table, null)).toList();
  }

  @Override
  public PreparedCall<TransactWriteItemsRequest, TransactWriteItemsResponse> on(
      TransactWriteItemsRequest request, TableLookup tables) {
    if (TransactTables.of(request).size() != request.transactItems().size()) {
      throw TransactTables.oddPart(); // two operations in one part
    }
    for (TransactWriteItem part : request.transactItems()) {
      if (part.put() != null) {
        checkCondition(
            part.put().tableName(),
            Map.of(),
            part.put().conditionExpression(),
            part.put().expressionAttributeNames(),
            tables);
      } else if (part.delete() != null) {
        checkCondition(
            part.delete().tableName(),
            part.delete().key(),
            part.delete().conditionExpression(),
            part.delete().expressionAttributeNames(),
            tables);
      } else if (part.conditionCheck() != null) {
        checkCondition(
            part.conditionCheck().tableName(),
            part.conditionCheck().key(),
            part.conditionCheck().conditionExpression(),
            part.conditionCheck().expressionAttributeNames(),
            tables);
      } else if (part.update() != null) {
        Update update = part.update();
        checkCondition(
            update.tableName(),
            update.key(),
            update.conditionExpression(),
            update.expressionAttributeNames(),
            tables);
        tables.find(update.tableName()).ifPresent(table -> UnsignedUpdate.of(update).check(table));
      } else {
        throw TransactTables.oddPart();
      }
    }
    return new TransactWrite(request, tables);
  }

  private static void checkCondition(
      String tableName,
      Map<String, AttributeValue> key,
      @Nullable String condition,
      Map<String, String> names,
      TableLookup tables) {
    tables
        .find(tableName)
        .map(RequestChecks::new)
        .ifPresent(
            checks -> {
              checks.requireKey(key.keySet());
              checks.requireReadable("condition", condition, names);
            });
  }

  private record TransactWrite(TransactWriteItemsRequest request, TableLookup tables)
      implements PreparedCall<TransactWriteItemsRequest, TransactWriteItemsResponse> {
    @Override
    public List<RequestPart> parts() {
      return request.transactItems().stream().map(TransactWriteItemsTransform::part).toList();
    }

    @Override
    public List<TableItem> plaintextItems() {
      List<TableItem> items = new ArrayList<>();
      for (TransactWriteItem part : request.transactItems()) {
        if (part.put() != null) {
          items.add(
              new TableItem(part.put().tableName(), RequestChecks.withoutNulls(part.put().item())));
        }
      }
      return items;
    }

    @Override
    public TransactWriteItemsRequest sent(List<Map<String, AttributeValue>> sealed) {
      Iterator<Map<String, AttributeValue>> next = sealed.iterator();
      return request.toBuilder()
          .transactItems(request.transactItems().stream().map(part -> sent(part, next)).toList())
          .build();
    }

    private TransactWriteItem sent(
        TransactWriteItem part, Iterator<Map<String, AttributeValue>> sealed) {
      if (part.put() != null) {
        return part.toBuilder().put(part.put().toBuilder().item(sealed.next()).build()).build();
      }
      Update update = part.update();
      return Optional.ofNullable(update)
          .flatMap(its -> tables.find(its.tableName()))
          .map(
              table ->
                  part.toBuilder().update(UnsignedUpdate.of(update).guarded(update, table)).build())
          .orElse(part);
    }

    /**
     * A part without a condition of its own failed for its guard: that is told beside the failure.
     */
    @Override
    public Throwable failure(Throwable failure, List<OpenedItem> opened) {
      List<PlaceholderMeanings> meanings =
          request.transactItems().stream().map(this::meanings).toList();
      Throwable shown =
          FailureImages.withOpenedItems(PlaceholderMeanings.toCaller(failure, meanings), opened);
      if (failure instanceof TransactionCanceledException cancelled) {
        for (int i = 0; i < cancelled.cancellationReasons().size(); i++) {
          Update update = request.transactItems().get(i).update();
          boolean refused = CONDITION_FAILED.equals(cancelled.cancellationReasons().get(i).code());
          if (refused && update != null && update.conditionExpression() == null) {
            tables
                .find(update.tableName())
                .map(UnsignedUpdate::absentOrUnsigned)
                .ifPresent(shown::addSuppressed);
          }
        }
      }
      return shown;
    }

    private PlaceholderMeanings meanings(TransactWriteItem part) {
      Update update = part.update();
      return Optional.ofNullable(update)
          .flatMap(its -> tables.find(its.tableName()))
          .map(table -> UnsignedUpdate.of(update).meanings(table))
          .orElseGet(() -> PlaceholderMeanings.of(names(part).keySet(), Map.of()));
    }
  }

  private static RequestPart part(TransactWriteItem part) {
    return part.put() != null
        ? new RequestPart(part.put().tableName(), part.put().item())
        : part.delete() != null
            ? new RequestPart(part.delete().tableName(), part.delete().key())
            : part.conditionCheck() != null
                ? new RequestPart(part.conditionCheck().tableName(), part.conditionCheck().key())
                : new RequestPart(part.update().tableName(), part.update().key());
  }

  private static Map<String, String> names(TransactWriteItem part) {
    return part.put() != null
        ? part.put().expressionAttributeNames()
        : part.delete() != null
            ? part.delete().expressionAttributeNames()
            : part.conditionCheck() != null
                ? part.conditionCheck().expressionAttributeNames()
                : part.update().expressionAttributeNames();
  }
}
