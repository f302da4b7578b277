package io.github.itemseal.keyring;

import static io.github.itemseal.keyring.HierarchicalKeyrings.reading;
import static io.github.itemseal.keyring.HierarchicalKeyrings.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.FakeClock;
import io.github.itemseal.testkit.InMemoryKms;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.model.DisabledException;

/** Hierarchical keyrings of both kinds over real stores: what their calls cost, and revocation. */
class HierarchicalKeyringWithStoreTest {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final Map<String, String> CONTEXT = Map.of("aws-crypto-table-name", "T");

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient client;
  private static DynamoDbAsyncClient asyncClient;
  private static int tables;

  private final DynamoDbProbe probe = new DynamoDbProbe();
  private final FakeClock clock = new FakeClock();
  private final InMemoryKms kms = InMemoryKms.create();
  private final String kmsArn = kms.createKey();
  private BranchKeyStore store;
  private Keyring keyring;
  private AsyncKeyring asyncKeyring;
  private BranchKeyCache cache;
  private String id;

  @BeforeAll
  static void openClients() {
    client = DYNAMO_DB.client();
    asyncClient = DYNAMO_DB.asyncClient();
  }

  @BeforeEach
  void createKeyrings() {
    String table = "BranchKeys" + tables++;
    BranchKeyStore.createTable(client, table);
    store =
        BranchKeyStore.builder(probe.watch(client), kms.client())
            .tableName(table)
            .protectedBy(BranchKeyProtection.kmsKey(kmsArn))
            .build();
    id = store.createKey().branchKeyId();
    cache = BranchKeyCache.builder().clock(clock).build();
    keyring = HierarchicalKeyring.builder(store).branchKeyId(id).ttl(TTL).cache(cache).build();
    asyncKeyring =
        HierarchicalKeyring.builder(
                BranchKeyStore.builder(probe.watch(asyncClient), kms.asyncClient())
                    .tableName(table)
                    .protectedBy(BranchKeyProtection.kmsKey(kmsArn))
                    .build())
            .branchKeyId(id)
            .ttl(TTL)
            .cache(BranchKeyCache.builder().clock(clock).build())
            .build();
  }

  private DecryptionMaterials read(EncryptionMaterials written) {
    return keyring.onDecrypt(reading(CONTEXT, written.encryptedDataKeys()));
  }

  @Test
  void keys_rightAfterCreation_areUsedByBothKinds() {
    EncryptionMaterials written = keyring.onEncrypt(writing(CONTEXT));
    assertThat(
            asyncKeyring
                .onDecryptAsync(reading(CONTEXT, written.encryptedDataKeys()))
                .join()
                .dataKey())
        .isPresent()
        .isEqualTo(written.dataKey());
    EncryptionMaterials back = asyncKeyring.onEncryptAsync(writing(CONTEXT)).join();
    assertThat(read(back).dataKey()).isPresent().isEqualTo(back.dataKey());
  }

  @Test
  void keys_warm_costNoCall() {
    EncryptionMaterials written = keyring.onEncrypt(writing(CONTEXT));
    read(written);
    probe.reset();
    int kmsCalls = kms.calls().size();
    for (int i = 0; i < 100; i++) {
      read(keyring.onEncrypt(writing(CONTEXT)));
    }
    assertThat(probe.requests()).isEmpty();
    assertThat(kms.calls()).hasSize(kmsCalls);
  }

  @Test
  void keys_cold_costOneReadAndOneDecryptEach() {
    probe.reset();
    int kmsCalls = kms.calls().size();
    read(keyring.onEncrypt(writing(CONTEXT)));
    assertThat(probe.requests()).as("the active key, and that version").hasSize(2);
    assertThat(kms.calls().subList(kmsCalls, kms.calls().size()))
        .extracting(InMemoryKms.Call::operation)
        .containsExactly("Decrypt", "Decrypt");
  }

  @Test
  void kmsKey_disabled_stopsEverythingAfterTheTimeToLive() {
    EncryptionMaterials written = keyring.onEncrypt(writing(CONTEXT));
    read(written);
    kms.disable(kmsArn);
    clock.advance(TTL);
    keyring.onEncrypt(writing(CONTEXT));
    read(written);
    clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> keyring.onEncrypt(writing(CONTEXT)))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("read branch key")
        .hasCauseInstanceOf(DisabledException.class);
    assertThatThrownBy(() -> read(written))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(DisabledException.class);
    kms.enable(kmsArn);
    assertThat(read(written).dataKey()).isEqualTo(written.dataKey());
  }

  @Test
  void branchKey_rotated_writesWithTheNewVersionAndReadsBoth() {
    EncryptionMaterials old = keyring.onEncrypt(writing(CONTEXT));
    UUID version = store.versionKey(id).version();
    cache.refresh();
    EncryptionMaterials current = keyring.onEncrypt(writing(CONTEXT));
    assertThat(
            BranchKeyWrapping.versionOf(
                current.encryptedDataKeys().get(0), reading(CONTEXT, current.encryptedDataKeys())))
        .isEqualTo(version);
    assertThat(read(old).dataKey()).isEqualTo(old.dataKey());
    assertThat(read(current).dataKey()).isEqualTo(current.dataKey());
  }
}
