package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import io.github.itemseal.internal.request.TableUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** The calls of the blocking client; its items are opened and sealed one after the other. */
record BlockingUpdateCalls(
    DynamoDbClient client, Function<Collection<TableUse>, TableLookup> described, Pause sleeper)
    implements UpdateCalls {
  /** Waits between two attempts. */
  @FunctionalInterface
  interface Pause {
    void of(Duration delay) throws InterruptedException;

    /** The thread sleeps. */
    static Pause sleeping() {
      return delay -> TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    }
  }

  @Override
  public Call<TableLookup> tables(Collection<TableUse> uses) {
    return Call.blocking(() -> described.apply(uses));
  }

  @Override
  public Call<GetItemResponse> getItem(GetItemRequest request) {
    return Call.blocking(() -> client.getItem(request));
  }

  @Override
  public Call<UpdateItemResponse> updateItem(UpdateItemRequest request) {
    return Call.blocking(() -> client.updateItem(request));
  }

  @Override
  public Call<TransactGetItemsResponse> transactGetItems(TransactGetItemsRequest request) {
    return Call.blocking(() -> client.transactGetItems(request));
  }

  @Override
  public Call<TransactWriteItemsResponse> transactWriteItems(TransactWriteItemsRequest request) {
    return Call.blocking(() -> client.transactWriteItems(request));
  }

  @Override
  public Call<List<Map<String, AttributeValue>>> open(
      List<ProtectedTable> tables, List<Map<String, AttributeValue>> stored) {
    return Call.blocking(
        () -> {
          List<Map<String, AttributeValue>> opened = new ArrayList<>(stored.size());
          for (int i = 0; i < stored.size(); i++) {
            Map<String, AttributeValue> item = stored.get(i);
            opened.add(item.isEmpty() ? item : tables.get(i).encryptor().decryptItem(item));
          }
          return opened;
        });
  }

  @Override
  public Call<List<Map<String, AttributeValue>>> seal(List<UpdateAttempt> attempts) {
    return Call.blocking(
        () -> {
          List<Map<String, AttributeValue>> sealed = new ArrayList<>(attempts.size());
          for (UpdateAttempt attempt : attempts) {
            sealed.add(
                attempt.isChanged()
                    ? attempt
                        .table()
                        .encryptor()
                        .encryptChanged(attempt.item(), attempt.old().orElse(Map.of()))
                    : attempt.stored());
          }
          return sealed;
        });
  }

  @Override
  public Call<Void> pause(Duration delay) {
    return Call.blocking(
        () -> {
          try {
            sleeper.of(delay);
            return null;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted between two attempts of an update.", e);
          }
        });
  }
}
