package io.github.itemseal.internal.request;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that a request needs described.
 *
 * @param table name or ARN, as the request says it
 * @param index the secondary index that it reads, or null
 */
public record TableUse(String table, @Nullable String index) {
  /**
   * @throws io.github.itemseal.UnsupportedRequestException if the request names no table
   */
  public TableUse {
    if (table == null) {
      throw TableLookup.noTable();
    }
  }

  static List<TableUse> of(String table) {
    return List.of(new TableUse(table, null));
  }

  static List<TableUse> ofAll(Collection<String> tables) {
    return tables.stream().map(table -> new TableUse(table, null)).toList();
  }
}
