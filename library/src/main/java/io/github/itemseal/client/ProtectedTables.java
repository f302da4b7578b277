package io.github.itemseal.client;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The tables of a client: those with a table encryption, described on first use, and those let
 * through by name. Thread-safe.
 */
final class ProtectedTables implements TableLookup {
  private final Map<String, DescribedTable> tables = new LinkedHashMap<>();
  private final Set<String> passThrough;

  ProtectedTables(
      DynamoDbClient client, Collection<TableEncryption> encryptions, Set<String> passThrough) {
    for (TableEncryption encryption : encryptions) {
      tables.put(encryption.table().name(), new DescribedTable(client, encryption));
    }
    this.passThrough = Set.copyOf(passThrough);
  }

  @Override
  public Optional<ProtectedTable> find(@Nullable String nameOrArn) {
    return configured(nameOrArn).map(DescribedTable::get);
  }

  /**
   * Whether a table has a table encryption; nothing is described for the answer.
   *
   * @throws UnsupportedRequestException if it has none and is not let through either
   */
  boolean isProtected(@Nullable String nameOrArn) {
    return configured(nameOrArn).isPresent();
  }

  private Optional<DescribedTable> configured(@Nullable String nameOrArn) {
    String name = TableLookup.tableName(nameOrArn);
    DescribedTable table = tables.get(name);
    if (table != null) {
      return Optional.of(table);
    }
    if (passThrough.contains(name)) {
      return Optional.empty();
    }
    throw new UnsupportedRequestException(
        FailureReason.TABLE_NOT_CONFIGURED,
        FailureSubject.table(name),
        ("Table '%s' has no table encryption: add one with table(...), or let the table through in"
                + " plaintext with passThrough(\"%s\").")
            .formatted(name, name));
  }

  /** The names of the tables with a table encryption. */
  Set<String> names() {
    return Set.copyOf(tables.keySet());
  }

  /** Has a table described anew on its next use, if it has a table encryption. */
  void forget(@Nullable String nameOrArn) {
    DescribedTable table = nameOrArn == null ? null : tables.get(TableLookup.tableName(nameOrArn));
    if (table != null) {
      table.forget();
    }
  }
}
