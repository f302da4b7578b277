package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What one operation does to its items, and what of it is refused: the only place that says so, for
 * the blocking and the asynchronous client alike. A client calls the methods in the order in which
 * they stand here, seals between {@link #plaintextItems} and {@link #withSealedItems}, makes the
 * call, and opens what it returned. Nothing here waits for anything. Stateless.
 *
 * @param <Q> the request
 * @param <R> its response
 */
public interface OperationTransform<Q, R> {
  /** The tables that must be described for the rest. */
  List<TableUse> tables(Q request);

  /**
   * Refuses what could not work on a protected table.
   *
   * @throws io.github.itemseal.UnsupportedRequestException saying what to do instead
   */
  void check(Q request, TableLookup tables);

  /** The plaintext items of a request. */
  default List<TableItem> plaintextItems(Q request) {
    return List.of();
  }

  /**
   * The request as it is sent: with its plaintext items replaced, in the same order, and asking for
   * everything that verification needs.
   */
  default Q withSealedItems(
      Q request, List<Map<String, AttributeValue>> sealed, TableLookup tables) {
    return request;
  }

  /** What must be read from the table because an index held parts of the response's items only. */
  default Optional<IndexCompletion> completion(Q request, R response, TableLookup tables) {
    return Optional.empty();
  }

  /** The response with the items of its {@link #completion}. */
  default R withCompletedItems(R response, List<Map<String, AttributeValue>> items) {
    return response;
  }

  /** The stored items of a response. */
  List<TableItem> storedItems(Q request, R response);

  /**
   * Whether the items of a response are a page of results, which can do without one of them. Where
   * a client is told to, it leaves out those that cannot be opened.
   */
  default boolean isPage() {
    return false;
  }

  /**
   * The response with its stored items replaced, in the same order, and of each what the original
   * request asked for. For a page, an item that is left out is null.
   */
  R withOpenedItems(
      Q request, R response, List<Map<String, AttributeValue>> opened, TableLookup tables);

  /** The stored items in the failure of a call. */
  default List<TableItem> storedItems(Q request, Throwable failure, TableLookup tables) {
    return FailureImages.storedItems(tables(request), failure);
  }

  /**
   * The failure with its stored items replaced, in the same order; what could not be opened is left
   * out, for the failure is what the caller asks about, and told by a suppressed exception.
   */
  default Throwable withOpenedItems(
      Q request, Throwable failure, List<OpenedItem> opened, TableLookup tables) {
    return FailureImages.withOpenedItems(failure, opened);
  }
}
