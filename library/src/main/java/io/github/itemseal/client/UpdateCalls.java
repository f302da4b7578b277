package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Call;
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
  /** The calls besides those to items. */
  ItemIo io();

  Call<GetItemResponse> getItem(GetItemRequest request);

  Call<UpdateItemResponse> updateItem(UpdateItemRequest request);

  Call<TransactGetItemsResponse> transactGetItems(TransactGetItemsRequest request);

  Call<TransactWriteItemsResponse> transactWriteItems(TransactWriteItemsRequest request);
}
