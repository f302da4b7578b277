package io.github.itemseal.enhanced;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.MappedTableResource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Between items and typed objects of a table, by the enhanced client itself, extensions and all: it
 * is asked to read an item that it is handed, and to update one whose request is caught. No request
 * goes anywhere.
 */
final class TypedMapping<T> {
  private final MappedTableResource<T> table;

  TypedMapping(MappedTableResource<T> table) {
    this.table = table;
  }

  /** The attributes of a key. */
  Map<String, AttributeValue> keyOf(Key key) {
    return key.keyMap(
        table.tableSchema(),
        software.amazon.awssdk.enhanced.dynamodb.TableMetadata.primaryIndexName());
  }

  /** The object of an item. */
  T read(Map<String, AttributeValue> item) {
    return tableOver(new Mirror(item)).getItem(keyIn(item));
  }

  /**
   * A change of the object as a change of the item. Only what it makes different is written, and
   * nothing at all if it makes nothing different: see {@link OnlyChanges}.
   */
  UnaryOperator<Map<String, AttributeValue>> changeOf(UnaryOperator<T> change) {
    return item -> {
      T object = read(item);
      Map<String, AttributeValue> before = mapped(object); // now: the change may change the object
      @Nullable T changed = change.apply(object);
      if (changed == null) {
        throw new NullPointerException(
            "The change of an update returned null: return the object, unchanged to write nothing.");
      }
      OnlyChanges changes =
          new OnlyChanges(item, before, mapped(changed), other -> mapped(read(other)));
      return changes.isEmpty() ? item : updated(item, changed, changes);
    };
  }

  private Map<String, AttributeValue> mapped(T object) {
    return table.tableSchema().itemToMap(object, false);
  }

  private Map<String, AttributeValue> updated(
      Map<String, AttributeValue> item, T changed, OnlyChanges changes) {
    Mirror mirror = new Mirror(item);
    tableOver(mirror, changes).updateItem(changed);
    RoutedUpdate update = RoutedUpdate.of(mirror.caught());
    update
        .localCondition()
        .ifPresent(
            condition -> {
              if (!condition.test(item)) {
                throw ConditionalCheckFailedException.builder()
                    .message("The conditional request failed")
                    .item(item)
                    .build();
              }
            });
    Map<String, AttributeValue> updated = new LinkedHashMap<>(update.applyTo(item));
    updated.putAll(update.key()); // a changed key is for the safe update to refuse
    return updated;
  }

  private Key keyIn(Map<String, AttributeValue> item) {
    List<String> names = List.copyOf(table.tableSchema().tableMetadata().primaryKeys());
    Key.Builder key = Key.builder().partitionValue(item.get(names.get(0)));
    return (names.size() == 1 ? key : key.sortValue(item.get(names.get(1)))).build();
  }

  private DynamoDbTable<T> tableOver(
      Mirror mirror, DynamoDbEnhancedClientExtension... lastExtensions) {
    List<DynamoDbEnhancedClientExtension> extensions = new ArrayList<>();
    @Nullable DynamoDbEnhancedClientExtension extension = table.mapperExtension();
    if (extension != null) {
      extensions.add(extension);
    }
    extensions.addAll(List.of(lastExtensions));
    return DynamoDbEnhancedClient.builder()
        .dynamoDbClient(mirror)
        .extensions(extensions)
        .build()
        .table(table.tableName(), table.tableSchema());
  }

  /** Answers with the item it was given, and keeps the update it gets. Not thread-safe. */
  private static final class Mirror implements DynamoDbClient {
    private final Map<String, AttributeValue> item;
    private @Nullable UpdateItemRequest update;

    Mirror(Map<String, AttributeValue> item) {
      this.item = item;
    }

    UpdateItemRequest caught() {
      if (update == null) {
        throw new IllegalStateException("The enhanced client made no update.");
      }
      return update;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return GetItemResponse.builder().item(item).build();
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      update = request;
      return UpdateItemResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
