package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.FakeClock;
import io.github.itemseal.testkit.InMemoryKms;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.KmsException;

/** The usual set-up: rows protected by KMS, items by the MetaStore, blocking and asynchronous. */
class MetaStoreWithKmsTest {
  private static final Duration TTL = Duration.ofMinutes(10);

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient client;
  private static DynamoDbAsyncClient asyncClient;

  private final InMemoryKms kms = InMemoryKms.create();
  private final KmsSettings settings = KmsSettings.forKey(kms.createKey()).build();
  private final FakeClock clock = new FakeClock();

  @BeforeAll
  static void openClients() {
    client = DYNAMO_DB.client();
    asyncClient = DYNAMO_DB.asyncClient();
  }

  private ItemEncryptor encryptor(String table) {
    CachingMostRecentProvider provider =
        CachingMostRecentProvider.builder(
                MetaStore.builder(client)
                    .tableName(table)
                    .protectedBy(KmsMaterialsProvider.of(kms.client(), settings))
                    .build())
            .materialName("orders")
            .ttl(TTL)
            .clocks(clock, clock)
            .build();
    CachingMostRecentProvider.Async asyncProvider =
        CachingMostRecentProvider.builder(
                MetaStore.builder(asyncClient)
                    .tableName(table)
                    .protectedBy(KmsMaterialsProvider.of(kms.asyncClient(), settings))
                    .build())
            .materialName("orders")
            .ttl(TTL)
            .clocks(clock, clock)
            .build();
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("Orders", TableIndex.of("id")))
            .actions(AttributeActions.encryptAndSign())
            .writes(Ddbec.using(provider, asyncProvider))
            .build());
  }

  private static Map<String, AttributeValue> item(int i) {
    return Map.of("id", AttributeValue.fromS("item" + i), "x", AttributeValue.fromN("" + i));
  }

  @Test
  void rows_encryptionContext_bindsTableNameAndVersion() {
    MetaStore.createTable(client, "Bound");
    encryptor("Bound").encryptItem(item(1));
    assertThat(kms.calls()).isNotEmpty();
    assertThat(kms.calls())
        .allSatisfy(
            call ->
                assertThat(call.encryptionContext())
                    .containsOnlyKeys(
                        "N", "V", "*aws-kms-table*", "*amzn-ddb-env-alg*", "*amzn-ddb-sig-alg*")
                    .containsEntry("N", "orders")
                    .containsEntry("V", "0")
                    .containsEntry("*aws-kms-table*", "Bound"));
  }

  @Test
  void page_ofHundredItems_oneKmsCallColdNoneWarm() {
    MetaStore.createTable(client, "Counted");
    List<Map<String, AttributeValue>> page = new ArrayList<>();
    ItemEncryptor writer = encryptor("Counted");
    for (int i = 0; i < 100; i++) {
      page.add(writer.encryptItem(item(i)));
    }
    ItemEncryptor cold = encryptor("Counted");
    int before = kms.calls().size();
    page.forEach(cold::decryptItem);
    assertThat(kms.calls()).hasSize(before + 1);
    page.forEach(cold::decryptItem);
    assertThat(kms.calls()).hasSize(before + 1);
    page.forEach(stored -> cold.decryptItemAsync(stored).join());
    assertThat(kms.calls()).as("the asynchronous cache is another one").hasSize(before + 2);
  }

  @Test
  void kmsDenied_beyondTheTimeToLive_noItemIsReadOrWritten() {
    MetaStore.createTable(client, "Denied");
    ItemEncryptor encryptor = encryptor("Denied");
    Map<String, AttributeValue> stored = encryptor.encryptItem(item(1));
    assertThat(encryptor.decryptItemAsync(stored).join()).isEqualTo(item(1));
    kms.deny("Decrypt");
    clock.advance(TTL);
    assertThat(encryptor.decryptItem(stored)).isEqualTo(item(1));
    clock.advance(Duration.ofSeconds(1));
    assertThatThrownBy(() -> encryptor.decryptItem(stored))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(KmsException.class);
    assertThatThrownBy(() -> encryptor.encryptItem(item(2)))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(KmsException.class);
    assertThatThrownBy(() -> StoreUnderTest.join(encryptor.decryptItemAsync(stored)))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(KmsException.class);
    kms.allow("Decrypt");
    assertThat(encryptor.decryptItem(stored)).isEqualTo(item(1));
  }

  @Test
  void kmsThrottlesOnce_coldRead_failsTypedAndTheNextSucceeds() {
    MetaStore.createTable(client, "Throttled");
    Map<String, AttributeValue> stored = encryptor("Throttled").encryptItem(item(1));
    ItemEncryptor cold = encryptor("Throttled");
    kms.throttleNext(1);
    assertThatThrownBy(() -> cold.decryptItem(stored))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(KmsException.class);
    assertThat(cold.decryptItem(stored)).isEqualTo(item(1));
  }
}
