package io.github.itemseal.enhanced;

import io.github.itemseal.TableEncryption;

class TypedTableTest extends TypedTableContract {
  @Override
  TypedTables encrypted(TableEncryption table) {
    return BlockingTables.encrypted(raw, extensions, table);
  }
}
