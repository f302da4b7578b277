package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

class AsyncMetaStoreTest extends MetaStoreContract {
  @Override
  StoreUnderTest store(Setup setup) {
    MetaStore.Builder<MetaStore.Async, AsyncCryptographicMaterialsProvider> builder =
        MetaStore.builder(probe.watch(asyncClient)).tableName(setup.table()).protectedBy(rowKeys);
    if (setup.logicalTable() != null) {
      builder.logicalTableName(setup.logicalTable());
    }
    if (setup.extraData() != null) {
      builder.extraData(setup.extraData());
    }
    return StoreUnderTest.of(builder.build());
  }

  @Test
  void createTable_bothCapacities_areAsAsked() {
    assertThat(
            MetaStore.createTable(asyncClient, "OnDemand")
                .join()
                .tableDescription()
                .billingModeSummary()
                .billingMode())
        .isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(
            MetaStore.createTable(
                    asyncClient,
                    "Provisioned",
                    ProvisionedThroughput.builder()
                        .readCapacityUnits(3L)
                        .writeCapacityUnits(2L)
                        .build())
                .join()
                .tableDescription()
                .provisionedThroughput()
                .readCapacityUnits())
        .isEqualTo(3);
  }

  @Test
  void createTable_existing_failsWithCause() {
    String table = newTable();
    assertThatThrownBy(() -> StoreUnderTest.join(MetaStore.createTable(asyncClient, table)))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(ResourceInUseException.class);
  }

  @Test
  void provider_rowKeysSlow_callerIsNotBlocked() {
    String table = newTable();
    MetaStore.Async store =
        MetaStore.builder(asyncClient).tableName(table).protectedBy(rowKeys).build();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    rowKeys.waitFor(gate);
    CompletableFuture<MetaStoreMaterialsProvider> provider = store.getOrCreate("orders", 0);
    assertThat(provider).isNotDone();
    gate.complete(null);
    assertThat(provider.join().version()).isZero();
  }

  @Test
  void build_partMissing_throwsIllegalArgument() {
    assertThatThrownBy(() -> MetaStore.builder(asyncClient).tableName("T").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("protectedBy");
  }
}
