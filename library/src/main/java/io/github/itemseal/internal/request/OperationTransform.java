package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where the items of one operation are. The client seals those of the request before the call and
 * opens those of the response after it; nothing else of either is touched. Stateless.
 *
 * @param <Q> the request
 * @param <R> its response
 */
public interface OperationTransform<Q, R> {
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

  /** The request with its plaintext items replaced, in the same order. */
  default Q withSealedItems(Q request, List<Map<String, AttributeValue>> sealed) {
    return request;
  }

  /** The stored items of a response. */
  List<TableItem> storedItems(Q request, R response);

  /** The response with its stored items replaced, in the same order, for the original request. */
  R withOpenedItems(
      Q request, R response, List<Map<String, AttributeValue>> opened, TableLookup tables);
}
