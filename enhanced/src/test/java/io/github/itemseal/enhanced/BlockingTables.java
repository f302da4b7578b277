package io.github.itemseal.enhanced;

import io.github.itemseal.TableEncryption;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.MappedTableResource;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.ReadBatch;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactGetItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The blocking enhanced client; ours, or the SDK's on a plaintext table to compare with. */
final class BlockingTables implements TypedTables {
  private final DynamoDbEnhancedClient client;

  private BlockingTables(DynamoDbEnhancedClient client) {
    this.client = client;
  }

  static BlockingTables encrypted(
      DynamoDbClient plain,
      List<DynamoDbEnhancedClientExtension> extensions,
      TableEncryption... tables) {
    EncryptedDynamoDbClient.Builder encrypted = EncryptedDynamoDbClient.builder().client(plain);
    for (TableEncryption table : tables) {
      encrypted.table(table);
    }
    return new BlockingTables(EncryptedDynamoDbEnhancedClient.of(encrypted.build(), extensions));
  }

  static BlockingTables plain(
      DynamoDbClient plain, List<DynamoDbEnhancedClientExtension> extensions) {
    return new BlockingTables(
        DynamoDbEnhancedClient.builder().dynamoDbClient(plain).extensions(extensions).build());
  }

  @Override
  public <T> Typed<T> table(String name, TableSchema<T> schema) {
    return new Table<>(client.table(name, schema));
  }

  @Override
  public <T> void batchWrite(Typed<T> table, T put, Key delete) {
    Class<T> type = table.resource().tableSchema().itemType().rawClass();
    client.batchWriteItem(
        batch ->
            batch.writeBatches(
                WriteBatch.builder(type)
                    .mappedTableResource(table.resource())
                    .addPutItem(put)
                    .addDeleteItem(delete)
                    .build()));
  }

  @Override
  public <T> List<T> batchGet(Typed<T> table, Key... keys) {
    ReadBatch.Builder<T> batch =
        ReadBatch.builder(table.resource().tableSchema().itemType().rawClass())
            .mappedTableResource(table.resource());
    for (Key key : keys) {
      batch.addGetItem(key);
    }
    return client
        .batchGetItem(request -> request.readBatches(batch.build()))
        .resultsForTable(table.resource())
        .stream()
        .toList();
  }

  @Override
  public <T> List<T> transactGet(Typed<T> table, Key... keys) {
    TransactGetItemsEnhancedRequest.Builder request = TransactGetItemsEnhancedRequest.builder();
    for (Key key : keys) {
      request.addGetItem(table.resource(), key);
    }
    List<T> items = new ArrayList<>();
    client
        .transactGetItems(request.build())
        .forEach(document -> items.add(document.getItem(table.resource())));
    return items;
  }

  @Override
  public void transactWrite(TransactWriteItemsEnhancedRequest request) {
    client.transactWriteItems(request);
  }

  private final class Table<T> implements Typed<T> {
    private final DynamoDbTable<T> table;

    Table(DynamoDbTable<T> table) {
      this.table = table;
    }

    @Override
    public MappedTableResource<T> resource() {
      return table;
    }

    @Override
    public void put(PutItemEnhancedRequest<T> request) {
      table.putItem(request);
    }

    @Override
    public T get(Key key) {
      return table.getItem(request -> request.key(key).consistentRead(true));
    }

    @Override
    public T delete(Key key) {
      return table.deleteItem(key);
    }

    @Override
    public T update(UpdateItemEnhancedRequest<T> request) {
      return table.updateItem(request);
    }

    @Override
    public T updateReturning(UpdateItemEnhancedRequest<T> request, ReturnValue returnValue) {
      return table
          .updateItemWithResponse(request.toBuilder().returnValues(returnValue).build())
          .attributes();
    }

    @Override
    public T change(Key key, UnaryOperator<T> change) {
      return ((EncryptedDynamoDbEnhancedClient) client).update(table, key, change);
    }

    @Override
    public List<T> query(QueryConditional condition, int pageSize) {
      return table
          .query(request -> request.queryConditional(condition).limit(pageSize))
          .items()
          .stream()
          .toList();
    }

    @Override
    public List<T> queryIndex(String index, QueryConditional condition) {
      return table.index(index).query(condition).stream()
          .flatMap(page -> page.items().stream())
          .toList();
    }

    @Override
    public List<T> scan(int pageSize) {
      return table.scan(request -> request.limit(pageSize)).items().stream().toList();
    }
  }
}
