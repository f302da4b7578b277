package io.github.itemseal.internal.request;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What Query and Scan share: a page of items, none with {@code Select=COUNT}, of which each is
 * verified and may be left out. Not thread-safe.
 *
 * @param <Q> the request
 * @param <R> its response
 */
abstract class PageRead<Q extends AwsRequest, R> implements PreparedCall<Q, R> {
  private final Q request;
  private final RequestPart part;
  private final Optional<ProtectedTable> table;
  private final ReadPlan plan;

  PageRead(Q request, String tableName, Supplier<Selection> asked, Optional<ProtectedTable> table) {
    this.request = request;
    this.part = new RequestPart(tableName, null);
    this.table = table;
    this.plan = ReadPlan.of(asked, table);
  }

  /** The request with other attributes asked for. */
  abstract Q asking(Q request, Selection selection);

  /** The items of a response. */
  abstract List<Map<String, AttributeValue>> items(R response);

  /** The response with other items; {@code Count} as it is. */
  abstract R withItems(R response, List<Map<String, AttributeValue>> items);

  /** The response with another {@code Count}. */
  abstract R withCount(R response, int count);

  /** Whether a response has items, of which there may be none. */
  abstract boolean hasItems(R response);

  @Override
  public final List<RequestPart> parts() {
    return List.of(part);
  }

  @Override
  public final Q sent(List<Map<String, AttributeValue>> sealed) {
    return plan.changed().map(selection -> asking(request, selection)).orElse(request);
  }

  @Override
  public final Optional<IndexCompletion> completion(R response) {
    return table
        .filter(known -> plan.completesItems())
        .map(
            known ->
                new IndexCompletion(
                    part.table(),
                    request.overrideConfiguration().map(settings -> settings),
                    known,
                    items(response)));
  }

  @Override
  public final R completed(R response, List<Map<String, AttributeValue>> items) {
    return withCount(withItems(response, items), items.size());
  }

  @Override
  public final List<TableItem> storedItems(R response) {
    return items(response).stream().map(part::answer).toList();
  }

  @Override
  public final boolean isPage() {
    return true;
  }

  @Override
  public final R answer(R response, List<Map<String, AttributeValue>> opened) {
    return hasItems(response)
        ? withItems(response, opened.stream().filter(Objects::nonNull).map(plan::pickFrom).toList())
        : response;
  }
}
