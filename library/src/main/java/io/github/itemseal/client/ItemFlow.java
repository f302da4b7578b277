package io.github.itemseal.client;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.IndexCompletion;
import io.github.itemseal.internal.request.OpenedItem;
import io.github.itemseal.internal.request.OperationTransform;
import io.github.itemseal.internal.request.PreparedCall;
import io.github.itemseal.internal.request.TableItem;
import io.github.itemseal.internal.request.TableLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;

/**
 * The way of a call through an encrypted client: tables described, request checked, items sealed,
 * call made, items of partial indexes completed, items opened, response rebuilt. Written once for
 * both clients, as steps that ask for the calls of {@link ItemIo}. Thread-safe.
 */
final class ItemFlow {
  private final ProtectedTables tables;
  private final ItemIo io;
  private final @Nullable UnreadableItemHandler unreadable;

  ItemFlow(ProtectedTables tables, ItemIo io, @Nullable UnreadableItemHandler unreadable) {
    this.tables = tables;
    this.io = io;
    this.unreadable = unreadable;
  }

  /** A call of an operation, with whatever its transform does to the items. Run it once. */
  <Q, R> Step<R> call(
      OperationTransform<Q, R> transform, Q request, Function<Q, Call<R>> operation) {
    return Step.done(request)
        .then(asked -> tables.resolve(transform.tables(asked)))
        .then(known -> new Way<>(transform.on(request, known), operation, known).seal());
  }

  /** The way of one call, its tables known. */
  private final class Way<Q, R> {
    private final PreparedCall<Q, R> call;
    private final Function<Q, Call<R>> operation;
    private final TableLookup known;

    Way(PreparedCall<Q, R> call, Function<Q, Call<R>> operation, TableLookup known) {
      this.call = call;
      this.operation = operation;
      this.known = known;
    }

    Step<R> seal() {
      List<TableItem> items = call.plaintextItems();
      return items.isEmpty()
          ? send(List.of())
          : Step.ask(io.each(items, new ItemSealing(known))).then(this::send);
    }

    private Step<R> send(List<Map<String, AttributeValue>> sealed) {
      return Step.ask(operation.apply(call.sent(sealed))).handle(this::answered, this::failed);
    }

    private Step<R> answered(R response) {
      Optional<IndexCompletion> completion = call.completion(response);
      return completion.isEmpty()
          ? open(response)
          : complete(completion.get()).then(items -> open(call.completed(response, items)));
    }

    private Step<R> open(R response) {
      boolean mayLeaveOut = unreadable != null && call.isPage();
      return open(call.storedItems(response), mayLeaveOut)
          .map(opened -> call.answer(response, itemsOf(opened)));
    }

    private Step<R> failed(Throwable failure) {
      return open(call.storedItems(failure), true)
          .then(opened -> Step.failed(call.failure(failure, opened)));
    }

    /**
     * @param each whether one that cannot be opened is a result too; else it fails all of them
     */
    private Step<List<OpenedItem>> open(List<TableItem> stored, boolean each) {
      return stored.isEmpty()
          ? Step.done(List.of())
          : Step.ask(io.each(stored, new ItemOpening(known, each)));
    }
  }

  /**
   * The items of a page whole from their table, where an index held parts of them only: one batch
   * after the other. Fails with {@link io.github.itemseal.TableUnavailableException} if DynamoDB
   * leaves keys unprocessed again and again.
   */
  private Step<List<Map<String, AttributeValue>>> complete(IndexCompletion completion) {
    Optional<BatchGetItemRequest> next = completion.next();
    if (next.isEmpty()) {
      return Step.done(completion.items());
    }
    Step<?> rested =
        completion.pause().isZero()
            ? Step.done(completion)
            : Step.ask(io.pause(completion.pause()));
    return rested
        .then(go -> Step.ask(io.batchGetItem(next.get())))
        .then(
            response -> {
              completion.add(response);
              return complete(completion);
            });
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
}
