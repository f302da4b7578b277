package io.github.itemseal.internal.request;

import io.github.itemseal.FailureReason;
import io.github.itemseal.TableUnavailableException;
import io.github.itemseal.internal.value.DynamoDbEquality;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * The whole items for a page of an index that holds parts of them: which batch gets to make, and
 * what came of them. The calls are the client's part:
 *
 * <pre>{@code
 * while (completion.next().isPresent()) {
 *   wait(completion.pause());
 *   completion.add(batchGetItem(completion.next().get()));
 * }
 * completion.items();
 * }</pre>
 *
 * <p>Reads are consistent: an item that the index shows already must not be missed. Keys that
 * DynamoDB leaves unprocessed are asked for again, after a pause that doubles, until {@value
 * #MAX_IDLE_CALLS} calls in a row brought nothing. Not thread-safe.
 */
public final class IndexCompletion {
  /** DynamoDB's limit for one call. */
  private static final int MAX_KEYS = 100;

  private static final int MAX_IDLE_CALLS = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

  private final String table;
  private final @Nullable AwsRequestOverrideConfiguration settings;
  private final ProtectedTable description;
  private final List<Map<String, AttributeValue>> page;
  private final Deque<Map<String, AttributeValue>> pending;

  /** By their keys, as {@link DynamoDbEquality#comparableKey} has them. */
  private final Map<Map<String, Object>, Map<String, AttributeValue>> found = new HashMap<>();

  private int idleCalls; // in a row that left keys; of those with progress, the last one only

  /**
   * Starts with what the index returned.
   *
   * @param table name or ARN, as the request says it
   * @param settings of the request, say its credentials or time limit
   * @param page the items, with at least the table's keys
   */
  IndexCompletion(
      String table,
      Optional<AwsRequestOverrideConfiguration> settings,
      ProtectedTable description,
      List<Map<String, AttributeValue>> page) {
    this.table = table;
    this.settings = settings.orElse(null);
    this.description = description;
    this.page = page.stream().map(description::keyOf).toList();
    Map<Map<String, Object>, Map<String, AttributeValue>> distinct = new LinkedHashMap<>();
    this.page.forEach(key -> distinct.putIfAbsent(DynamoDbEquality.comparableKey(key), key));
    this.pending = new ArrayDeque<>(distinct.values());
  }

  /** The next call to make; empty when every key has been answered. */
  public Optional<BatchGetItemRequest> next() {
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    KeysAndAttributes keys =
        KeysAndAttributes.builder()
            .keys(pending.stream().limit(MAX_KEYS).toList())
            .consistentRead(true)
            .build();
    return Optional.of(
        BatchGetItemRequest.builder()
            .requestItems(Map.of(table, keys))
            .overrideConfiguration(settings)
            .build());
  }

  /** How long to wait before the next call; zero if the last one left no keys. */
  public Duration pause() {
    return idleCalls == 0 ? Duration.ZERO : FIRST_PAUSE.multipliedBy(1L << (idleCalls - 1));
  }

  /**
   * Takes the answer to {@link #next}.
   *
   * @throws TableUnavailableException if keys are left unprocessed again and again
   */
  public void add(BatchGetItemResponse response) {
    int asked = Math.min(MAX_KEYS, pending.size());
    Deque<Map<String, AttributeValue>> unprocessed = new ArrayDeque<>();
    response.unprocessedKeys().values().forEach(keys -> unprocessed.addAll(keys.keys()));
    for (int i = 0; i < asked; i++) {
      pending.removeFirst();
    }
    response
        .responses()
        .values()
        .forEach(items -> items.forEach(item -> found.put(comparableKeyOf(item), item)));
    idleCalls = unprocessed.isEmpty() ? 0 : unprocessed.size() < asked ? 1 : idleCalls + 1;
    if (idleCalls == MAX_IDLE_CALLS) {
      throw new TableUnavailableException(
          FailureReason.KEYS_UNPROCESSED,
          description.name(),
          ("%s items that an index of table '%s' names could not be read from the table: DynamoDB"
                  + " left their keys unprocessed %s times. Try again later, or with a lower Limit.")
              .formatted(unprocessed.size(), description.name(), MAX_IDLE_CALLS),
          null);
    }
    pending.addAll(unprocessed);
  }

  private Map<String, Object> comparableKeyOf(Map<String, AttributeValue> item) {
    return DynamoDbEquality.comparableKey(description.keyOf(item));
  }

  /** The whole items in the order of the page; those that are gone meanwhile are left out. */
  public List<Map<String, AttributeValue>> items() {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    page.stream()
        .map(key -> found.get(DynamoDbEquality.comparableKey(key)))
        .filter(Objects::nonNull)
        .forEach(items::add);
    return items;
  }
}
