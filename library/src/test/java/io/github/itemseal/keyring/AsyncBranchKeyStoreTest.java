package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

class AsyncBranchKeyStoreTest extends BranchKeyStoreContract {
  @Override
  BranchKeysUnderTest store(Setup setup) {
    return BranchKeysUnderTest.of(
        AsyncBranchKeyStore.builder()
            .client(probe.watch(asyncClient))
            .kmsClient(setup.kms().asyncClient())
            .tableName(setup.table())
            .logicalName(setup.logicalName())
            .protectedBy(setup.protection())
            .clock(clock)
            .build());
  }

  @Test
  void createTable_bothCapacities_areAsAsked() {
    assertThat(
            AsyncBranchKeyStore.createTable(asyncClient, "OnDemand")
                .join()
                .tableDescription()
                .billingModeSummary()
                .billingMode())
        .isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(
            AsyncBranchKeyStore.createTable(
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
    assertThatThrownBy(
            () -> BranchKeysUnderTest.join(AsyncBranchKeyStore.createTable(asyncClient, table)))
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.subject().format()).contains("DBE"))
        .hasCauseInstanceOf(ResourceInUseException.class);
  }

  @Test
  void build_partMissing_throwsIllegalArgument() {
    assertThatThrownBy(() -> AsyncBranchKeyStore.builder().client(asyncClient).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kmsClient");
  }
}
