package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Making tables and stores of either kind, and the versions that items name. */
class MetaStoreTest {
  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static final ProvisionedThroughput THROUGHPUT =
      ProvisionedThroughput.builder().readCapacityUnits(3L).writeCapacityUnits(2L).build();

  private final DynamoDbClient client = DYNAMO_DB.client();
  private final DynamoDbAsyncClient asyncClient = DYNAMO_DB.asyncClient();
  private final CountingProvider rowKeys =
      new CountingProvider(
          WrappedMaterialsProvider.builder()
              .wrappingKey(TestKeys.aes(256))
              .signingKeys(SigningKeys.mac(TestKeys.hmac()))
              .build());

  private static MaterialDescription describing(String metaId) {
    return MaterialDescription.of(Map.of("amzn-ddb-meta-id", metaId));
  }

  @Test
  void createTable_onDemand_hasTheSpecifiedKeys() {
    for (CreateTableResponse created :
        List.of(
            MetaStore.createTable(client, "OnDemand"),
            MetaStore.createTable(asyncClient, "OnDemandAsync").join())) {
      TableDescription table = created.tableDescription();
      assertThat(table.keySchema())
          .extracting(key -> key.attributeName() + key.keyType())
          .containsExactly("N" + KeyType.HASH, "V" + KeyType.RANGE);
      assertThat(table.attributeDefinitions())
          .extracting(attribute -> attribute.attributeName() + attribute.attributeType())
          .containsExactlyInAnyOrder("N" + ScalarAttributeType.S, "V" + ScalarAttributeType.N);
      assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    }
  }

  @Test
  void createTable_provisioned_hasTheThroughput() {
    for (CreateTableResponse created :
        List.of(
            MetaStore.createTable(client, "Provisioned", THROUGHPUT),
            MetaStore.createTable(asyncClient, "ProvisionedAsync", THROUGHPUT).join())) {
      TableDescription table = created.tableDescription();
      assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(3);
      assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(2);
    }
  }

  @Test
  void createTable_existing_throwsWithCause() {
    MetaStore.createTable(client, "Existing");
    List<ThrowingCallable> calls =
        List.of(
            () -> MetaStore.createTable(client, "Existing"),
            () -> StoreUnderTest.join(MetaStore.createTable(asyncClient, "Existing")));
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(MaterialsUnavailableException.class)
          .hasMessageContaining("create the table")
          .hasCauseInstanceOf(ResourceInUseException.class);
    }
  }

  @Test
  void build_partMissing_throwsIllegalArgument() {
    for (MetaStore.Builder<?, ?> builder :
        List.of(MetaStore.builder(client), MetaStore.builder(asyncClient))) {
      assertThatThrownBy(() -> builder.tableName("T").build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("protectedBy");
    }
  }

  @Test
  void protectedBy_anotherMetaStore_works() {
    MetaStore.createTable(client, "Outer");
    MetaStore.createTable(client, "Inner");
    MetaStore outer = MetaStore.builder(client).tableName("Outer").protectedBy(rowKeys).build();
    MetaStore inner =
        MetaStore.builder(client)
            .tableName("Inner")
            .protectedBy(outer.currentProvider("outer"))
            .build();
    assertThat(inner.newProvider("inner").version()).isZero();
    assertThat(inner.currentProvider("inner").version()).isZero();
  }

  @Test
  void getOrCreate_rowKeysSlow_asyncCallerIsNotBlocked() {
    MetaStore.createTable(client, "Slow");
    MetaStore.Async store =
        MetaStore.builder(asyncClient).tableName("Slow").protectedBy(rowKeys).build();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    rowKeys.waitFor(gate);
    CompletableFuture<MetaStoreMaterialsProvider> provider = store.getOrCreate("orders", 0);
    assertThat(provider).isNotDone();
    gate.complete(null);
    assertThat(provider.join().version()).isZero();
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
