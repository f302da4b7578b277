package io.github.itemseal;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the items of one table are protected: what to do with each attribute, which format is
 * written, and which are read. Immutable and thread-safe.
 *
 * <pre>{@code
 * TableEncryption people =
 *     TableEncryption.of(TableInfo.named("People"))
 *         .actions(AttributeActions.encryptAndSign().with("city", CryptoAction.SIGN_ONLY))
 *         .writes(Ddbec.using(provider))
 *         .build();
 * }</pre>
 *
 * <p>Nothing that DynamoDB says of the table takes the encryption away that is configured here. An
 * attribute that is encrypted by default and turns out to be the key of a secondary index stays
 * encrypted: items that have it are refused on their way in, with {@link
 * FailureReason#INDEX_KEY_ENCRYPTED}, until its action is given by name.
 *
 * <p>A table moves between formats by changing these two lists only: first every reader reads both
 * formats, then writers write the new one, and when no old item is left the old format goes.
 */
public final class TableEncryption {
  private final TableInfo table;
  private final AttributeActions actions;
  private final ItemFormat writes;
  private final List<ItemFormat> reads;
  private final String logicalTableName;
  private final @Nullable ItemsealListener listener;

  private TableEncryption(Builder builder) {
    this.table = builder.table;
    this.actions = builder.actions;
    this.writes = builder.writes;
    this.reads = builder.reads == null ? List.of(builder.writes) : builder.reads;
    this.logicalTableName =
        builder.logicalTableName == null ? builder.table.name() : builder.logicalTableName;
    this.listener = builder.listener;
  }

  /** Starts with the table. Give its keys with {@link TableInfo#of} to work without DynamoDB. */
  public static ActionsStage of(TableInfo table) {
    Objects.requireNonNull(table, "table");
    return actions -> writes -> new Builder(table, actions, writes);
  }

  /** The table. */
  public TableInfo table() {
    return table;
  }

  /** The actions as configured, before the table's keys are protected. */
  public AttributeActions actions() {
    return actions;
  }

  /**
   * The actions with the keys of the table, as far as they are known, and of the indexes that the
   * program listed protected, and with what the format leaves unsigned.
   */
  public AttributeActions protectedActions() {
    return writes.protect(table, actions);
  }

  /** The format of new items. */
  public ItemFormat writes() {
    return writes;
  }

  /** The formats that stored items may have, in the order they are tried. */
  public List<ItemFormat> reads() {
    return reads;
  }

  /** Every format in use, the written one first. */
  public Set<ItemFormat> formats() {
    Set<ItemFormat> formats = new LinkedHashSet<>();
    formats.add(writes);
    formats.addAll(reads);
    return formats;
  }

  /** The table name that signatures bind. */
  public String logicalTableName() {
    return logicalTableName;
  }

  /** Who is told of the table's items. */
  public Optional<ItemsealListener> listener() {
    return Optional.ofNullable(listener);
  }

  /**
   * The same protection for a table of which more is known now.
   *
   * @throws IllegalArgumentException if a key would be encrypted
   */
  public TableEncryption withTable(TableInfo table) {
    Builder builder = new Builder(table, actions, writes).logicalTableName(logicalTableName);
    builder.reads = reads;
    builder.listener = listener;
    return builder.build();
  }

  /**
   * The actions with the table's keys protected.
   *
   * @throws IllegalStateException if the keys are unknown
   */
  ResolvedTable resolve() {
    TableIndex primaryIndex =
        table
            .primaryIndex()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The keys of table '%s' are unknown: give them with TableInfo.of(...) or call refreshIndexedAttributes(client)."
                            .formatted(table.name())));
    AttributeActions atWork = protectedActions();
    return new ResolvedTable(
        table.name(),
        logicalTableName,
        primaryIndex,
        atWork,
        reservedNames(),
        writes instanceof Plaintext
            ? EncryptedRoles.NONE
            : EncryptedRoles.of(table, logicalTableName, atWork));
  }

  /** The attribute names that the formats keep for themselves. */
  ReservedNames reservedNames() {
    return ReservedNames.of(reads); // what is written is read too
  }

  private void requireNoReservedNames() {
    ReservedNames reserved = reservedNames();
    for (String name : protectedActions().exceptions().keySet()) { // the keys among them
      if (reserved.contains(name)) {
        throw new IllegalArgumentException(
            "Attribute '%s' of table '%s' belongs to the stored format and can have no action."
                .formatted(name, table.name()));
      }
    }
  }

  /** Without actions items pass through: parts of them are read and changed unseen. */
  private void requireNothingToVerify() {
    for (ItemFormat read : reads) {
      if (read.verifiesWithoutActions()) {
        throw new IllegalArgumentException(
            ("Table '%s' reads %s items, which must be verified, but no action signs an attribute, so"
                    + " that items would pass through: give it the actions they were written with.")
                .formatted(table.name(), read.name()));
      }
    }
  }

  @Override
  public String toString() {
    return "TableEncryption[table=%s, writes=%s, reads=%s]"
        .formatted(table.name(), writes.name(), reads.stream().map(ItemFormat::name).toList());
  }

  /** What to do with the attributes. */
  @FunctionalInterface
  public interface ActionsStage {
    FormatStage actions(AttributeActions actions);
  }

  /** Which format to write. */
  @FunctionalInterface
  public interface FormatStage {
    Builder writes(ItemFormat format);
  }

  /** The optional rest. Not thread-safe. */
  public static final class Builder {
    private final TableInfo table;
    private final AttributeActions actions;
    private final ItemFormat writes;
    private @Nullable List<ItemFormat> reads;
    private @Nullable String logicalTableName;
    private @Nullable ItemsealListener listener;

    private Builder(TableInfo table, AttributeActions actions, ItemFormat writes) {
      this.table = table;
      this.actions = Objects.requireNonNull(actions, "actions");
      this.writes = Objects.requireNonNull(writes, "writes");
    }

    /**
     * The formats that stored items may have; an item is opened by the first that knows it. Default
     * the written format alone.
     *
     * @throws IllegalArgumentException if a format is named twice
     */
    public Builder reads(ItemFormat... formats) {
      Map<String, ItemFormat> byName = new LinkedHashMap<>();
      for (ItemFormat format : formats) {
        if (byName.put(format.name(), format) != null) {
          throw new IllegalArgumentException(
              "The format %s is named twice in reads(...).".formatted(format.name()));
        }
      }
      this.reads = List.copyOf(byName.values());
      return this;
    }

    /**
     * The table name that signatures bind and key sources see, for writing and reading, where it is
     * not the name of the table: after a restore under another name, or for one definition in
     * several environments. Must never change while there are items. Default the table's name.
     *
     * <p>Does what the old Java client's {@code @TableAadOverride(tableName = name)} does, and its
     * {@code EncryptionContextOperators.overrideEncryptionContextTableName(original, name)} for the
     * table {@code original}; for {@code ...UsingMap} set it on each of the tables.
     */
    public Builder logicalTableName(String logicalTableName) {
      this.logicalTableName = Objects.requireNonNull(logicalTableName, "logicalTableName");
      return this;
    }

    /**
     * Is told of the items of this table that are sealed, opened or refused. Default nobody, which
     * costs nothing.
     */
    public Builder listener(ItemsealListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if a key would be encrypted, the written format does not
     *     know an action, the written format is not among those read or could not be read there, a
     *     key or an attribute with an action bears a name that one of the formats keeps for itself,
     *     or items must be verified but no action signs
     */
    public TableEncryption build() {
      AttributeActions atWork = writes.protect(table, actions);
      writes.requireWritable(atWork);
      if (reads != null && reads.stream().noneMatch(read -> read.name().equals(writes.name()))) {
        throw new IllegalArgumentException(
            "Table '%s' writes %s but does not read it: add it to reads(...)."
                .formatted(table.name(), writes.name()));
      }
      TableEncryption encryption = new TableEncryption(this);
      encryption.reads.stream()
          .filter(read -> read.name().equals(writes.name()))
          .forEach(writes::requireReadableBy);
      encryption.requireNoReservedNames();
      if (atWork.takesNoActions() && !writes.verifiesWithoutActions()) {
        encryption.requireNothingToVerify();
      }
      return encryption;
    }
  }
}
