package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testkit.InMemoryKms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class BranchKeyStoreTest extends BranchKeyStoreContract {
  @Override
  BranchKeysUnderTest store(Setup setup) {
    return BranchKeysUnderTest.of(
        BranchKeyStore.builder(probe.watch(client), setup.kms().client())
            .tableName(setup.table())
            .logicalName(setup.logicalName())
            .protectedBy(setup.protection())
            .clock(clock)
            .build());
  }

  @Test
  void createTable_onDemand_hasTheSpecifiedKeys() {
    TableDescription table = BranchKeyStore.createTable(client, "OnDemand").tableDescription();
    assertThat(table.keySchema())
        .extracting(key -> key.attributeName() + key.keyType())
        .containsExactly("branch-key-id" + KeyType.HASH, "type" + KeyType.RANGE);
    assertThat(table.attributeDefinitions())
        .extracting(attribute -> attribute.attributeName() + attribute.attributeType())
        .containsExactlyInAnyOrder(
            "branch-key-id" + ScalarAttributeType.S, "type" + ScalarAttributeType.S);
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
  }

  @Test
  void createTable_provisioned_hasTheThroughput() {
    TableDescription table =
        BranchKeyStore.createTable(
                client,
                "Provisioned",
                ProvisionedThroughput.builder()
                    .readCapacityUnits(3L)
                    .writeCapacityUnits(2L)
                    .build())
            .tableDescription();
    assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(3);
    assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(2);
  }

  @Test
  void createTable_existing_throwsWithCause() {
    String table = newTable();
    assertThatThrownBy(() -> BranchKeyStore.createTable(client, table))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("create the table")
        .hasCauseInstanceOf(ResourceInUseException.class);
  }

  @Test
  void build_partMissing_throwsIllegalArgument() {
    assertThatThrownBy(
            () ->
                BranchKeyStore.builder(client, InMemoryKms.create().client())
                    .tableName("T")
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("protectedBy(...)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
        "alias/orders",
        "arn:aws:kms:eu-west-1:000000000000:alias/orders",
        "arn:aws:s3:eu-west-1:000000000000:key/x",
        "arn:aws:kms:eu-west-1:000000000000:key/"
      })
  void protection_noKeyArn_throwsIllegalArgument(String text) {
    assertThatThrownBy(() -> BranchKeyProtection.kmsKey(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the ARN of a KMS key");
    assertThatThrownBy(() -> BranchKeyProtection.kmsMultiRegionKey(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the ARN of a KMS key");
  }

  @Test
  void multiRegionDiscovery_noRegion_throwsIllegalArgument() {
    assertThatThrownBy(() -> BranchKeyProtection.multiRegionDiscovery(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Region is empty");
  }
}
