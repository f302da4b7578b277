package io.github.itemseal.client;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.request.GuardedUpdate;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Safe updates with a blocking client: consistent read, verify, change, seal, write on condition
 * that nobody wrote in between, and all of it again if somebody did. Thread-safe.
 */
final class SafeUpdates {
  /** Waits between two attempts. */
  @FunctionalInterface
  interface Pause {
    void of(Duration delay) throws InterruptedException;
  }

  private final DynamoDbClient client;
  private final TableLookup tables;
  private final UpdateRetry retry;
  private final Pause pause;

  SafeUpdates(DynamoDbClient client, TableLookup tables, UpdateRetry retry, Pause pause) {
    this.client = client;
    this.tables = tables;
    this.retry = retry;
    this.pause = pause;
  }

  /** The table of an update, its key and condition checked. */
  static ProtectedTable tableOf(ItemUpdate update, TableLookup tables) {
    ProtectedTable table =
        tables
            .find(update.tableName())
            .orElseThrow(
                () ->
                    new UnsupportedRequestException(
                        FailureReason.TABLE_NOT_CONFIGURED,
                        FailureSubject.table(TableLookup.tableName(update.tableName())),
                        "Table '%s' is let through unencrypted: use updateItem on it."
                            .formatted(TableLookup.tableName(update.tableName()))));
    table.requireKey(update.key());
    update.condition().check(table);
    return table;
  }

  UpdatedItem update(ItemUpdate update) {
    ProtectedTable table = tableOf(update, tables);
    for (int attempt = 1; ; attempt++) {
      Optional<UpdatedItem> updated = tryOnce(update, table, attempt);
      if (updated.isPresent()) {
        return updated.get();
      }
      pauseAfter(attempt, UpdateAttempt.subjectOf(table));
    }
  }

  /** Empty if another writer came between. */
  private Optional<UpdatedItem> tryOnce(ItemUpdate update, ProtectedTable table, int number) {
    GetItemResponse read =
        client.getItem(
            get -> get.tableName(update.tableName()).key(update.key()).consistentRead(true));
    UpdateAttempt attempt = attempt(update, table, read.item());
    if (attempt.isNothing()) {
      return Optional.of(attempt.outcome(number));
    }
    Map<String, AttributeValue> sealed = seal(attempt);
    GuardedUpdate write = attempt.write(sealed);
    try {
      client.updateItem(write.request());
    } catch (ConditionalCheckFailedException e) {
      if (write.guardHolds(e.item())) {
        throw UpdateFailures.refused(e, attempt);
      }
      boolean own = UpdateFailures.mayBeOwn(e, write) && !seal(attempt).equals(sealed);
      return own ? Optional.of(attempt.outcome(number)) : Optional.empty();
    } catch (TransactionConflictException e) {
      return Optional.empty();
    }
    return Optional.of(attempt.outcome(number));
  }

  /** All of them or none, in one transaction. */
  List<UpdatedItem> updateAll(List<ItemUpdate> updates) {
    if (updates.isEmpty()) {
      return List.of();
    }
    List<ProtectedTable> found = updates.stream().map(update -> tableOf(update, tables)).toList();
    for (int attempt = 1; ; attempt++) {
      Optional<List<UpdatedItem>> updated = tryAllOnce(updates, found, attempt);
      if (updated.isPresent()) {
        return updated.get();
      }
      pauseAfter(attempt, UpdateAttempt.subjectOf(found.get(0)));
    }
  }

  /** Empty if another writer came between. */
  private Optional<List<UpdatedItem>> tryAllOnce(
      List<ItemUpdate> updates, List<ProtectedTable> found, int number) {
    List<ItemResponse> read;
    try {
      read = client.transactGetItems(UpdateTransaction.reads(updates)).responses();
    } catch (TransactionCanceledException e) {
      UpdateFailures.requireConflict(e);
      return Optional.empty();
    }
    List<UpdateAttempt> attempts = new ArrayList<>(updates.size());
    for (int i = 0; i < updates.size(); i++) {
      attempts.add(attempt(updates.get(i), found.get(i), read.get(i).item()));
    }
    UpdateTransaction transaction = new UpdateTransaction(attempts);
    if (!transaction.isNothing()) {
      List<GuardedUpdate> writes = transaction.writes(attempts.stream().map(this::seal).toList());
      try {
        client.transactWriteItems(transaction.request(writes));
      } catch (TransactionCanceledException e) {
        transaction.requireConflict(e, writes);
        return Optional.empty();
      }
    }
    return Optional.of(transaction.outcomes(number));
  }

  private static UpdateAttempt attempt(
      ItemUpdate update, ProtectedTable table, Map<String, AttributeValue> stored) {
    Map<String, AttributeValue> opened =
        stored.isEmpty() ? Map.of() : table.encryptor().decryptItem(stored);
    return new UpdateAttempt(update, table, stored, opened);
  }

  private Map<String, AttributeValue> seal(UpdateAttempt attempt) {
    return attempt.isChanged()
        ? attempt.table().encryptor().encryptItem(attempt.item())
        : attempt.stored();
  }

  private void pauseAfter(int attempt, FailureSubject subject) {
    if (attempt >= retry.attempts()) {
      throw UpdateAttempt.contended(subject, attempt);
    }
    try {
      pause.of(retry.delayAfter(attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted between two attempts of an update.", e);
    }
  }
}
