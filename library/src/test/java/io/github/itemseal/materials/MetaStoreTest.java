package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

class MetaStoreTest extends MetaStoreContract {
  @Override
  StoreUnderTest store(Setup setup) {
    MetaStore.Builder<MetaStore, CryptographicMaterialsProvider> builder =
        MetaStore.builder(probe.watch(client)).tableName(setup.table()).protectedBy(rowKeys);
    if (setup.logicalTable() != null) {
      builder.logicalTableName(setup.logicalTable());
    }
    if (setup.extraData() != null) {
      builder.extraData(setup.extraData());
    }
    return StoreUnderTest.of(builder.build());
  }

  private static MaterialDescription describing(String metaId) {
    return MaterialDescription.of(Map.of("amzn-ddb-meta-id", metaId));
  }

  @Test
  void createTable_onDemand_hasTheSpecifiedKeys() {
    TableDescription table = MetaStore.createTable(client, "OnDemand").tableDescription();
    assertThat(table.keySchema())
        .extracting(key -> key.attributeName() + key.keyType())
        .containsExactly("N" + KeyType.HASH, "V" + KeyType.RANGE);
    assertThat(table.attributeDefinitions())
        .extracting(attribute -> attribute.attributeName() + attribute.attributeType())
        .containsExactlyInAnyOrder("N" + ScalarAttributeType.S, "V" + ScalarAttributeType.N);
    assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
  }

  @Test
  void createTable_provisioned_hasTheThroughput() {
    TableDescription table =
        MetaStore.createTable(
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
    assertThatThrownBy(() -> MetaStore.createTable(client, table))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("create the table")
        .hasCauseInstanceOf(ResourceInUseException.class);
  }

  @Test
  void build_partMissing_throwsIllegalArgument() {
    assertThatThrownBy(() -> MetaStore.builder(client).tableName("T").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("protectedBy");
  }

  @Test
  void protectedBy_anotherMetaStore_works() {
    MetaStore outer = MetaStore.builder(client).tableName(newTable()).protectedBy(rowKeys).build();
    MetaStore inner =
        MetaStore.builder(client)
            .tableName(newTable())
            .protectedBy(outer.currentProvider("outer"))
            .build();
    assertThat(inner.newProvider("inner").version()).isZero();
    assertThat(inner.currentProvider("inner").version()).isZero();
  }

  @Test
  void versionOf_wantedMaterial_isItsVersion() {
    assertThat(MetaStore.versionOf("a b", describing("a b#0"))).isZero();
    assertThat(MetaStore.versionOf("a", describing("a#9223372036854775807")))
        .isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b#1", "ab#1", "A#1", "a #1"})
  void versionOf_otherMaterial_throwsMaterialsUnavailable(String metaId) {
    assertThatThrownBy(() -> MetaStore.versionOf("a", describing(metaId)))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("another material of a MetaStore than 'a'")
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.MATERIALS_MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a#",
        "#1",
        "a#-1",
        "a#+1",
        "a#01",
        "a#1 ",
        "a#x",
        "a#1#2",
        "a##1",
        "a#9223372036854775808",
        "a#18446744073709551616",
        "a#١"
      })
  void versionOf_noVersion_throwsMalformed(String metaId) {
    assertThatThrownBy(() -> MetaStore.versionOf("a", describing(metaId)))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("not a material name, '#' and a version");
  }

  @Test
  void versionOf_noEntry_throwsMalformed() {
    assertThatThrownBy(() -> MetaStore.versionOf("a", MaterialDescription.empty()))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("no material description entry 'amzn-ddb-meta-id'");
  }
}
