package io.github.itemseal.client;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The tables of a client: those with a table encryption, described on first use, and those let
 * through by name. Thread-safe; a table is described once however many threads ask, and again only
 * if that failed or the table was changed through this client.
 */
final class ProtectedTables implements TableLookup {
  private final DynamoDbClient client;
  private final Map<String, TableEncryption> encryptions;
  private final Set<String> passThrough;
  private final Map<String, ProtectedTable> described = new ConcurrentHashMap<>();

  ProtectedTables(
      DynamoDbClient client, Map<String, TableEncryption> encryptions, Set<String> passThrough) {
    this.client = client;
    this.encryptions = Map.copyOf(encryptions);
    this.passThrough = Set.copyOf(passThrough);
  }

  @Override
  public Optional<ProtectedTable> find(String nameOrArn) {
    if (!isProtected(nameOrArn)) {
      return Optional.empty();
    }
    String name = TableLookup.tableName(nameOrArn);
    return Optional.of(described.computeIfAbsent(name, this::describe));
  }

  /**
   * Whether a table has a table encryption; nothing is described for the answer.
   *
   * @throws UnsupportedRequestException if it has none and is not let through either
   */
  boolean isProtected(String nameOrArn) {
    String name = TableLookup.tableName(nameOrArn);
    if (encryptions.containsKey(name)) {
      return true;
    }
    if (passThrough.contains(name)) {
      return false;
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
    return encryptions.keySet();
  }

  /** Has a table described anew on its next use. */
  void forget(String nameOrArn) {
    described.remove(TableLookup.tableName(nameOrArn));
  }

  private ProtectedTable describe(String name) {
    TableEncryption encryption = Objects.requireNonNull(encryptions.get(name));
    TableInfo known = encryption.table();
    TableInfo info =
        known.primaryIndex().isPresent() ? known : known.refreshIndexedAttributes(client);
    return new ProtectedTable(info, ItemEncryptor.of(encryption.withTable(info)));
  }
}
