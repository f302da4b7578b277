package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.SymmetricStaticProvider;
import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.materials.DelegatedKey;
import io.github.itemseal.materials.KeyStoreMaterialsProvider;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.RandomItems;
import io.github.itemseal.testing.TestCertificates;
import io.github.itemseal.testing.TestKeys;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.Random;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Keys that never leave a PKCS #11 token (SoftHSM2), directly as keys of the JCA and as delegated
 * keys. Skipped where SoftHSM2 is not installed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the token is logged out last
class HsmTest {
  private static final int ITEMS = 50;
  private static final SigningKeys MAC_OUTSIDE = SigningKeys.mac(TestKeys.hmac());

  private static final String BOUNCY_CASTLE = "BC";

  private static SoftHsm hsm;

  /**
   * The original of the second format installs it in this process. Without it these tests see the
   * providers that a user has, and the causes that those give.
   */
  private static Provider bouncyCastle;

  @BeforeAll
  static void startToken() throws Exception {
    assumeTrue(SoftHsm.isInstalled(), "SoftHSM2 is not installed (.ci/install-softhsm does it)");
    bouncyCastle = Security.getProvider(BOUNCY_CASTLE);
    Security.removeProvider(BOUNCY_CASTLE);
    hsm = SoftHsm.start();
  }

  @AfterAll
  static void stopToken() {
    if (hsm != null) {
      hsm.close();
    }
    if (bouncyCastle != null) {
      Security.addProvider(bouncyCastle);
    }
  }

  // ---- keys in the token ----

  private static SecretKey generated(String algorithm) throws GeneralSecurityException {
    KeyGenerator generator = KeyGenerator.getInstance(algorithm, hsm.provider());
    generator.init(256);
    SecretKey key = generator.generateKey();
    assertThat(key.getEncoded()).as("a key that stays inside").isNull();
    return key;
  }

  private static KeyPair generatedRsa() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", hsm.provider());
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static DelegatedKey delegated(SecretKey key) {
    return new Pkcs11Key(hsm.provider(), key, key.getAlgorithm());
  }

  /** The test MAC key as a lasting entry of the token. */
  private static DelegatedKey storedMac() throws GeneralSecurityException {
    SecretKey mac = TestKeys.hmac();
    return new Pkcs11Key(hsm.provider(), hsm.stored("mac", mac), mac.getAlgorithm());
  }

  private static LocalMaterialsProvider staticKeys(SecretKey contentKey, SigningKeys signingKeys) {
    return StaticMaterialsProvider.builder()
        .encryptionKey(contentKey)
        .signingKeys(signingKeys)
        .build();
  }

  private static LocalMaterialsProvider wrapped(SecretKey wrappingKey, SigningKeys signingKeys) {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(wrappingKey)
        .signingKeys(signingKeys)
        .build();
  }

