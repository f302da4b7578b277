package io.github.itemseal.enhanced;

import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * What the contract of typed tables calls: one face for the blocking and the asynchronous client.
 */
interface TypedTables {
  <T> Typed<T> table(String name, TableSchema<T> schema);

  /** A batch with one put and one delete of a table. */
  <T> void batchWrite(Typed<T> table, T put, Key delete);

  <T> List<T> batchGet(Typed<T> table, Key... keys);

  <T> List<T> transactGet(Typed<T> table, Key... keys);

  void transactWrite(TransactWriteItemsEnhancedRequest request);

  /** One typed table. */
  interface Typed<T> {
    software.amazon.awssdk.enhanced.dynamodb.MappedTableResource<T> resource();

    void put(PutItemEnhancedRequest<T> request);

    T get(Key key);

    T delete(Key key);

    T update(UpdateItemEnhancedRequest<T> request);

    /** What the response of an update carries, for a return value. */
    T updateReturning(UpdateItemEnhancedRequest<T> request, ReturnValue returnValue);

    T change(Key key, UnaryOperator<T> change);

    List<T> query(QueryConditional condition, int pageSize);

    List<T> queryIndex(String index, QueryConditional condition);

    List<T> scan(int pageSize);
  }
}
