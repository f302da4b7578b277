package io.github.itemseal;

import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.internal.value.DynamoDbEquality;
import io.github.itemseal.internal.value.ShownText;
import io.github.itemseal.internal.value.ValueLimits;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is asked of an item, of any format, before a key is fetched for it. Thread-safe. */
final class ItemChecks {
  /** So many attribute names a failure shows at most. */
  private static final int UNNAMED_SHOWN = 5;

  private final ResolvedTable table;
  private final List<String> keyNames;

  ItemChecks(ResolvedTable table) {
    this.table = table;
    this.keyNames = List.copyOf(table.primaryIndex().attributes());
  }

  /**
   * An item that is about to be written.
   *
   * @param before the item that it takes the place of, as it was opened, or empty: attributes that
   *     are still the same may be beyond DynamoDB's limits, as old clients let them be
   * @throws ForbiddenItemException if it uses a reserved name, or one that the table's actions
   *     refuse, or has an encrypted attribute that DynamoDB needs in plaintext
   * @throws MalformedItemException if a key attribute is missing or not S, N or B; or if DynamoDB
   *     would refuse a name or value, see {@link ValueLimits}
   */
  void requireWritable(Map<String, AttributeValue> item, Map<String, AttributeValue> before) {
    requireNoNulls(item);
    for (String name : item.keySet()) {
      if (table.reservedNames().contains(name)) {
        FailureSubject subject = table.subject().withAttribute(name);
        throw new ForbiddenItemException(
            FailureReason.ATTRIBUTE_NAME_RESERVED,
            subject,
            "The %s bears a name reserved for stored items: is the item encrypted already?"
                .formatted(subject.describe()));
      }
    }
    table.encryptedRoles().requireNone(item, table);
    requireNamed(item);
    for (String name : keyNames) {
      requireKey(item, name);
    }
    if (!table.actions().takesNoActions()) { // else DynamoDB sees all of it
      requireWithinLimits(item, before);
    }
  }

  /** Whatever its action: one rule for all attributes, and the sentence that names the limit. */
  private void requireWithinLimits(
      Map<String, AttributeValue> item, Map<String, AttributeValue> before) {
    item.forEach(
        (name, value) -> {
          if (before.containsKey(name) && DynamoDbEquality.same(value, before.get(name))) {
            return;
          }
          try {
            ValueLimits.requireName(name);
            ValueLimits.requireValue(value);
          } catch (WireFormatException e) {
            throw e.inAttribute(name).toException(table.subject());
          }
        });
  }

  /**
   * A stored item that is about to be opened.
   *
   * @throws ForbiddenItemException if it uses a name that the table's actions refuse
   * @throws MalformedItemException if a key attribute is missing or not S, N or B
   */
  void requireReadable(Map<String, AttributeValue> item) {
    requireNamed(item);
    if (table.actions().takesNoActions()) {
      return; // nothing is verified, so a projection without keys will do
    }
    for (String name : keyNames) {
      requireKey(item, name);
    }
  }

  private void requireNamed(Map<String, AttributeValue> item) {
    if (!table.actions().refusesUnnamed()) {
      return;
    }
    List<String> unnamed =
        item.keySet().stream()
            .filter(name -> !table.actions().isNamed(name))
            .filter(name -> !table.reservedNames().contains(name))
            .sorted()
            .toList();
    if (unnamed.isEmpty()) {
      return;
    }
    String shown =
        unnamed.stream()
            .limit(UNNAMED_SHOWN)
            .map(name -> "'" + ShownText.name(name) + "'")
            .collect(Collectors.joining(", "));
    int more = unnamed.size() - UNNAMED_SHOWN;
    throw new ForbiddenItemException(
        FailureReason.ATTRIBUTE_NOT_NAMED,
        table.subject().withAttribute(unnamed.get(0)),
        "The %s has attributes that the table's actions do not name, and must not have: %s%s."
            .formatted(
                table.subject().describe(), shown, more > 0 ? " and %s more".formatted(more) : ""));
  }

  /**
   * Any item.
   *
   * @throws MalformedItemException if a name or value is a Java null
   */
  void requireNoNulls(Map<String, AttributeValue> item) {
    item.forEach(
        (name, value) -> {
          if (name == null || value == null) {
            throw new MalformedItemException(
                FailureReason.VALUE_TYPE_INVALID,
                table.subject(),
                "The %s has a Java null as an attribute name or value."
                    .formatted(table.subject().describe()));
          }
        });
  }

  private void requireKey(Map<String, AttributeValue> item, String name) {
    @Nullable AttributeValue value = item.get(name);
    if (value == null) {
      FailureSubject subject = table.subject().withAttribute(name);
      throw new MalformedItemException(
          FailureReason.KEY_ATTRIBUTE_MISSING,
          subject,
          "The key %s is missing from the item.".formatted(subject.describe()));
    }
    switch (AttributeTypes.typeOf(value)) {
      case S, N, B -> {}
      default -> {
        FailureSubject subject = table.subject().withAttribute(name);
        throw new MalformedItemException(
            FailureReason.KEY_ATTRIBUTE_TYPE_INVALID,
            subject,
            "The key %s must be of type S, N or B (found %s)."
                .formatted(subject.describe(), AttributeTypes.typeOf(value)));
      }
    }
  }
}