  /** Each reads random items that the other writes. */
  private static void assertInterchangeable(
      LocalMaterialsProvider one, LocalMaterialsProvider other) {
    long seed = new Random().nextLong();
    System.out.println("HsmTest seed " + seed);
    RandomItems items = new RandomItems(seed);
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = items.item();
      AttributeActions actions = items.actionsFor(item);
      ItemEncryptor first = Tables.itemseal(one, actions);
      ItemEncryptor second = Tables.itemseal(other, actions);
      assertThat(CanonicalItems.of(second.decryptItem(first.encryptItem(item))))
          .as("seed %d item %d", seed, i)
          .isEqualTo(CanonicalItems.of(item));
      assertThat(CanonicalItems.of(first.decryptItem(second.encryptItem(item))))
          .as("seed %d item %d", seed, i)
          .isEqualTo(CanonicalItems.of(item));
    }
  }

  private static void assertRoundTrips(LocalMaterialsProvider provider) {
    assertInterchangeable(provider, provider);
  }

  // ---- directly, as keys of the JCA ----

  @Test
  @Order(1)
  void jcaKeys_generatedInside_encryptAndSign() throws Exception {
    assertRoundTrips(staticKeys(generated("AES"), SigningKeys.mac(generated("HmacSHA256"))));
  }

  @Test
  @Order(1)
  void jcaKey_copiedIntoTheToken_isInterchangeableWithTheOneOutside() throws Exception {
    SecretKey aes = TestKeys.aes(256);
    assertInterchangeable(staticKeys(hsm.imported(aes), MAC_OUTSIDE), staticKeys(aes, MAC_OUTSIDE));
  }

  @Test
  @Order(1)
  void jcaKeyPair_generatedInside_signsAndAnybodyVerifies() throws Exception {
    KeyPair rsa = generatedRsa();
    SecretKey aes = TestKeys.aes(128);
    LocalMaterialsProvider reader = staticKeys(aes, SigningKeys.verifier(rsa.getPublic()));
    ItemEncryptor writer =
        Tables.itemseal(
            staticKeys(aes, SigningKeys.keyPair(rsa)), AttributeActions.encryptAndSign());
    Map<String, AttributeValue> item = new RandomItems(1).item();
    assertThat(
            CanonicalItems.of(
                Tables.itemseal(reader, AttributeActions.encryptAndSign())
                    .decryptItem(writer.encryptItem(item))))
        .isEqualTo(CanonicalItems.of(item));
  }

  @Test
  @Order(1)
  void jcaKey_forWrapping_isUnavailableBecauseTheProviderHasNoKeyWrap() throws Exception {
    ItemEncryptor encryptor =
        Tables.itemseal(wrapped(generated("AES"), MAC_OUTSIDE), AttributeActions.encryptAndSign());
    assertThatThrownBy(() -> encryptor.encryptItem(new RandomItems(1).item()))
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_SOURCE_FAILED))
        .hasMessageContaining("wrapping key failed")
        .hasCauseInstanceOf(InvalidKeyException.class);
  }

  @Test
  @Order(1)
  void keyStore_ofTheToken_givesKeysThatStayInside() throws Exception {
    KeyPair rsa = generatedRsa();
    KeyStore store = hsm.keyStore();
    store.setKeyEntry("content", generated("AES"), null, null);
    store.setKeyEntry(
        "signing", rsa.getPrivate(), null, new Certificate[] {TestCertificates.of(rsa)});
    assertRoundTrips(
        KeyStoreMaterialsProvider.builder()
            .keyStore(store)
            .encryptionAlias("content")
            .signingAlias("signing")
            .build());
  }

  @Test
  @Order(1)
  void keyStore_macOfTheToken_isRefusedBecauseItDoesNotNameItsMac() throws Exception {
    hsm.stored("generic", TestKeys.hmac());
    KeyStoreMaterialsProvider.Builder builder =
        KeyStoreMaterialsProvider.builder()
            .keyStore(hsm.keyStore())
            .encryptionAlias("generic")
            .signingAlias("generic");
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signing entry 'generic' cannot be used")
        .hasMessageContaining("'Generic Secret' cannot sign items");
  }

  // ---- as delegated keys ----

  @Test
  @Order(1)
  void delegatedKeys_generatedInside_wrapAndSign() throws Exception {
    assertRoundTrips(
        wrapped(
            delegated(generated("AES")),
            SigningKeys.delegated(delegated(generated("HmacSHA256")))));
  }

  @Test
  @Order(1)
  void delegatedKeys_copiedIntoTheToken_areInterchangeableWithThoseOutside() throws Exception {
    SecretKey aes = TestKeys.aes(256);
    DelegatedKey inside = delegated(hsm.imported(aes));
    SigningKeys macInside = SigningKeys.delegated(storedMac());
    assertInterchangeable(wrapped(inside, macInside), wrapped(aes, MAC_OUTSIDE));
    assertInterchangeable(staticKeys(inside, macInside), staticKeys(aes, MAC_OUTSIDE));
  }

  @Test
  @Order(1)
  void delegatedKey_whichDidNotWrap_refusesTheItemUniformly() throws Exception {
    AttributeActions actions = AttributeActions.encryptAndSign();
    Map<String, AttributeValue> stored =
        Tables.itemseal(wrapped(delegated(generated("AES")), MAC_OUTSIDE), actions)
            .encryptItem(new RandomItems(1).item());
    ItemEncryptor other =
        Tables.itemseal(wrapped(delegated(generated("AES")), MAC_OUTSIDE), actions);
    assertThatThrownBy(() -> other.decryptItem(stored))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication")
        .hasNoCause();
  }

  @Test
  @Order(1)
  void delegatedKeys_ofTheOldClient_areInterchangeableWithOurs() throws Exception {
    DelegatedKey aes = delegated(generated("AES"));
    DelegatedKey mac = delegated(generated("HmacSHA256"));
    OldDelegatedKey oldAes = new OldDelegatedKey(aes);
    OldDelegatedKey oldMac = new OldDelegatedKey(mac);
    SigningKeys macKeys = SigningKeys.delegated(mac);
    assertOldAndNewAgree(
        new ProviderPair(
            "static, delegated",
            new SymmetricStaticProvider(oldAes, oldMac),
            staticKeys(aes, macKeys),
            true));
    assertOldAndNewAgree(
        new ProviderPair(
            "wrapped, delegated",
            new com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers
                .WrappedMaterialsProvider(oldAes, oldAes, oldMac),
            wrapped(aes, macKeys),
            true));
  }

  private static void assertOldAndNewAgree(ProviderPair pair) {
    long seed = new Random().nextLong();
    System.out.println("HsmTest " + pair + " seed " + seed);
    RandomItems items = new RandomItems(seed);
    OldClient old = Tables.oldClient(pair);
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = items.item();
      // Without a signed attribute the two differ on purpose, see NoActionsTest.
      AttributeActions actions =
          items
              .actionsFor(item)
              .withAll(Map.of("pk", CryptoAction.SIGN_ONLY, "sk", CryptoAction.SIGN_ONLY));
      ItemEncryptor ours = Tables.itemseal(pair, actions);
      assertThat(CanonicalItems.of(ours.decryptItem(old.encryptItem(item, ours.actions()))))
          .as("seed %d item %d", seed, i)
          .isEqualTo(CanonicalItems.of(item));
      Map<String, AttributeValue> read = old.decryptItem(ours.encryptItem(item), ours.actions());
      read.keySet().removeIf(name -> name.startsWith("*amzn-ddb-map-"));
      assertThat(CanonicalItems.of(read))
          .as("seed %d item %d", seed, i)
          .isEqualTo(CanonicalItems.of(item));
    }
  }

  // ---- the token goes away ----

  @Test
  @Order(2)
  void keys_afterLogout_areUnavailableWithTheCause() throws Exception {
    SecretKey aes = generated("AES");
    ItemEncryptor direct =
        Tables.itemseal(staticKeys(aes, MAC_OUTSIDE), AttributeActions.encryptAndSign());
    ItemEncryptor viaDelegate =
        Tables.itemseal(wrapped(delegated(aes), MAC_OUTSIDE), AttributeActions.encryptAndSign());
    Map<String, AttributeValue> item = new RandomItems(1).item();
    Map<String, AttributeValue> stored = viaDelegate.encryptItem(item);
    hsm.logout();
    assertUnavailable(() -> direct.encryptItem(item), "content key failed");
    assertUnavailable(() -> viaDelegate.encryptItem(item), "wrapping key failed");
    assertUnavailable(() -> viaDelegate.decryptItem(stored), "unwrapping key failed");
  }

  private static void assertUnavailable(Runnable work, String message) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_SOURCE_FAILED))
        .hasMessageContaining(message)
        .cause()
        .isNotNull();
  }
}
