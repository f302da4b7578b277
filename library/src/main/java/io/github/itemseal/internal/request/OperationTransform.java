package io.github.itemseal.internal.request;

import java.util.List;

/**
 * What one operation does to its items, and what of it is refused: the only place that says so, for
 * the blocking and the asynchronous client alike. Nothing here waits for anything. Stateless.
 *
 * @param <Q> the request
 * @param <R> its response
 */
public interface OperationTransform<Q, R> {
  /** The tables that must be described for the rest. */
  List<TableUse> tables(Q request);

  /**
   * A call with this request, prepared.
   *
   * @param tables those of {@link #tables}, described
   * @throws io.github.itemseal.UnsupportedRequestException for what could not work on a protected
   *     table, saying what to do instead
   */
  PreparedCall<Q, R> on(Q request, TableLookup tables);
}
