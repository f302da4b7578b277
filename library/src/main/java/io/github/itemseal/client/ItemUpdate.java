package io.github.itemseal.client;

import io.github.itemseal.internal.request.ItemCondition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A safe update of one item: which item, what to make of it, and on which condition. Immutable; as
 * thread-safe as its change.
 *
 * <p>The change gets the item in a map of its own, which it may change and return, and returns the
 * item as it shall be:
 *
 * <pre>{@code
 * ItemUpdate raise =
 *     ItemUpdate.of("People", key, item -> { item.put("salary", newSalary); return item; })
 *         .build();
 * }</pre>
 *
 * <p>It may be called several times, each time with the item as it is then, and should do nothing
 * else; what it throws ends the update. It must leave the key attributes alone and return no null:
 * to delete an item is another operation. An item that comes back unchanged is not written, unless
 * {@link Builder#sealAnew} says so.
 */
public final class ItemUpdate {
  private final String tableName;
  private final Map<String, AttributeValue> key;
  private final UnaryOperator<Map<String, AttributeValue>> change;
  private final @Nullable Map<String, AttributeValue> start;
  private final ItemCondition condition;
  private final boolean sealsAnew;

  private ItemUpdate(Builder builder) {
    this.tableName = builder.tableName;
    this.key = builder.key;
    this.change = builder.change;
    this.start = builder.start;
    this.condition = new ItemCondition(builder.conditionExpression, builder.names, builder.values);
    this.sealsAnew = builder.sealsAnew;
  }

  /**
   * Starts with what every update needs.
   *
   * @param tableName name or ARN of a table with a table encryption
   * @param key the primary key of the item
   * @param change makes the new item of the present one
   */
  public static Builder of(
      String tableName,
      Map<String, AttributeValue> key,
      UnaryOperator<Map<String, AttributeValue>> change) {
    return new Builder(tableName, key, change);
  }

  String tableName() {
    return tableName;
  }

  Map<String, AttributeValue> key() {
    return key;
  }

  /** What the change is applied to where there is no item; empty if there must be one. */
  Optional<Map<String, AttributeValue>> start() {
    return Optional.ofNullable(start);
  }

  ItemCondition condition() {
    return condition;
  }

  /** Whether an item that comes back unchanged is written all the same. */
  boolean sealsAnew() {
    return sealsAnew;
  }

  Map<String, AttributeValue> applyTo(Map<String, AttributeValue> item) {
    @Nullable Map<String, AttributeValue> changed = change.apply(new LinkedHashMap<>(item));
    if (changed == null) {
      throw new NullPointerException(
          "The change of an update returned null: return the item, unchanged to write nothing.");
    }
    return copy(changed);
  }

  private static Map<String, AttributeValue> copy(Map<String, AttributeValue> item) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(item));
  }

  /** Adds the rest of an {@link ItemUpdate}. Not thread-safe. */
  public static final class Builder {
    private final String tableName;
    private final Map<String, AttributeValue> key;
    private final UnaryOperator<Map<String, AttributeValue>> change;
    private @Nullable Map<String, AttributeValue> start;
    private @Nullable String conditionExpression;
    private Map<String, String> names = Map.of();
    private Map<String, AttributeValue> values = Map.of();
    private boolean sealsAnew;

    private Builder(
        String tableName,
        Map<String, AttributeValue> key,
        UnaryOperator<Map<String, AttributeValue>> change) {
      this.tableName = Objects.requireNonNull(tableName, "tableName");
      this.key = copy(Objects.requireNonNull(key, "key"));
      this.change = Objects.requireNonNull(change, "change");
    }

    /**
     * Creates the item where there is none: the change then starts from the key alone, and what it
     * returns is written on condition that there still is no such item.
     */
    public Builder createIfAbsent() {
      return createIfAbsent(key);
    }

    /** The same, but the change starts from this item; key attributes may be left out. */
    public Builder createIfAbsent(Map<String, AttributeValue> start) {
      Map<String, AttributeValue> whole = new LinkedHashMap<>(key);
      whole.putAll(start);
      this.start = copy(whole);
      return this;
    }

    /**
     * A condition of your own, which DynamoDB checks together with the write, as in any write. If
     * it fails, the update ends with the SDK's {@code ConditionalCheckFailedException}, whose item
     * is the plaintext one; it is not tried again. With a condition an unchanged item goes to
     * DynamoDB too, for the check. Encrypted attributes cannot be compared: throw from the change
     * instead.
     */
    public Builder conditionExpression(String conditionExpression) {
      this.conditionExpression = Objects.requireNonNull(conditionExpression, "conditionExpression");
      return this;
    }

    /** The placeholders of attribute names in the condition, such as {@code #city}. */
    public Builder expressionAttributeNames(Map<String, String> names) {
      this.names = Map.copyOf(names);
      return this;
    }

    /** The placeholders of values in the condition, such as {@code :city}. */
    public Builder expressionAttributeValues(Map<String, AttributeValue> values) {
      this.values = Map.copyOf(values);
      return this;
    }

    /**
     * Writes the item even if it comes back unchanged: sealed anew, in the format that the table
     * writes now and with the keys of now. So old items move on while everybody keeps working.
     */
    public Builder sealAnew() {
      this.sealsAnew = true;
      return this;
    }

    public ItemUpdate build() {
      return new ItemUpdate(this);
    }
  }
}
