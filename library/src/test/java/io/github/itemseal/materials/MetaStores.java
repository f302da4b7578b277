package io.github.itemseal.materials;

import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import org.jspecify.annotations.Nullable;

/** The two kinds of MetaStore, so that one test runs on both. */
enum MetaStores {
  BLOCKING {
    @Override
    StoreUnderTest open(
        Setup setup,
        LocalDynamoDbExtension dynamoDb,
        DynamoDbProbe probe,
        CountingProvider rowKeys) {
      return StoreUnderTest.of(
          setup.build(MetaStore.builder(probe.watch(dynamoDb.client())).protectedBy(rowKeys)));
    }
  },

  ASYNC {
    @Override
    StoreUnderTest open(
        Setup setup,
        LocalDynamoDbExtension dynamoDb,
        DynamoDbProbe probe,
        CountingProvider rowKeys) {
      return StoreUnderTest.of(
          setup.build(MetaStore.builder(probe.watch(dynamoDb.asyncClient())).protectedBy(rowKeys)));
    }
  };

  /** Everything a test may vary of a store. */
  record Setup(
      String table, @Nullable String logicalTable, @Nullable MetaStoreExtraData extraData) {
    Setup(String table) {
      this(table, null, null);
    }

    private <S> S build(MetaStore.Builder<S, ?> builder) {
      if (logicalTable != null) {
        builder.logicalTableName(logicalTable);
      }
      if (extraData != null) {
        builder.extraData(extraData);
      }
      return builder.tableName(table).build();
    }
  }

  /** A store whose calls the probe sees. */
  abstract StoreUnderTest open(
      Setup setup, LocalDynamoDbExtension dynamoDb, DynamoDbProbe probe, CountingProvider rowKeys);
}
