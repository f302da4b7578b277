package io.github.itemseal.interop;

import io.github.itemseal.keyring.BranchKeyProtection;
import io.github.itemseal.keyring.BranchKeyStore;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.cryptography.keystore.model.KMSConfiguration;

/**
 * The original of the second format and this library at one KMS server over HTTP, each reading what
 * the other wrote: symmetric keys and branch keys. This server has no key agreement, and what its
 * multi-Region and RSA keys encrypted it does not decrypt: for those see {@link
 * DbeTestkitKmsLiveTest}.
 *
 * <p>The system property {@code itemseal.interop.kms.items} says how many items each keyring gets
 * each way; {@code itemseal.interop.seed} repeats a run.
 */
class DbeHttpKmsLiveTest {
  private static final int ITEMS = Integer.getInteger("itemseal.interop.kms.items", 16);
  private static final String PEER = "Database Encryption SDK over HTTP (" + HttpKms.NAME + ")";
  private static final Region OTHER_REGION = Region.EU_CENTRAL_1;

  private static HttpKms kms;
  private static KmsClient there;
  private static List<KeyringPair> pairs;

  @BeforeAll
  static void start() {
    kms = HttpKms.start();
    there = kms.client(OTHER_REGION);
    DbeKmsPairs keys =
        new DbeKmsPairs(
            kms.client(),
            there,
            HttpKms.REGION.id(),
            OTHER_REGION.id(),
            kms.createKey(),
            there.createKey().keyMetadata().arn());
    pairs = new ArrayList<>(keys.all());
    pairs.addAll(keys.multiRegion(keys.key(), kms.client(), HttpKms.REGION.id(), keys.key()));
  }

  @AfterAll
  static void stop() {
    if (kms != null) {
      there.close();
      kms.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void items_underKeysOfTheServer_areReadByBoth(int pair) {
    compare(pairs.get(pair));
  }

  @Test
  @ExtendWith(LocalDynamoDbExtension.class)
  void items_underBranchKeysOfTheServer_areReadByBoth(DynamoDbClient client) {
    String key = kms.createKey();
    OriginalKeyStore original =
        new OriginalKeyStore(
            client,
            kms.client(),
            "Keys",
            "Keys",
            KMSConfiguration.builder().kmsKeyArn(key).build());
    original.createTable();
    original.createKey("one", Map.of("a", "b"));
    BranchKeyStore ours =
        BranchKeyStore.builder(client, kms.client())
            .tableName("Keys")
            .logicalName("Keys")
            .protectedBy(BranchKeyProtection.kmsKey(key))
            .build();
    ours.versionKey("one");
    original.versionKey("one");
    compare(
        KeyringPair.of(
            "hierarchical, rotated by both",
            original.keyring("one"),
            HierarchicalKeyring.builder(ours).branchKeyId("one").ttl(Duration.ofHours(1)).build()));
  }

  private static void compare(KeyringPair pair) {
    DbeComparison.originalToItemseal(PEER, pair, ITEMS, RandomDbeItems::next);
    DbeComparison.itemsealToOriginal(PEER, pair, ITEMS, RandomDbeItems::next);
  }
}
