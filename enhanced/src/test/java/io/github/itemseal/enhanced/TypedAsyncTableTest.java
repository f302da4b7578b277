package io.github.itemseal.enhanced;

import io.github.itemseal.TableEncryption;

class TypedAsyncTableTest extends TypedTableContract {
  @Override
  TypedTables encrypted(TableEncryption table) {
    return AsyncTables.encrypted(DYNAMO_DB.asyncClient(), extensions, table);
  }
}
