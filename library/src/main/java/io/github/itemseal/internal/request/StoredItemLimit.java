package io.github.itemseal.internal.request;

import io.github.itemseal.ItemTooLargeException;
import io.github.itemseal.internal.format.ItemSize;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Refuses a sealed item that DynamoDB cannot store, while it can still be said what it was before
 * and what makes it large: DynamoDB says neither, and in a transaction not even which item.
 */
public final class StoredItemLimit {
  private static final int LARGEST_NAMED = 3;

  private StoredItemLimit() {}

  /**
   * The sealed item.
   *
   * @param plain the item as the caller gave it
   * @throws ItemTooLargeException if DynamoDB would refuse it for certain
   */
  public static Map<String, AttributeValue> require(
      ProtectedTable table, Map<String, AttributeValue> plain, Map<String, AttributeValue> sealed) {
    if (ItemSize.atLeast(sealed) > ItemTooLargeException.LIMIT_BYTES) {
      throw tooLarge(table, plain, sealed);
    }
    return sealed;
  }

  private static ItemTooLargeException tooLarge(
      ProtectedTable table, Map<String, AttributeValue> plain, Map<String, AttributeValue> sealed) {
    int plainBytes = ItemSize.of(plain);
    int storedBytes = ItemSize.of(sealed);
    return new ItemTooLargeException(
        RequestChecks.subject(table),
        plainBytes,
        storedBytes,
        ("The item of table '%s' has %s bytes, sealed %s, and DynamoDB stores at most %s. Its"
                + " largest attributes: %s.")
            .formatted(
                table.name(),
                plainBytes,
                storedBytes,
                ItemTooLargeException.LIMIT_BYTES,
                largest(sealed)));
  }

  private static String largest(Map<String, AttributeValue> sealed) {
    return sealed.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), ItemSize.of(entry.getKey(), entry.getValue())))
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(LARGEST_NAMED)
        .map(entry -> "'%s' with %s bytes".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
