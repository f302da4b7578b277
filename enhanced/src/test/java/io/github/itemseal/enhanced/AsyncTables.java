package io.github.itemseal.enhanced;

import io.github.itemseal.TableEncryption;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The asynchronous enhanced client, waited for. */
final class AsyncTables implements TypedTables {
  private final EncryptedDynamoDbEnhancedAsyncClient client;

  private AsyncTables(EncryptedDynamoDbEnhancedAsyncClient client) {
    this.client = client;
  }

  static AsyncTables encrypted(
      DynamoDbAsyncClient plain,
      List<DynamoDbEnhancedClientExtension> extensions,
      TableEncryption... tables) {
    EncryptedDynamoDbAsyncClient.Builder encrypted =
        EncryptedDynamoDbAsyncClient.builder().client(plain);
    for (TableEncryption table : tables) {
      encrypted.table(table);
    }
    return new AsyncTables(EncryptedDynamoDbEnhancedAsyncClient.of(encrypted.build(), extensions));
  }

  /** The result, or what really failed. */
  private static <T> T await(CompletableFuture<T> future) {
    return CancellableStages.join(future);
  }

  private static <T> List<T> all(SdkPublisher<T> publisher) {
    List<T> items = new ArrayList<>();
    await(publisher.subscribe(items::add));
    return items;
  }

  @Override
  public <T> Typed<T> table(String name, TableSchema<T> schema) {
    return new Table<>(client.table(name, schema));
  }

  @Override
  public <T> void batchWrite(Typed<T> table, T put, Key delete) {
    Class<T> type = table.resource().tableSchema().itemType().rawClass();
    await(
        client.batchWriteItem(
            batch ->
                batch.writeBatches(
                    WriteBatch.builder(type)
                        .mappedTableResource(table.resource())
                        .addPutItem(put)
                        .addDeleteItem(delete)
                        .build())));
  }

  @Override
  public <T> List<T> batchGet(Typed<T> table, Key... keys) {
    ReadBatch.Builder<T> batch =
        ReadBatch.builder(table.resource().tableSchema().itemType().rawClass())
            .mappedTableResource(table.resource());
    for (Key key : keys) {
      batch.addGetItem(key);
    }
    return all(
        client
            .batchGetItem(request -> request.readBatches(batch.build()))
            .resultsForTable(table.resource()));
  }

  @Override
  public <T> List<T> transactGet(Typed<T> table, Key... keys) {
    TransactGetItemsEnhancedRequest.Builder request = TransactGetItemsEnhancedRequest.builder();
    for (Key key : keys) {
      request.addGetItem(table.resource(), key);
    }
    List<T> items = new ArrayList<>();
    await(client.transactGetItems(request.build()))
        .forEach(document -> items.add(document.getItem(table.resource())));
    return items;
  }

  @Override
  public void transactWrite(TransactWriteItemsEnhancedRequest request) {
    await(client.transactWriteItems(request));
  }

  private final class Table<T> implements Typed<T> {
    private final DynamoDbAsyncTable<T> table;

    Table(DynamoDbAsyncTable<T> table) {
      this.table = table;
    }

    @Override
    public MappedTableResource<T> resource() {
      return table;
    }

    @Override
    public void put(PutItemEnhancedRequest<T> request) {
      await(table.putItem(request));
    }

    @Override
    public T get(Key key) {
      return await(table.getItem(request -> request.key(key).consistentRead(true)));
    }

    @Override
    public T delete(Key key) {
      return await(table.deleteItem(key));
    }

    @Override
    public T update(UpdateItemEnhancedRequest<T> request) {
      return await(table.updateItem(request));
    }

    @Override
    public T updateReturning(UpdateItemEnhancedRequest<T> request, ReturnValue returnValue) {
      return await(
              table.updateItemWithResponse(request.toBuilder().returnValues(returnValue).build()))
          .attributes();
    }

    @Override
    public T change(Key key, UnaryOperator<T> change) {
      return await(client.update(table, key, change));
    }

    @Override
    public List<T> query(QueryConditional condition, int pageSize) {
      return all(
          table.query(request -> request.queryConditional(condition).limit(pageSize)).items());
    }

    @Override
    public List<T> queryIndex(String index, QueryConditional condition) {
      return all(table.index(index).query(condition).flatMapIterable(page -> page.items()));
    }

    @Override
    public List<T> scan(int pageSize) {
      return all(table.scan(request -> request.limit(pageSize)).items());
    }
  }
}
