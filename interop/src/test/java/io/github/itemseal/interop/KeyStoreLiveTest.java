package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.BranchKeyProtection;
import io.github.itemseal.keyring.BranchKeyStore;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testkit.InMemoryKms;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.cryptography.keystore.model.BranchKeyMaterials;
import software.amazon.cryptography.keystore.model.KMSConfiguration;
import software.amazon.cryptography.materialproviders.IKeyring;

/**
 * Key stores in DynamoDB Local, made and rotated by the original and by this library, and used by
 * both: to look at keys, and to write and read items with the hierarchical keyring. Their KMS is
 * the test kit's.
 */
class KeyStoreLiveTest {
  private static final String LOGICAL_NAME = "Lögical";
  private static final Map<String, String> CONTEXT = Map.of("tenant", "é\uD83D\uDE00", "a", "");
  private static final Duration TTL = Duration.ofHours(1);

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient client;
  private static KmsClient kms;
  private static String kmsKey;

  @BeforeAll
  static void start() {
    client = DYNAMO_DB.client();
    InMemoryKms inMemory = InMemoryKms.inRegion(Region.EU_WEST_1.id());
    kms = inMemory.client();
    kmsKey = inMemory.createKey();
  }

  /** Whose table, who makes the branch key, who rotates it. */
  static Stream<Arguments> histories() {
    List<Boolean> both = List.of(true, false);
    return both.stream()
        .flatMap(
            table ->
                both.stream()
                    .flatMap(
                        creator ->
                            both.stream().map(rotator -> Arguments.of(table, creator, rotator))));
  }

  @ParameterizedTest(name = "original made table: {0}, branch key: {1}, version: {2}")
  @MethodSource("histories")
  void branchKeys_ofEitherHistory_areTheSameToBoth(
      boolean originalTable, boolean originalKey, boolean originalVersion) {
    String table = "Keys-%s-%s-%s".formatted(originalTable, originalKey, originalVersion);
    OriginalKeyStore original = original(table);
    BranchKeyStore ours = ours(table);
    if (originalTable) {
      original.createTable();
    } else {
      BranchKeyStore.createTable(client, table);
    }
    String id = "branch é";
    if (originalKey) {
      original.createKey(id, CONTEXT);
    } else {
      ours.createKey(id, CONTEXT);
    }
    BranchKey first = ours.activeKey(id);
    assertSameActiveKey(original, first);

    for (int i = 0; i < 2; i++) {
      if (originalVersion) {
        original.versionKey(id);
      } else {
        ours.versionKey(id);
      }
      BranchKey active = ours.activeKey(id);
      assertThat(active.version()).isNotEqualTo(first.version());
      assertSameActiveKey(original, active);
    }

    assertThat(ours.versions(id)).hasSize(3);
    for (UUID version : ours.versions(id)) {
      assertThat(original.keyOfVersion(id, version.toString()))
          .isEqualTo(ByteBuffer.wrap(ours.keyVersion(id, version).key().getEncoded()));
    }
    assertThat(original.beaconKey(id))
        .isEqualTo(ByteBuffer.wrap(ours.beaconKey(id).key().getEncoded()));
  }

  private static void assertSameActiveKey(OriginalKeyStore original, BranchKey ours) {
    BranchKeyMaterials theirs = original.activeKey(ours.branchKeyId());
    assertThat(theirs.branchKeyVersion()).isEqualTo(ours.version().toString());
    assertThat(theirs.branchKey()).isEqualTo(ByteBuffer.wrap(ours.key().getEncoded()));
    assertThat(theirs.encryptionContext()).isEqualTo(ours.encryptionContext()).isEqualTo(CONTEXT);
  }

  @Test
  void items_underOneBranchKey_areReadByBoth() {
    OriginalKeyStore original = original("OneKey");
    original.createTable();
    original.createKey("one", CONTEXT);

    compare(
        KeyringPair.of(
            "hierarchical, store of the original",
            original.keyring("one"),
            HierarchicalKeyring.builder(ours("OneKey")).branchKeyId("one").ttl(TTL).build()));
  }

  @Test
  void items_underTheBranchKeyOfASupplier_areReadByBoth() {
    BranchKeyStore store = ours("Supplied");
    BranchKeyStore.createTable(client, "Supplied");
    store.createKey("S", CONTEXT);
    store.createKey("N", CONTEXT);
    store.createKey("B", CONTEXT);
    IKeyring original = original("Supplied").keyring(KeyStoreLiveTest::branchOf);
    Keyring ours =
        HierarchicalKeyring.builder(store)
            .branchKeyIdSupplier(KeyStoreLiveTest::branchOf)
            .ttl(TTL)
            .build();

    compare(KeyringPair.of("hierarchical, supplier, store of Itemseal", original, ours));
  }

  /** By the type of the item's partition key. */
  private static String branchOf(Map<String, AttributeValue> attributes) {
    return attributes.get("pk").type().name();
  }

  @Test
  void item_ofAnOlderVersion_isReadByBoth() {
    BranchKeyStore store = ours("Rotated");
    BranchKeyStore.createTable(client, "Rotated");
    store.createKey("one", CONTEXT);
    RandomDbeItems.Drawn drawn = new RandomDbeItems(1).next(DbeTable.HMAC_ONLY);
    Map<String, AttributeValue> old =
        DbeComparison.itemseal(drawn.table(), ourKeyring(store)).encryptItem(drawn.item());
    original("Rotated").versionKey("one");

    assertThat(
            CanonicalItems.of(
                DbeComparison.itemseal(drawn.table(), ourKeyring(store)).decryptItem(old)))
        .isEqualTo(CanonicalItems.of(drawn.item()));
    assertThat(
            CanonicalItems.of(
                new DbeOriginal(drawn.table(), original("Rotated").keyring("one"))
                    .decryptItem(old)))
        .isEqualTo(CanonicalItems.of(drawn.item()));
  }

  private static Keyring ourKeyring(BranchKeyStore store) {
    return HierarchicalKeyring.builder(store).branchKeyId("one").ttl(TTL).build();
  }

  private static void compare(KeyringPair pair) {
    DbeComparison.originalToItemseal(pair, DbeComparison.ITEMS / 2);
    DbeComparison.itemsealToOriginal(pair, DbeComparison.ITEMS / 2);
  }

  private static OriginalKeyStore original(String table) {
    return new OriginalKeyStore(
        client, kms, table, LOGICAL_NAME, KMSConfiguration.builder().kmsKeyArn(kmsKey).build());
  }

  private static BranchKeyStore ours(String table) {
    return BranchKeyStore.builder(client, kms)
        .tableName(table)
        .logicalName(LOGICAL_NAME)
        .protectedBy(BranchKeyProtection.kmsKey(kmsKey))
        .build();
  }
}
