package io.github.itemseal.client;

import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.internal.request.ReadSettings;
import io.github.itemseal.internal.request.TableLookup;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tables that a builder of either client was told about. Not thread-safe. */
final class ClientTables {
  private final Map<String, TableEncryption> encryptions = new LinkedHashMap<>();
  private final Set<String> passThrough = new LinkedHashSet<>();
  private ReadSettings reads = new ReadSettings(false, false);

  /**
   * Adds a table whose items are encrypted.
   *
   * @param fits whether a client can get the keys of a format
   * @param other how the keys can be had instead, and {@code needed} what the client needs
   * @throws IllegalArgumentException if it was added before, or a format does not fit
   */
  void add(TableEncryption encryption, Predicate<ItemFormat> fits, String other, String needed) {
    String name = encryption.table().name();
    for (ItemFormat format : encryption.formats()) {
      if (!fits.test(format)) {
        throw new IllegalArgumentException(
            "The keys of table '%s' for the format %s can be had %s only: this client needs %s key source."
                .formatted(name, format.name(), other, needed));
      }
    }
    if (encryptions.put(name, encryption) != null) {
      throw new IllegalArgumentException("Table '%s' is configured twice.".formatted(name));
    }
  }

  void passThrough(String... tableNames) {
    for (String name : tableNames) {
      passThrough.add(TableLookup.tableName(name));
    }
  }

  void widensProjections(boolean widens) {
    reads = new ReadSettings(widens, reads.completesIndexReads());
  }

  void completesIndexReads(boolean completes) {
    reads = new ReadSettings(reads.widensProjections(), completes);
  }

  /**
   * All of them.
   *
   * @throws IllegalArgumentException if there is no client, no table, or a table is both encrypted
   *     and let through
   */
  <C> C require(@Nullable C client) {
    if (client == null) {
      throw new IllegalArgumentException("An encrypted client needs client(...) to wrap.");
    }
    if (encryptions.isEmpty()) {
      throw new IllegalArgumentException("An encrypted client needs at least one table(...).");
    }
    for (String name : passThrough) {
      if (encryptions.containsKey(name)) {
        throw new IllegalArgumentException(
            "Table '%s' is both encrypted and let through.".formatted(name));
      }
    }
    return client;
  }

  ProtectedTables with(ItemIo io) {
    return new ProtectedTables(io, encryptions.values(), passThrough, reads);
  }
}
