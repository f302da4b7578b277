package io.github.itemseal.internal.request;

import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.internal.value.DynamoDbEquality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whether DynamoDB answers for a key with the item of that key. A signature says that an item is
 * authentic, not that it is the one that was asked for.
 */
public final class AskedKey {
  /** What an item of a batch is compared with that no key of the batch asked for. */
  private static final Map<String, AttributeValue> NONE = Map.of();

  private AskedKey() {}

  /**
   * Refuses a stored item that is not the one of a key.
   *
   * @param key the key, or an item that has it
   * @throws ItemAuthenticationException if it has another key
   */
  public static void require(
      ProtectedTable table, Map<String, AttributeValue> stored, Map<String, AttributeValue> key) {
    if (table.actions().takesNoActions()) {
      return; // nothing of it is authentic, and a projection may lack the key
    }
    for (String name : table.keyNames()) {
      AttributeValue asked = key.get(name);
      if (asked == null || !DynamoDbEquality.same(asked, stored.get(name))) {
        throw ItemAuthenticationException.ofAnotherKey(RequestChecks.subject(table));
      }
    }
  }

  /**
   * The answers to a batch, each with the key that it is for. A key is answered once; an item that
   * no key is left for gets one that {@link #require} refuses.
   */
  static List<TableItem> matched(
      String table,
      List<Map<String, AttributeValue>> keys,
      List<Map<String, AttributeValue>> answers) {
    List<Map<String, AttributeValue>> left = new ArrayList<>(keys);
    List<TableItem> items = new ArrayList<>();
    for (Map<String, AttributeValue> answer : answers) {
      int match = 0;
      while (match < left.size() && !answers(left.get(match), answer)) {
        match++;
      }
      items.add(new TableItem(table, answer, match == left.size() ? NONE : left.remove(match)));
    }
    return items;
  }

  private static boolean answers(
      Map<String, AttributeValue> key, Map<String, AttributeValue> answer) {
    return key.entrySet().stream()
        .allMatch(part -> DynamoDbEquality.same(part.getValue(), answer.get(part.getKey())));
  }
}
