package io.github.itemseal.client;

import io.github.itemseal.ItemsealException;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.concurrent.InFlight;
import io.github.itemseal.internal.request.OpenedItem;
import io.github.itemseal.internal.request.OperationTransform;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.StoredItemLimit;
import io.github.itemseal.internal.request.TableItem;
import io.github.itemseal.internal.request.TableLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The way of a call through an encrypted client, blocking or not: tables described, request
 * checked, items sealed, call made, items of partial indexes completed, items opened, response
 * rebuilt. What differs is {@link ItemIo}; with the blocking one every future is complete when it
 * is returned, and everything happens on the caller's thread. Cancelling a call reaches what it
 * waits for. Thread-safe.
 */
final class ItemFlow {
  private final ProtectedTables tables;
  private final ItemIo io;
  private final @Nullable UnreadableItemHandler unreadable;
  private final IndexCompletions completions;

  ItemFlow(ProtectedTables tables, ItemIo io, @Nullable UnreadableItemHandler unreadable) {
    this.tables = tables;
    this.io = io;
    this.unreadable = unreadable;
    this.completions = new IndexCompletions(io);
  }

  /** Makes a call, with whatever its transform does to the items. */
  <Q, R> CompletableFuture<R> call(
      OperationTransform<Q, R> transform, Q request, Function<Q, CompletableFuture<R>> operation) {
    CompletableFuture<TableLookup> described =
        CancellableStages.start(() -> tables.resolve(transform.tables(request)), io.executor());
    return compose(described, known -> new Call<>(transform, request, operation, known).run());
  }

  /** One call, its tables known. */
  private final class Call<Q, R> {
    private final OperationTransform<Q, R> transform;
    private final Q request;
    private final Function<Q, CompletableFuture<R>> operation;
    private final TableLookup known;

    Call(
        OperationTransform<Q, R> transform,
        Q request,
        Function<Q, CompletableFuture<R>> operation,
        TableLookup known) {
      this.transform = transform;
      this.request = request;
      this.operation = operation;
      this.known = known;
    }

    CompletableFuture<R> run() {
      transform.check(request, known);
      return compose(seal(transform.plaintextItems(request), known), this::send);
    }

    private CompletableFuture<R> send(List<Map<String, AttributeValue>> sealed) {
      Q sent = transform.withSealedItems(request, sealed, known);
      return handle(
          Futures.of(() -> operation.apply(sent)),
          (response, failure) -> failure == null ? answered(response) : failed(failure));
    }

    private CompletableFuture<R> answered(R response) {
      return transform
          .completion(request, response, known)
          .map(
              completion ->
                  compose(
                      completions.fetch(completion),
                      items -> opened(transform.withCompletedItems(response, items))))
          .orElseGet(() -> opened(response));
    }

    private CompletableFuture<R> opened(R response) {
      List<TableItem> stored = transform.storedItems(request, response);
      boolean mayLeaveOut = unreadable != null && transform.isPage();
      return compose(
          open(stored, known, mayLeaveOut),
          opened ->
              CompletableFuture.completedFuture(
                  transform.withOpenedItems(request, response, itemsOf(opened), known)));
    }

    private CompletableFuture<R> failed(Throwable failure) {
      return compose(
          open(transform.storedItems(request, failure, known), known, true),
          opened ->
              CompletableFuture.failedFuture(
                  transform.withOpenedItems(request, failure, opened, known)));
    }
  }

  /** The stored forms of items, in the same order; of tables that are let through, the items. */
  private CompletableFuture<List<Map<String, AttributeValue>>> seal(
      List<TableItem> items, TableLookup known) {
    boolean alone = items.size() == 1;
    return io.settled(
        InFlight.mapAll(
            items,
            io.itemsAtOnce(),
            item ->
                known
                    .find(item.table())
                    .map(table -> seal(item, table, alone))
                    .orElseGet(() -> CompletableFuture.completedFuture(item.attributes()))));
  }

  private CompletableFuture<Map<String, AttributeValue>> seal(
      TableItem item, ProtectedTable table, boolean alone) {
    return CancellableStages.apply(
        io.seal(table.encryptor(), item.attributes(), alone),
        stored -> StoredItemLimit.require(table, item.attributes(), stored),
        Runnable::run);
  }

  /**
   * What is in stored items, in the same order.
   *
   * @param each whether one that cannot be opened is a result too; else it fails all of them
   */
  private CompletableFuture<List<OpenedItem>> open(
      List<TableItem> items, TableLookup known, boolean each) {
    boolean alone = items.size() == 1;
    return io.settled(
        InFlight.mapAll(
            items,
            io.itemsAtOnce(),
            item -> {
              CompletableFuture<OpenedItem> opened = Futures.of(() -> open(item, known, alone));
              return each ? orUnreadable(item, opened) : opened;
            }));
  }

  private CompletableFuture<OpenedItem> open(TableItem item, TableLookup known, boolean alone) {
    return known
        .find(item.table())
        .map(
            table -> {
              item.requireAsked(table);
              return io.open(table.encryptor(), item.attributes(), alone);
            })
        .map(
            opened ->
                CancellableStages.apply(
                    opened, plaintext -> OpenedItem.opened(item, plaintext), Runnable::run))
        .orElseGet(
            () -> CompletableFuture.completedFuture(OpenedItem.opened(item, item.attributes())));
  }

  private static CompletableFuture<OpenedItem> orUnreadable(
      TableItem item, CompletableFuture<OpenedItem> opened) {
    return CancellableStages.handle(
        opened,
        (plaintext, failure) -> {
          if (failure == null) {
            return CompletableFuture.completedFuture(plaintext);
          }
          return failure instanceof ItemsealException reason
              ? CompletableFuture.completedFuture(OpenedItem.unreadable(item, reason))
              : CompletableFuture.failedFuture(failure);
        },
        Runnable::run);
  }

  /** The plaintext items; those that could not be opened are null, and given to the handler. */
  private List<Map<String, AttributeValue>> itemsOf(List<OpenedItem> opened) {
    List<Map<String, AttributeValue>> items = new ArrayList<>(opened.size());
    for (OpenedItem item : opened) {
      if (item.failure() != null && unreadable != null) {
        unreadable.handle(
            TableLookup.tableName(item.stored().table()),
            item.stored().attributes(),
            item.failure());
      }
      items.add(item.item());
    }
    return items;
  }

  private <T, U> CompletableFuture<U> compose(
      CompletableFuture<T> first, Function<? super T, CompletableFuture<U>> next) {
    return CancellableStages.compose(first, next, io.executor());
  }

  private <T, U> CompletableFuture<U> handle(
      CompletableFuture<T> first,
      BiFunction<? super T, @Nullable Throwable, CompletableFuture<U>> next) {
    return CancellableStages.handle(first, next, io.executor());
  }
}
