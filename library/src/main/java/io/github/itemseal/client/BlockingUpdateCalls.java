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

/** The calls of the blocking client. */
record BlockingUpdateCalls(BlockingItemIo io) implements UpdateCalls {
  @Override
  public Call<GetItemResponse> getItem(GetItemRequest request) {
    return Call.blocking(() -> io.client().getItem(request));
  }

  @Override
  public Call<UpdateItemResponse> updateItem(UpdateItemRequest request) {
    return Call.blocking(() -> io.client().updateItem(request));
  }

  @Override
  public Call<TransactGetItemsResponse> transactGetItems(TransactGetItemsRequest request) {
    return Call.blocking(() -> io.client().transactGetItems(request));
  }

  @Override
  public Call<TransactWriteItemsResponse> transactWriteItems(TransactWriteItemsRequest request) {
    return Call.blocking(() -> io.client().transactWriteItems(request));
  }
}
