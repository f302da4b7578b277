package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemInspection;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.SoftwareDelegatedKey;
import io.github.itemseal.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Delegated keys in each of their three places, and what becomes of their failures. */
@SuppressWarnings("serial") // no test serializes a key
class DelegatedKeyTest {
  private static final KeyPair RSA = TestKeys.rsa();
  private static final KeyPair EC = TestKeys.ec("secp256r1");
  private static final SigningKeys MAC = SigningKeys.mac(TestKeys.hmac());
  private static final DelegatedKey AES = SoftwareDelegatedKey.of(TestKeys.aes(256));

  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "pk", AttributeValue.fromS("p"),
          "ssn", AttributeValue.fromS("078-05-1120"),
          "city", AttributeValue.fromS("Oslo"));

  private static ItemEncryptor encryptor(LocalMaterialsProvider provider) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.encryptAndSign().with("city", CryptoAction.SIGN_ONLY))
            .writes(Ddbec.using(provider))
            .build());
  }

  private static LocalMaterialsProvider staticKeys(SecretKey contentKey, SigningKeys signingKeys) {
    return StaticMaterialsProvider.builder()
        .encryptionKey(contentKey)
        .signingKeys(signingKeys)
        .build();
  }

  private static LocalMaterialsProvider wrapped(SecretKey wrappingKey) {
    return WrappedMaterialsProvider.builder().wrappingKey(wrappingKey).signingKeys(MAC).build();
  }

  /** Each reads what the other writes. */
  private static void assertInterchangeable(
      LocalMaterialsProvider one, LocalMaterialsProvider other) {
    assertThat(encryptor(other).decryptItem(encryptor(one).encryptItem(ITEM))).isEqualTo(ITEM);
    assertThat(encryptor(one).decryptItem(encryptor(other).encryptItem(ITEM))).isEqualTo(ITEM);
  }

  // ---- as content key ----

  @Test
  void contentKey_thatWritesTheVector_isInterchangeableWithTheKeyInside() {
    assertInterchangeable(staticKeys(AES, MAC), staticKeys(TestKeys.aes(256), MAC));
  }

  /** Knows one trick: it complements every byte. Remembers what it was asked. */
  private static final class Complement implements DelegatedKey {
    private final List<String> transformations = new ArrayList<>();

    @Override
    public String getAlgorithm() {
      return "Odd";
    }

    @Override
    public byte[] encrypt(String transformation, byte[] plaintext) {
      transformations.add(transformation);
      return complement(plaintext);
    }

    @Override
    public byte[] decrypt(String transformation, byte[] stored) {
      transformations.add(transformation);
      return complement(stored);
    }

    /** In place: a key may do with its arrays what it likes. */
    private static byte[] complement(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
      return bytes;
    }
  }

  @Test
  void contentKey_ofAnyAlgorithm_getsTheWholeTransformationAndItsBytesAreStoredAsTheyAre() {
    Complement key = new Complement();
    ItemEncryptor encryptor = encryptor(staticKeys(key, MAC));
    Map<String, AttributeValue> stored = encryptor.encryptItem(ITEM);

    // 00 73, 4-byte length 11, the text; complemented
    String expected = "ff8cfffffff4" + complementOf("078-05-1120");
    assertThat(HexFormat.of().formatHex(stored.get("ssn").b().asByteArray())).isEqualTo(expected);
    assertThat(ItemInspection.of(stored).description())
        .containsEntry("amzn-ddb-map-sym-mode", "/CBC/PKCS5Padding");
    assertThat(encryptor.decryptItem(stored)).isEqualTo(ITEM);
    assertThat(encryptor.decryptItem(stored)).isEqualTo(ITEM); // the stored bytes are unharmed
    assertThat(key.transformations).hasSize(3).containsOnly("Odd/CBC/PKCS5Padding");
  }

  private static String complementOf(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(Complement.complement(bytes));
  }

  // ---- as wrapping key ----

  @Test
  void wrappingKey_aes_isInterchangeableWithTheKeyInside() {
    assertInterchangeable(wrapped(AES), wrapped(TestKeys.aes(256)));
    assertThat(descriptionOf(wrapped(AES)))
        .containsEntry("amzn-ddb-wrap-alg", "AESWrap")
        .containsEntry("amzn-ddb-env-alg", "AES");
  }

  @Test
  void wrappingKey_rsa_isInterchangeableWithThePairInside() {
    LocalMaterialsProvider pair =
        WrappedMaterialsProvider.builder().wrappingKeyPair(RSA).signingKeys(MAC).build();
    assertInterchangeable(wrapped(SoftwareDelegatedKey.of("RSA", RSA)), pair);
  }

  @Test
  void unwrappingKey_privateHalfInTheDevice_readsWhatThePublicKeyWrapped() {
    LocalMaterialsProvider provider =
        WrappedMaterialsProvider.builder()
            .wrappingKey(RSA.getPublic())
            .unwrappingKey(SoftwareDelegatedKey.of("RSA", RSA))
            .signingKeys(MAC)
            .build();
    assertInterchangeable(provider, provider);
  }

  /** Wraps by handing out a name, and keeps the keys: the content key is a delegated one too. */
  private static final class Vault implements DelegatedKey {
    private final Map<String, SecretKey> contents = new HashMap<>();
    private final List<String> transformations = new ArrayList<>();

    @Override
    public String getAlgorithm() {
      return "Vault";
    }

    @Override
    public byte[] wrap(String transformation, SecretKey contentKey) {
      transformations.add(transformation);
      byte[] name = {(byte) contents.size()};
      contents.put(HexFormat.of().formatHex(name), contentKey);
      return name;
    }

    @Override
    public SecretKey unwrap(String transformation, byte[] wrapped, String keyAlgorithm)
        throws GeneralSecurityException {
      transformations.add(transformation + " of " + keyAlgorithm);
      SecretKey key = contents.get(HexFormat.of().formatHex(wrapped));
      if (key == null) {
        throw new BadPaddingException("no such key");
      }
      return SoftwareDelegatedKey.of(key);
    }
  }

  @Test
  void wrappingKey_ofItsOwnAlgorithm_wrapsUnderItsOwnNameAndMayGiveDelegatedContentKeys() {
    Vault vault = new Vault();
    ItemEncryptor encryptor = encryptor(wrapped(vault));
    Map<String, AttributeValue> stored = encryptor.encryptItem(ITEM);
    assertThat(encryptor.decryptItem(stored)).isEqualTo(ITEM);
    assertThat(vault.transformations).containsExactly("Vault", "Vault of AES");
    assertThat(ItemInspection.of(stored).description()).containsEntry("amzn-ddb-wrap-alg", "Vault");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AESWrap", "RSA", "Vault/ECB/PKCS1Padding", ""})
  void unwrappingKey_itemNamesAnAlgorithmThatIsNotTheKeys_throwsWithoutAskingIt(String claimed) {
    Vault vault = new Vault();
    LocalMaterialsProvider provider = wrapped(vault);
    Map<String, String> description = new HashMap<>(descriptionOf(provider));
    description.put("amzn-ddb-wrap-alg", claimed);
    assertThatThrownBy(() -> provider.decryptionMaterials(contextOf(description)))
        .isInstanceOfSatisfying(
            MalformedItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.ALGORITHM_NOT_ALLOWED));
    assertThat(vault.transformations).containsExactly("Vault");
  }

  private static EncryptionContext contextOf(Map<String, String> description) {
    return EncryptionContext.builder()
        .tableName("T")
        .materialDescription(MaterialDescription.of(description))
        .build();
  }

  private static Map<String, String> descriptionOf(LocalMaterialsProvider provider) {
    return provider.encryptionMaterials(contextOf(Map.of())).materialDescription().entries();
  }

  // ---- as signing key ----

  @ParameterizedTest
  @ValueSource(strings = {"HmacSHA256", "HmacSHA512"})
  void signingKey_mac_isInterchangeableWithTheKeyInside(String algorithm) {
    SecretKey mac = TestKeys.hmac(algorithm);
    DelegatedKey delegated = SoftwareDelegatedKey.of(mac);
    SecretKey aes = TestKeys.aes(128);
    LocalMaterialsProvider inside = staticKeys(aes, SigningKeys.mac(mac));
    assertInterchangeable(staticKeys(aes, SigningKeys.delegated(delegated)), inside);
    assertInterchangeable(staticKeys(aes, SigningKeys.mac(delegated)), inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA256withRSA", "SHA512withRSA", "SHA256withECDSA"})
  void signingKey_asymmetric_isInterchangeableWithThePairInside(String algorithm) {
    KeyPair pair = algorithm.endsWith("RSA") ? RSA : EC;
    SigningAlgorithm named = SigningAlgorithm.fromJcaName(algorithm).orElseThrow();
    DelegatedKey key = SoftwareDelegatedKey.of(algorithm, pair);
    SecretKey aes = TestKeys.aes(128);
    LocalMaterialsProvider inside = staticKeys(aes, SigningKeys.keyPair(pair).signingWith(named));
    assertInterchangeable(staticKeys(aes, SigningKeys.delegated(key)), inside);
    assertInterchangeable(staticKeys(aes, SigningKeys.of(key, pair.getPublic())), inside);
  }

  @Test
  void signingKey_itemClaimsAnotherAlgorithm_throws() {
    SecretKey aes = TestKeys.aes(128);
    Map<String, AttributeValue> stored =
        encryptor(
                staticKeys(aes, SigningKeys.keyPair(RSA).signingWith(SigningAlgorithm.RSA_SHA512)))
            .encryptItem(ITEM);
    DelegatedKey sha256 = SoftwareDelegatedKey.of("SHA256withRSA", RSA);
    assertThatThrownBy(
            () -> encryptor(staticKeys(aes, SigningKeys.delegated(sha256))).decryptItem(stored))
        .isInstanceOfSatisfying(
            MalformedItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.ALGORITHM_NOT_ALLOWED))
        .hasMessageContaining("signature algorithm that is not allowed");
  }

  @Test
  void signingKey_itemClaimsNone_verifiesWithTheKeysOwn() {
    // The old Java client writes no claim when a delegated key signs.
    LocalMaterialsProvider provider =
        StaticMaterialsProvider.builder()
            .signingKeys(SigningKeys.delegated(SoftwareDelegatedKey.of("SHA512withRSA", RSA)))
            .build();
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
                .actions(AttributeActions.withDefault(CryptoAction.SIGN_ONLY))
                .writes(Ddbec.using(provider))
                .build());
    Map<String, AttributeValue> stored = new HashMap<>(encryptor.encryptItem(ITEM));
    stored.remove("*amzn-ddb-map-desc*");
    assertThat(encryptor.decryptItem(stored)).isEqualTo(ITEM);
  }

  @Test
  void signingKeys_algorithmThatDoesNotSign_throws() {
    assertThatThrownBy(() -> SigningKeys.delegated(AES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'AES' cannot sign items");
    assertThatThrownBy(() -> SigningKeys.mac(SoftwareDelegatedKey.of("SHA256withRSA", RSA)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no MAC key: use delegated(...)");
    PublicKey ec = EC.getPublic();
    assertThatThrownBy(() -> SigningKeys.of(SoftwareDelegatedKey.of("SHA256withRSA", RSA), ec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'EC' cannot verify SHA256withRSA");
  }

  // ---- failures ----

  /** Fails in every method in the same way; returns null if there is nothing to throw. */
  private record Failing(String getAlgorithm, Exception failure) implements DelegatedKey {
    private void fail() throws GeneralSecurityException {
      if (failure instanceof GeneralSecurityException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
    }

    @Override
    public byte[] encrypt(String transformation, byte[] plaintext) throws GeneralSecurityException {
      fail();
      return null;
    }

    @Override
    public byte[] decrypt(String transformation, byte[] stored) throws GeneralSecurityException {
      fail();
      return null;
    }

    @Override
    public byte[] wrap(String transformation, SecretKey key) throws GeneralSecurityException {
      fail();
      return null;
    }

    @Override
    public SecretKey unwrap(String transformation, byte[] wrapped, String keyAlgorithm)
        throws GeneralSecurityException {
      fail();
      return null;
    }

    @Override
    public byte[] sign(String algorithm, byte[] message) throws GeneralSecurityException {
      fail();
      return null;
    }

    @Override
    public boolean verify(String algorithm, byte[] message, byte[] signature)
        throws GeneralSecurityException {
      fail();
      return false;
    }

    @Override
    public String toString() {
      return "Failing";
    }
  }

  private static void assertUnavailable(
      Runnable work, String role, FailureReason reason, Class<? extends Exception> cause) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage("The " + role + " failed for the item of table 'T'; the cause says why.")
        .cause()
        .isInstanceOf(cause);
  }

  private static void assertRefused(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessage(new ItemAuthenticationException(FailureSubject.table("T")).getMessage())
        .hasNoCause();
  }

  @Test
  void key_whoseDeviceIsGone_isUnavailableInEveryRole() {
    for (Exception failure :
        List.of(new IllegalStateException("gone"), new GeneralSecurityException("gone"))) {
      assertUnavailableInEveryRole(failure, FailureReason.KEY_SOURCE_FAILED, failure.getClass());
    }
  }

  @Test
  void key_thatReturnsNull_isUnavailable() {
    DelegatedKey key = new Failing("AES", null);
    assertUnavailable(
        () -> encryptor(staticKeys(key, MAC)).encryptItem(ITEM),
        "content key",
        FailureReason.KEY_SOURCE_FAILED,
        NullPointerException.class);
  }

  private static void assertUnavailableInEveryRole(
      Exception failure, FailureReason reason, Class<? extends Exception> cause) {
    DelegatedKey aes = new Failing("AES", failure);
    SigningKeys mac = SigningKeys.delegated(new Failing("HmacSHA256", failure));
    SecretKey inside = TestKeys.aes(256);
    Map<String, AttributeValue> stored = encryptor(staticKeys(inside, MAC)).encryptItem(ITEM);
    Map<String, AttributeValue> storedWrapped = encryptor(wrapped(inside)).encryptItem(ITEM);
    assertUnavailable(
        () -> encryptor(staticKeys(aes, MAC)).encryptItem(ITEM), "content key", reason, cause);
    assertUnavailable(
        () -> encryptor(staticKeys(aes, MAC)).decryptItem(stored), "content key", reason, cause);
    assertUnavailable(
        () -> encryptor(wrapped(aes)).encryptItem(ITEM), "wrapping key", reason, cause);
    assertUnavailable(
        () -> encryptor(wrapped(aes)).decryptItem(storedWrapped), "unwrapping key", reason, cause);
    assertUnavailable(
        () -> encryptor(staticKeys(inside, mac)).encryptItem(ITEM), "signing key", reason, cause);
    assertUnavailable(
        () -> encryptor(staticKeys(inside, mac)).decryptItem(stored),
        "verification key",
        reason,
        cause);
  }

  @Test
  void key_withoutTheMethod_isNotConfiguredAndSaysWhich() {
    DelegatedKey key = () -> "AES";
    assertUnavailable(
        () -> encryptor(staticKeys(key, MAC)).encryptItem(ITEM),
        "content key",
        FailureReason.KEY_NOT_CONFIGURED,
        UnsupportedOperationException.class);
    assertThatThrownBy(() -> encryptor(wrapped(key)).encryptItem(ITEM))
        .cause()
        .hasMessageContaining("of algorithm 'AES' does not implement wrap(...)");
    assertThat(key.getEncoded()).isNull();
    assertThat(key.getFormat()).isNull();
  }

  @Test
  void key_thatSaysStoredBytesDoNotFit_refusesTheItemUniformly() {
    SecretKey inside = TestKeys.aes(256);
    Map<String, AttributeValue> stored = encryptor(staticKeys(inside, MAC)).encryptItem(ITEM);
    Map<String, AttributeValue> storedWrapped = encryptor(wrapped(inside)).encryptItem(ITEM);
    for (Exception failure :
        List.of(
            new BadPaddingException("secret"),
            new AEADBadTagException("secret"),
            new IllegalBlockSizeException("secret"))) {
      DelegatedKey key = new Failing("AES", failure);
      assertRefused(() -> encryptor(staticKeys(key, MAC)).decryptItem(stored));
      assertRefused(() -> encryptor(wrapped(key)).decryptItem(storedWrapped));
    }
    // What a JCA cipher throws too when its device is gone.
    DelegatedKey key = new Failing("AES", new InvalidKeyException("secret"));
    assertUnavailable(
        () -> encryptor(wrapped(key)).decryptItem(storedWrapped),
        "unwrapping key",
        FailureReason.KEY_SOURCE_FAILED,
        InvalidKeyException.class);
  }

  @Test
  void key_thatSaysASignatureDoesNotFit_refusesTheItemUniformly() {
    SecretKey aes = TestKeys.aes(256);
    Map<String, AttributeValue> stored =
        new HashMap<>(encryptor(staticKeys(aes, MAC)).encryptItem(ITEM));
    SigningKeys shapeless =
        SigningKeys.delegated(new Failing("HmacSHA256", new SignatureException("secret")));
    assertRefused(() -> encryptor(staticKeys(aes, shapeless)).decryptItem(stored));

    SigningKeys right = SigningKeys.delegated(SoftwareDelegatedKey.of(TestKeys.hmac()));
    byte[] signature = stored.get("*amzn-ddb-map-sig*").b().asByteArray();
    signature[0] ^= 1;
    stored.put("*amzn-ddb-map-sig*", AttributeValue.fromB(SdkBytes.fromByteArray(signature)));
    assertRefused(() -> encryptor(staticKeys(aes, right)).decryptItem(stored));
  }

  @Test
  void unwrappingKey_pkcs1V15ThatDoesNotOpen_givesTheSameKeyOfTheClaimedLengthEachTime() {
    for (DelegatedKey key :
        List.of(
            SoftwareDelegatedKey.of("RSA", RSA),
            new Failing("RSA", new IllegalStateException("gone")))) {
      LocalMaterialsProvider provider =
          WrappedMaterialsProvider.builder()
              .unwrappingKey(key)
              .readsPkcs1V15(true)
              .signingKeys(MAC)
              .build();
      Map<String, String> description =
          Map.of(
              "amzn-ddb-env-key", "A".repeat(342) + "==",
              "amzn-ddb-env-alg", "AES/128",
              "amzn-ddb-wrap-alg", "RSA/ECB/PKCS1Padding");
      SecretKey one =
          provider.decryptionMaterials(contextOf(description)).decryptionKey().orElseThrow();
      SecretKey two =
          provider.decryptionMaterials(contextOf(description)).decryptionKey().orElseThrow();
      assertThat(one.getEncoded()).hasSize(16).isEqualTo(two.getEncoded());
    }
  }

  // ---- keys of the JCA that show no bytes ----

  private record Opaque(String getAlgorithm) implements SecretKey {
    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  @Test
  void jcaKey_withoutBytesOrAProviderForIt_isUnavailableInEveryRole() {
    SecretKey aes = new Opaque("AES");
    SigningKeys mac = SigningKeys.mac(new Opaque("HmacSHA256"));
    SecretKey inside = TestKeys.aes(256);
    Map<String, AttributeValue> stored = encryptor(staticKeys(inside, MAC)).encryptItem(ITEM);
    Map<String, AttributeValue> storedWrapped = encryptor(wrapped(inside)).encryptItem(ITEM);
    FailureReason reason = FailureReason.KEY_SOURCE_FAILED;
    Class<InvalidKeyException> cause = InvalidKeyException.class;
    assertUnavailable(
        () -> encryptor(staticKeys(aes, MAC)).encryptItem(ITEM), "content key", reason, cause);
    assertUnavailable(
        () -> encryptor(staticKeys(aes, MAC)).decryptItem(stored), "content key", reason, cause);
    assertUnavailable(
        () -> encryptor(wrapped(aes)).encryptItem(ITEM), "wrapping key", reason, cause);
    assertUnavailable(
        () -> encryptor(wrapped(aes)).decryptItem(storedWrapped), "unwrapping key", reason, cause);
    assertUnavailable(
        () -> encryptor(staticKeys(inside, mac)).encryptItem(ITEM), "signing key", reason, cause);
    assertUnavailable(
        () -> encryptor(staticKeys(inside, mac)).decryptItem(stored),
        "verification key",
        reason,
        cause);
  }
}
