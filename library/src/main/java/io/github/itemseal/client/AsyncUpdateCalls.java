package io.github.itemseal.client;

import io.github.itemseal.internal.concurrent.InFlight;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import io.github.itemseal.internal.request.TableUse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The calls of the asynchronous client; the keys of several items are asked for at once. */
record AsyncUpdateCalls(
    AsyncItemIo io,
    Function<Collection<TableUse>, CompletableFuture<TableLookup>> described,
    Function<Duration, CompletableFuture<Void>> timer)
    implements UpdateCalls {
  @Override
  public Call<TableLookup> tables(Collection<TableUse> uses) {
    return Call.async(() -> described.apply(uses));
  }

  @Override
  public Call<GetItemResponse> getItem(GetItemRequest request) {
    return Call.async(() -> io.client().getItem(request));
  }

  @Override
  public Call<UpdateItemResponse> updateItem(UpdateItemRequest request) {
    return Call.async(() -> io.client().updateItem(request));
  }

  @Override
  public Call<TransactGetItemsResponse> transactGetItems(TransactGetItemsRequest request) {
    return Call.async(() -> io.client().transactGetItems(request));
  }

  @Override
  public Call<TransactWriteItemsResponse> transactWriteItems(TransactWriteItemsRequest request) {
    return Call.async(() -> io.client().transactWriteItems(request));
  }

  @Override
  public Call<List<Map<String, AttributeValue>>> open(
      List<ProtectedTable> tables, List<Map<String, AttributeValue>> stored) {
    return Call.async(
        () ->
            InFlight.mapAll(
                IntStream.range(0, stored.size()).boxed().toList(),
                io.itemsAtOnce(),
                i ->
                    stored.get(i).isEmpty()
                        ? CompletableFuture.completedFuture(stored.get(i))
                        : io.open(tables.get(i).encryptor(), stored.get(i), true)));
  }

  @Override
  public Call<List<Map<String, AttributeValue>>> seal(List<UpdateAttempt> attempts) {
    return Call.async(
        () ->
            InFlight.mapAll(
                attempts,
                io.itemsAtOnce(),
                attempt ->
                    attempt.isChanged()
                        ? attempt
                            .table()
                            .encryptor()
                            .encryptChangedAsync(
                                attempt.item(), attempt.old().orElse(Map.of()), io.executor())
                        : CompletableFuture.completedFuture(attempt.stored())));
  }

  /** The JDK's timer thread does nothing but complete it. */
  @Override
  public Call<Void> pause(Duration delay) {
    return Call.async(() -> timer.apply(delay));
  }
}
