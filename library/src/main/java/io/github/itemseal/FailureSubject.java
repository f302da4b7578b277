package io.github.itemseal;

import io.github.itemseal.internal.value.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a failure is about: names only, never a value. Immutable.
 *
 * <p>Every part may be unknown; the library fills in what it knows where the failure happens.
 */
public final class FailureSubject {
  private static final FailureSubject UNKNOWN = new FailureSubject(null, List.of(), null, null);

  private final @Nullable String tableName;
  private final List<String> keyNames;
  private final @Nullable String format;
  private final @Nullable String attributeName;

  private FailureSubject(
      @Nullable String tableName,
      List<String> keyNames,
      @Nullable String format,
      @Nullable String attributeName) {
    this.tableName = tableName;
    this.keyNames = keyNames;
    this.format = format;
    this.attributeName = attributeName;
  }

  /** Nothing is known yet. */
  public static FailureSubject unknown() {
    return UNKNOWN;
  }

  /** An item or request of this table. */
  public static FailureSubject table(String tableName) {
    return new FailureSubject(tableName, List.of(), null, null);
  }

  /** An item of the table and keys that a context names. */
  public static FailureSubject of(EncryptionContext context) {
    String tableName = context.tableName().orElse(null);
    return new FailureSubject(tableName, context.keyNames(), null, null);
  }

  public FailureSubject withKeyNames(Iterable<String> names) {
    List<String> copy = new ArrayList<>();
    names.forEach(copy::add);
    return new FailureSubject(tableName, List.copyOf(copy), format, attributeName);
  }

  public FailureSubject withFormat(String name) {
    return new FailureSubject(tableName, keyNames, name, attributeName);
  }

  public FailureSubject withAttribute(String name) {
    return new FailureSubject(tableName, keyNames, format, name);
  }

  /**
   * The table: by the logical name that signatures bind where an item is concerned, by the name in
   * DynamoDB where a request is.
   */
  public Optional<String> tableName() {
    return Optional.ofNullable(tableName);
  }

  /** The names of the table's key attributes, partition key first; empty if unknown. */
  public List<String> keyNames() {
    return keyNames;
  }

  /** The stored format, such as {@code DDBEC}. */
  public Optional<String> format() {
    return Optional.ofNullable(format);
  }

  /** The attribute that the failure is about. */
  public Optional<String> attributeName() {
    return Optional.ofNullable(attributeName);
  }

  /**
   * For messages: {@code attribute 'ssn' of table 'People'}, as far as it is known. Names are on
   * one line and not endless: control characters are escaped, long names cut.
   */
  public String describe() {
    String table = tableName == null ? "" : "table '" + ShownText.name(tableName) + "'";
    if (attributeName == null) {
      return table.isEmpty() ? "item" : "item of " + table;
    }
    return "attribute '"
        + ShownText.name(attributeName)
        + "'"
        + (table.isEmpty() ? "" : " of " + table);
  }

  @Override
  public String toString() {
    return describe();
  }
}
