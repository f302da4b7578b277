package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import io.github.itemseal.internal.request.TableUse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The calls that {@link SafeUpdates} ask for: all that differs between the blocking and the
 * asynchronous client. Thread-safe.
 */
interface UpdateCalls {
  /** The tables of updates, described. */
  Call<TableLookup> tables(Collection<TableUse> uses);

  Call<GetItemResponse> getItem(GetItemRequest request);

  Call<UpdateItemResponse> updateItem(UpdateItemRequest request);

  Call<TransactGetItemsResponse> transactGetItems(TransactGetItemsRequest request);

  Call<TransactWriteItemsResponse> transactWriteItems(TransactWriteItemsRequest request);

  /**
   * The items inside stored ones, in the same order. An empty one, where there is no item, stays
   * empty.
   *
   * @param tables the table of each
   */
  Call<List<Map<String, AttributeValue>>> open(
      List<ProtectedTable> tables, List<Map<String, AttributeValue>> stored);

  /** The items to be, stored ones, in the same order; those that do not change as they are. */
  Call<List<Map<String, AttributeValue>>> seal(List<UpdateAttempt> attempts);

  /** Nothing, for a while. */
  Call<Void> pause(Duration delay);
}
