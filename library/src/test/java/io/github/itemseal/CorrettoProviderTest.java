package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.testing.BitFlips;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.DbeKeyrings;
import io.github.itemseal.testing.RandomItems;
import java.security.Provider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DBE items with Amazon Corretto Crypto Provider given for their algorithms: it is used, and what
 * it writes the JDK's own providers read, and the other way round, under keyrings of every kind.
 */
@DisplayName("Amazon Corretto Crypto Provider, whose native code here is for Linux on x86-64")
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "the native code of Amazon Corretto Crypto Provider is for Linux on x86-64")
class CorrettoProviderTest {
  private static final int ITEMS = 6;

  @BeforeAll
  static void nativeCode_isLoaded() {
    assertThat(AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError()).isNull();
    AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
  }

  static Stream<String> keyrings() {
    return DbeKeyrings.all().keySet().stream();
  }

  private static ItemEncryptor encryptor(Dbe format) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk", "sk")))
            .actions(AttributeActions.encryptAndSign().with("a3", CryptoAction.SIGN_ONLY))
            .writes(format)
            .build());
  }

  private static Dbe format(String keyring, AlgorithmSuite suite) {
    return Dbe.using(MultiKeyring.of(DbeKeyrings.all().get(keyring).toArray(Keyring[]::new)))
        .algorithmSuite(suite);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("keyrings")
  void items_ofEitherProvider_areReadByTheOther(String keyring) {
    long seed = Long.getLong("itemseal.seed", System.nanoTime());
    System.out.println("CorrettoProviderTest " + keyring + " seed " + seed);
    RandomItems items = new RandomItems(seed);
    for (AlgorithmSuite suite : AlgorithmSuite.values()) {
      ItemEncryptor jdk = encryptor(format(keyring, suite));
      ItemEncryptor corretto =
          encryptor(format(keyring, suite).provider(AmazonCorrettoCryptoProvider.INSTANCE));
      for (int i = 0; i < ITEMS; i++) {
        Map<String, AttributeValue> item = items.item();
        assertThat(CanonicalItems.of(jdk.decryptItem(corretto.encryptItem(item))))
            .as("item %d of seed %d, %s", i, seed, suite)
            .isEqualTo(CanonicalItems.of(item))
            .isEqualTo(CanonicalItems.of(corretto.decryptItem(jdk.encryptItem(item))));
      }
    }
  }

  /** Passes on what is asked for, and notes what it found. */
  private static final class Noting extends Provider {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> found = new ConcurrentSkipListSet<>();

    Noting() {
      super("Noting", "1", "notes what Amazon Corretto Crypto Provider is asked for");
    }

    @Override
    public synchronized Service getService(String type, String algorithm) {
      Service service = AmazonCorrettoCryptoProvider.INSTANCE.getService(type, algorithm);
      if (service != null) {
        found.add(type + " " + algorithm);
      }
      return service;
    }
  }

  @Test
  void provider_given_servesCiphersMacsHashesAndSignatures() {
    Noting provider = new Noting();
    ItemEncryptor encryptor =
        encryptor(
            format(
                    "AES and RSA",
                    AlgorithmSuite
                        .ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384)
                .provider(provider));
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS("p"),
            "sk", AttributeValue.fromN("1"),
            "a", AttributeValue.fromS("x"));

    assertThat(encryptor.decryptItem(encryptor.encryptItem(item))).isEqualTo(item);
    assertThat(provider.found)
        .contains(
            "Cipher AES/GCM/NoPadding",
            "KeyPairGenerator EC",
            "Mac HmacSHA384",
            "Mac HmacSHA512",
            "MessageDigest SHA-384",
            "Signature SHA384withECDSA");
  }

  @Test
  void decryptItem_changedUnderThatProvider_throwsAuthentication() {
    for (AttackTarget target : AttackTarget.dbe()) {
      Dbe format = ((Dbe) target.format()).provider(AmazonCorrettoCryptoProvider.INSTANCE);
      AttackTarget corretto = new AttackTarget(target.name(), format, target.version2(), true);
      Map<String, AttributeValue> stored = corretto.stored();
      AttributeValue changed = new BitFlips().of(stored.get("eN")).get(0);
      stored.put("eN", changed);

      AttackTarget.assertNotAuthentic(
          target.name(), () -> corretto.encryptor().decryptItem(stored));
    }
  }
}
