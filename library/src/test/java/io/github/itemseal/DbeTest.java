package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.FakeClock;
import io.github.itemseal.testing.RandomItems;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testing.Threads;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The settings of the second format, and its rules for actions. */
class DbeTest {
  private static final AlgorithmSuite SYMMETRIC =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
  private static final Dbe SIGNING = Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)));
  private static final Map<String, AttributeValue> ANN =
      Map.of("id", AttributeValue.fromS("ann"), "ssn", AttributeValue.fromS("1"));

  private static TableEncryption.Builder table(Dbe format, AttributeActions actions) {
    return TableEncryption.of(TableInfo.of("People", TableIndex.of("id")))
        .actions(actions)
        .writes(format);
  }

  private static ItemEncryptor encryptor(Dbe format) {
    return ItemEncryptor.of(table(format, AttributeActions.encryptAndSign()).build());
  }

  /** The compressed public key is all that the stored context of such an item holds. */
  private static String publicKeyOf(Map<String, AttributeValue> stored) {
    return ItemInspection.of(stored).description().entrySet().stream()
        .filter(entry -> entry.getKey().contains("aws-crypto-public-key"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static List<String> publicKeys(ItemEncryptor encryptor, int items) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      Map<String, AttributeValue> stored = encryptor.encryptItem(ANN);
      assertThat(encryptor(SIGNING).decryptItem(stored)).isEqualTo(ANN);
      keys.add(publicKeyOf(stored));
    }
    return keys;
  }

  @Test
  void signingKey_byDefault_isNewForEveryItem() {
    assertThat(publicKeys(encryptor(SIGNING), 4)).doesNotHaveDuplicates();
  }

  @Test
  void signingKeyReuse_items_endTheKey() {
    ItemEncryptor encryptor =
        encryptor(SIGNING.signingKeyReuse(2, Duration.ofHours(1), new FakeClock()));
    List<String> keys = publicKeys(encryptor, 4);
    assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
    assertThat(keys.get(2)).isEqualTo(keys.get(3));
  }

  @Test
  void signingKeyReuse_time_endsTheKey() {
    FakeClock clock = new FakeClock();
    ItemEncryptor encryptor = encryptor(SIGNING.signingKeyReuse(100, Duration.ofMinutes(1), clock));
    String first = publicKeys(encryptor, 1).get(0);
    clock.advance(Duration.ofSeconds(59));
    assertThat(publicKeys(encryptor, 1)).containsExactly(first);
    clock.advance(Duration.ofSeconds(1));
    assertThat(publicKeys(encryptor, 1)).doesNotContain(first);
  }

  @Test
  void signingKeyReuse_forEver_isBoundedByItemsAlone() {
    FakeClock clock = new FakeClock();
    ItemEncryptor encryptor =
        encryptor(SIGNING.signingKeyReuse(2, ChronoUnit.FOREVER.getDuration(), clock));
    List<String> keys = new ArrayList<>(publicKeys(encryptor, 1));
    clock.advance(Duration.ofDays(1_000_000));
    keys.addAll(publicKeys(encryptor, 2));
    assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
  }

  @Test
  void signingKeyReuse_manyThreads_noKeySignsMoreItemsThanAllowed() throws Exception {
    ItemEncryptor encryptor =
        encryptor(SIGNING.signingKeyReuse(5, Duration.ofHours(1), new FakeClock()));
    Map<String, Integer> items = new ConcurrentHashMap<>();
    Threads.each(
        4,
        thread -> {
          for (int i = 0; i < 10; i++) {
            items.merge(publicKeyOf(encryptor.encryptItem(ANN)), 1, Integer::sum);
          }
        });
    assertThat(items).hasSize(8).allSatisfy((key, count) -> assertThat(count).isEqualTo(5));
  }

  @Test
  void signingKeyReuse_twoTables_shareNoKey() {
    Dbe format = SIGNING.signingKeyReuse(100, Duration.ofHours(1), new FakeClock());
    assertThat(publicKeys(encryptor(format), 1))
        .doesNotContainAnyElementsOf(publicKeys(encryptor(format), 1));
  }

  @Test
  void signingKeyReuse_noItemsOrNoTime_throws() {
    assertThatThrownBy(() -> SIGNING.signingKeyReuse(0, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one item");
    assertThatThrownBy(() -> SIGNING.signingKeyReuse(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive time");
  }

  /** Says which of its algorithms are asked for, and has none itself. */
  private static final class AskedProvider extends Provider {
    private static final long serialVersionUID = 1L;

    private final transient List<String> asked = new ArrayList<>();

    AskedProvider() {
      super("Asked", "1", "has nothing");
    }

    @Override
    public synchronized Service getService(String type, String algorithm) {
      asked.add(type + " " + algorithm);
      return null;
    }
  }

  @Test
  void provider_withoutAnything_isAskedFirstAndTheInstalledOnesServe() {
    AskedProvider provider = new AskedProvider();
    ItemEncryptor encryptor = encryptor(SIGNING.provider(provider));
    assertThat(encryptor.decryptItem(encryptor.encryptItem(ANN))).isEqualTo(ANN);
    assertThat(provider.asked)
        .contains("Mac HmacSHA512", "MessageDigest SHA-384", "Signature SHA384withECDSA");
  }

  @Test
  void provider_named_writesWhatTheInstalledOnesRead() {
    Provider sun = Security.getProvider("SunEC");
    Map<String, AttributeValue> stored = encryptor(SIGNING.provider(sun)).encryptItem(ANN);
    assertThat(encryptor(SIGNING).decryptItem(stored)).isEqualTo(ANN);
  }

  @ParameterizedTest
  @EnumSource(AlgorithmSuite.class)
  void items_random_roundTripAndStayUntouched(AlgorithmSuite suite) {
    long seed = System.nanoTime();
    System.out.println("DbeTest " + suite + " seed " + seed);
    RandomItems items = new RandomItems(seed);
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(
                    TableInfo.of(
                        "Random", TableIndex.of(RandomItems.PARTITION_KEY, RandomItems.SORT_KEY)))
                .actions(AttributeActions.encryptAndSign().with("a3", CryptoAction.SIGN_ONLY))
                .writes(SIGNING.algorithmSuite(suite))
                .build());
    for (int i = 0; i < 100; i++) {
      Map<String, AttributeValue> item = items.item();
      Map<String, AttributeValue> before = Map.copyOf(item);
      Map<String, AttributeValue> stored = encryptor.encryptItem(item);
      Map<String, AttributeValue> opened = encryptor.decryptItem(stored);
      assertThat(CanonicalItems.of(opened))
          .as("item %s of seed %s", i, seed)
          .isEqualTo(CanonicalItems.of(item));
      assertThat(item).isEqualTo(before);
    }
  }

  /** Reserved are the keys of an encryption context, not its values. */
  @Test
  void logicalTableName_likeAReservedContextKey_isAName() {
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            table(SIGNING, AttributeActions.encryptAndSign())
                .logicalTableName("aws-crypto-people")
                .build());
    assertThat(encryptor.decryptItem(encryptor.encryptItem(ANN))).isEqualTo(ANN);
  }

  @Test
  void unsignedAttributes_listAndPrefix_areLeftAlone() {
    Dbe format = SIGNING.algorithmSuite(SYMMETRIC).unsignedAttributes("visits").unsignedPrefix(":");
    ItemEncryptor encryptor = encryptor(format);
    Map<String, AttributeValue> item =
        Map.of(
            "id", AttributeValue.fromS("ann"),
            "ssn", AttributeValue.fromS("1"),
            "visits", AttributeValue.fromN("1"),
            ":later", AttributeValue.fromS("x"));
    Map<String, AttributeValue> stored = new HashMap<>(encryptor.encryptItem(item));
    assertThat(stored).containsEntry("visits", AttributeValue.fromN("1"));
    stored.put("visits", AttributeValue.fromN("2"));
    stored.remove(":later");
    assertThat(encryptor.decryptItem(stored)).containsEntry("visits", AttributeValue.fromN("2"));
    stored.put("unknown", AttributeValue.fromS("added"));
    assertThatThrownBy(() -> encryptor.decryptItem(stored))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void unsignedPrefix_empty_throws() {
    assertThatThrownBy(() -> SIGNING.unsignedPrefix(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave nothing signed");
  }

  @Test
  void build_readerTakesUnsignedAttributesForSigned_throws() {
    for (Dbe written : List.of(SIGNING.unsignedAttributes("visits"), SIGNING.unsignedPrefix(":"))) {
      for (Dbe read : List.of(SIGNING, SIGNING.unsignedAttributes("x").unsignedPrefix("::"))) {
        assertThatThrownBy(
                () -> table(written, AttributeActions.encryptAndSign()).reads(read).build())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("leaves attributes unsigned that the Dbe of reads(...)");
      }
    }
  }

  /** So a longer list reaches the readers first. */
  @Test
  void build_readerKnowsMoreUnsignedAttributes_readsWhatIsWritten() {
    Dbe read = SIGNING.unsignedAttributes("visits", "hits").unsignedPrefix(":");
    for (Dbe written :
        List.of(
            SIGNING,
            SIGNING.unsignedAttributes("visits", ":x"),
            SIGNING.unsignedPrefix("::").unsignedAttributes("hits"))) {
      ItemEncryptor encryptor =
          ItemEncryptor.of(table(written, AttributeActions.encryptAndSign()).reads(read).build());
      assertThat(encryptor.decryptItem(encryptor.encryptItem(ANN))).isEqualTo(ANN);
    }
  }

  @Test
  void build_unsignedAttributeNotListed_throwsNamingIt() {
    assertThatThrownBy(
            () ->
                table(
                        SIGNING,
                        AttributeActions.encryptAndSign().with("visits", CryptoAction.DO_NOTHING))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'visits' has the action DO_NOTHING");
  }

  @Test
  void build_signedAttributeListed_throwsNamingIt() {
    assertThatThrownBy(
            () ->
                table(
                        SIGNING.unsignedAttributes("city"),
                        AttributeActions.encryptAndSign().with("city", CryptoAction.SIGN_ONLY))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'city' has the action SIGN_ONLY");
  }

  @Test
  void build_unsignedByDefault_throws() {
    assertThatThrownBy(
            () -> table(SIGNING, AttributeActions.withDefault(CryptoAction.DO_NOTHING)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot leave attributes unsigned by default");
  }

  @Test
  void build_version2_keyNamedSignOnly_throwsWithTheActionItNeeds() {
    AttributeActions actions =
        AttributeActions.encryptAndSign()
            .with("id", CryptoAction.SIGN_ONLY)
            .with("tenant", CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT);
    assertThatThrownBy(() -> table(SIGNING, actions).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT");
  }

  @Test
  void encryptItem_version2_attributeMissing_throwsNamingIt() {
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            table(
                    SIGNING,
                    AttributeActions.encryptAndSign()
                        .with("tenant", CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT))
                .build());
    assertThatThrownBy(() -> encryptor.encryptItem(ANN))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("'tenant'");
  }
}
