package io.github.itemseal.enhanced;

import static io.github.itemseal.internal.value.DynamoDbEquality.same;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbExtensionContext;
import software.amazon.awssdk.enhanced.dynamodb.extensions.WriteModification;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The last extension of an update by a function: of the changed object it lets only those
 * attributes through that the function or an extension before this one made different, in their
 * {@linkplain StoredForm stored form}. Immutable.
 *
 * <p>At the top of an item NULL means no attribute, as in every update of the enhanced client.
 */
final class OnlyChanges implements DynamoDbEnhancedClientExtension {
  private static final AttributeValue NULL = AttributeValue.fromNul(true);

  private final Map<String, AttributeValue> stored;
  private final Map<String, AttributeValue> before;
  private final Map<String, AttributeValue> after;
  private final UnaryOperator<Map<String, AttributeValue>> mapping;

  /**
   * The changes of an item.
   *
   * @param stored the item
   * @param before the object of it, mapped
   * @param after the changed object, mapped
   * @param mapping makes {@code before} of {@code stored}
   */
  OnlyChanges(
      Map<String, AttributeValue> stored,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after,
      UnaryOperator<Map<String, AttributeValue>> mapping) {
    this.stored = stored;
    this.before = before;
    this.after = after;
    this.mapping = mapping;
  }

  /** Whether the function changed nothing. */
  boolean isEmpty() {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    return names.stream().noneMatch(name -> differs(name, after.get(name)));
  }

  private boolean differs(String name, @Nullable AttributeValue value) {
    boolean neverThere =
        !before.containsKey(name) && NULL.equals(value) && NULL.equals(after.get(name));
    return !neverThere && !same(before.get(name), value);
  }

  @Override
  public WriteModification beforeWrite(DynamoDbExtensionContext.BeforeWrite context) {
    Map<String, AttributeValue> mapped = context.items(); // with what other extensions did to it
    Map<String, AttributeValue> written = new LinkedHashMap<>();
    Map<String, AttributeValue> whole = new LinkedHashMap<>();
    mapped.forEach(
        (name, value) -> {
          if (differs(name, value)) {
            AttributeValue present = stored.get(name);
            AttributeValue changed = StoredForm.CHANGED.of(present, before.get(name), value);
            if (changed != null && !same(present, changed)) {
              written.put(name, changed);
            }
            if (!same(changed, value)) {
              whole.put(name, value);
            }
          }
        });
    for (String name : before.keySet()) {
      if (stored.containsKey(name) && !after.containsKey(name) && !mapped.containsKey(name)) {
        written.put(name, NULL);
      }
    }
    mendMisread(written, whole);
    for (String key : context.tableMetadata().primaryKeys()) {
      AttributeValue value = written.getOrDefault(key, stored.get(key));
      if (value != null) {
        written.put(key, value); // the enhanced client takes the key from here
      }
    }
    return WriteModification.builder().transformedItem(written).build();
  }

  /**
   * Gives attributes another form whose stored form would be read as something else than the class
   * maps it to, which is what the function meant. That is so where the class has defaults, or where
   * its mapping does more than leave out and round.
   *
   * @param whole the attributes to look at, as the class maps them
   */
  private void mendMisread(Map<String, AttributeValue> written, Map<String, AttributeValue> whole) {
    if (whole.isEmpty()) {
      return;
    }
    Map<String, AttributeValue> inWhole = new LinkedHashMap<>(written);
    inWhole.putAll(whole);
    Map<String, AttributeValue> meant = readAgain(inWhole);
    for (String name : misread(written, whole.keySet(), meant)) {
      AttributeValue value = whole.get(name);
      written.put(name, StoredForm.COMPLETED.of(stored.get(name), before.get(name), value));
    }
    for (String name : misread(written, whole.keySet(), meant)) {
      written.put(name, whole.get(name));
    }
  }

  private Set<String> misread(
      Map<String, AttributeValue> written, Set<String> names, Map<String, AttributeValue> meant) {
    Map<String, AttributeValue> read = readAgain(written);
    Set<String> misread = new LinkedHashSet<>(names);
    misread.removeIf(name -> same(read.get(name), meant.get(name)));
    return misread;
  }

  /** The item with what is to be written, after a way through the mapping. */
  private Map<String, AttributeValue> readAgain(Map<String, AttributeValue> written) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(stored);
    item.putAll(written);
    item.values().removeIf(NULL::equals);
    return mapping.apply(item);
  }
}
