package io.github.itemseal.client;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.ReadSettings;
import io.github.itemseal.internal.request.TableLookup;
import io.github.itemseal.internal.request.TableUse;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/**
 * The tables of a client: those with a table encryption, described on first use, and those let
 * through by name. Thread-safe.
 */
final class ProtectedTables {
  private final Map<String, DescribedTable> tables = new LinkedHashMap<>();
  private final Set<String> passThrough;

  ProtectedTables(
      ItemIo io,
      Collection<TableEncryption> encryptions,
      Set<String> passThrough,
      ReadSettings reads) {
    for (TableEncryption encryption : encryptions) {
      tables.put(encryption.table().name(), new DescribedTable(io, encryption, reads));
    }
    this.passThrough = Set.copyOf(passThrough);
  }

  /**
   * The tables of one request, described where they are protected.
   *
   * @return fails with {@link UnsupportedRequestException} if one is not configured
   */
  Step<TableLookup> resolve(Collection<TableUse> uses) {
    return resolve(List.copyOf(uses), 0, new HashMap<>());
  }

  private Step<TableLookup> resolve(
      List<TableUse> uses, int from, Map<String, ProtectedTable> described) {
    for (int i = from; i < uses.size(); i++) {
      TableUse use = uses.get(i);
      Optional<DescribedTable> table = configured(use.table());
      if (table.isPresent() && !described.containsKey(TableLookup.tableName(use.table()))) {
        int next = i + 1;
        return table
            .get()
            .get(use.index())
            .then(
                known -> {
                  described.put(known.info().name(), known);
                  return resolve(uses, next, described);
                });
      }
    }
    return Step.done(new ResolvedTables(described));
  }

  /** What one request needs to know. */
  private final class ResolvedTables implements TableLookup {
    private final Map<String, ProtectedTable> described;

    ResolvedTables(Map<String, ProtectedTable> described) {
      this.described = described;
    }

    @Override
    public Optional<ProtectedTable> find(@Nullable String nameOrArn) {
      String name = TableLookup.tableName(nameOrArn);
      if (!isProtected(name)) {
        return Optional.empty();
      }
      ProtectedTable table = described.get(name);
      if (table == null) {
        throw new IllegalStateException("Table '%s' was not described.".formatted(name));
      }
      return Optional.of(table);
    }

    @Override
    public boolean isProtected(@Nullable String nameOrArn) {
      return ProtectedTables.this.isProtected(nameOrArn);
    }
  }

  /**
   * Whether a table has a table encryption.
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

  /** The table encryption of a table, if it has one. */
  Optional<TableEncryption> encryption(String nameOrArn) {
    return Optional.ofNullable(tables.get(TableLookup.tableName(nameOrArn)))
        .map(DescribedTable::encryption);
  }

  /** Whether a request turns on time to live by an attribute that is encrypted as configured. */
  boolean mayExpireByCiphertext(UpdateTimeToLiveRequest request) {
    TimeToLiveSpecification asked = request.timeToLiveSpecification();
    return request.tableName() != null
        && asked != null
        && asked.attributeName() != null
        && Boolean.TRUE.equals(asked.enabled())
        && encryption(request.tableName())
            .filter(table -> table.protectedActions().actionFor(asked.attributeName()).encrypts())
            .isPresent();
  }

  /** Has a table described anew on its next use, if it has a table encryption. */
  void forget(@Nullable String nameOrArn) {
    DescribedTable table = nameOrArn == null ? null : tables.get(TableLookup.tableName(nameOrArn));
    if (table != null) {
      table.forget();
    }
  }
}
