package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One call of an operation: the request that was checked, the tables it names, and how it is
 * carried out. A client seals {@link #plaintextItems}, sends {@link #sent}, and makes the {@link
 * #answer} of the response, or the {@link #failure} of the failure, once the stored items in it are
 * opened. Nothing here waits for anything. Used by one call; not thread-safe.
 *
 * @param <Q> the request
 * @param <R> its response
 */
public interface PreparedCall<Q, R> {
  /** What the request is about, part by part: of a transaction each, else one. */
  List<RequestPart> parts();

  /** The plaintext items of the request. */
  default List<TableItem> plaintextItems() {
    return List.of();
  }

  /**
   * The request as it is sent: with its plaintext items replaced, in the same order, and asking for
   * everything that verification needs.
   */
  Q sent(List<Map<String, AttributeValue>> sealed);

  /** What must be read from the table because an index held parts of the response's items only. */
  default Optional<IndexCompletion> completion(R response) {
    return Optional.empty();
  }

  /** The response with the items of its {@link #completion}. */
  default R completed(R response, List<Map<String, AttributeValue>> items) {
    return response;
  }

  /** The stored items of a response. */
  default List<TableItem> storedItems(R response) {
    return List.of();
  }

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
  default R answer(R response, List<Map<String, AttributeValue>> opened) {
    return response;
  }

  /** The stored items in the failure of the call. */
  default List<TableItem> storedItems(Throwable failure) {
    return FailureImages.storedItems(parts(), failure);
  }

  /**
   * The failure with its stored items replaced, in the same order; what could not be opened is left
   * out, for the failure is what the caller asks about, and told by a suppressed exception.
   */
  default Throwable failure(Throwable failure, List<OpenedItem> opened) {
    return FailureImages.withOpenedItems(failure, opened);
  }
}
