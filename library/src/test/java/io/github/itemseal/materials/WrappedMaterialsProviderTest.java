package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.TestKeys;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrappedMaterialsProviderTest {
  private static final KeyPair RSA = TestKeys.rsa();
  private static final SigningKeys MAC = SigningKeys.mac(TestKeys.hmac());
  private static final EncryptionContext WRITING =
      EncryptionContext.builder().tableName("T").build();

  private static WrappedMaterialsProvider aes() {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(TestKeys.aes(256))
        .signingKeys(MAC)
        .build();
  }

  private static WrappedMaterialsProvider.Builder rsa() {
    return WrappedMaterialsProvider.builder().wrappingKeyPair(RSA).signingKeys(MAC);
  }

  private static Stream<WrappedMaterialsProvider> providers() {
    return Stream.of(aes(), rsa().build());
  }

  private static EncryptionContext reading(Map<String, String> description) {
    return WRITING.toBuilder().materialDescription(MaterialDescription.of(description)).build();
  }

  private static SecretKey unwrap(
      WrappedMaterialsProvider provider, Map<String, String> description) {
    return provider.decryptionMaterials(reading(description)).decryptionKey().orElseThrow();
  }

  /** Wraps TEST KEY AES-256 with plain JCA calls, and describes it. */
  private static Map<String, String> wrapped(
      Key key, String transformation, String wrapAlgorithm, String contentAlgorithm) {
    try {
      Cipher cipher = Cipher.getInstance(transformation);
      cipher.init(Cipher.WRAP_MODE, key);
      Map<String, String> description = new HashMap<>();
      description.put(
          "amzn-ddb-env-key", Base64.getEncoder().encodeToString(cipher.wrap(TestKeys.aes(256))));
      description.put("amzn-ddb-env-alg", contentAlgorithm);
      if (wrapAlgorithm != null) {
        description.put("amzn-ddb-wrap-alg", wrapAlgorithm);
      }
      return description;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void encryptionMaterials_eachCall_wrapsAFreshKey(WrappedMaterialsProvider provider) {
    EncryptionMaterials one = provider.encryptionMaterials(WRITING);
    EncryptionMaterials two = provider.encryptionMaterials(WRITING);
    assertThat(one.encryptionKey()).isNotEqualTo(two.encryptionKey());
    assertThat(unwrap(provider, one.materialDescription().entries()))
        .isEqualTo(one.encryptionKey().orElseThrow());
  }

  @Test
  void encryptionMaterials_description_isWhatTheJavaClientWrites() {
    Map<String, String> description =
        aes().encryptionMaterials(WRITING).materialDescription().entries();
    assertThat(description)
        .containsOnlyKeys("amzn-ddb-env-key", "amzn-ddb-env-alg", "amzn-ddb-wrap-alg")
        .containsEntry("amzn-ddb-env-alg", "AES")
        .containsEntry("amzn-ddb-wrap-alg", "AESWrap");
    assertThat(rsa().build().encryptionMaterials(WRITING).materialDescription().entries())
        .containsEntry("amzn-ddb-wrap-alg", "RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 192, 256})
  void contentKeyBits_sizes_areMade(int bits) {
    WrappedMaterialsProvider provider =
        WrappedMaterialsProvider.builder()
            .wrappingKey(TestKeys.aes(128))
            .contentKeyBits(bits)
            .signingKeys(MAC)
            .build();
    assertThat(provider.encryptionMaterials(WRITING).encryptionKey().orElseThrow().getEncoded())
        .hasSize(bits / 8);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"AESWrap", "aeswrap", "AES/CBC/PKCS5Padding", "AES/ECB/NoPadding"})
  void decryptionMaterials_everyNameForAesKeyWrap_isRead(String wrapAlgorithm) {
    for (String contentAlgorithm : new String[] {"AES", "AES/256"}) {
      assertThat(
              unwrap(aes(), wrapped(TestKeys.aes(256), "AESWrap", wrapAlgorithm, contentAlgorithm)))
          .isEqualTo(TestKeys.aes(256));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RSA/ECB/OAEPWithSHA-1AndMGF1Padding",
    "RSA/ECB/OAEPWithSHA1AndMGF1Padding",
    "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
    "RSA/ECB/OAEPWithSHA-384AndMGF1Padding",
    "RSA/ECB/OAEPWithSHA-512AndMGF1Padding",
    "RSA/ECB/OAEPPadding"
  })
  void decryptionMaterials_everyOaep_isReadAsSunJceMeansIt(String transformation) {
    assertThat(
            unwrap(
                rsa().build(), wrapped(RSA.getPublic(), transformation, transformation, "AES/256")))
        .isEqualTo(TestKeys.aes(256));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"RSA", "RSA/ECB/PKCS1Padding"})
  void decryptionMaterials_pkcs1V15_isReadOnlyWhenAsked(String wrapAlgorithm) {
    Map<String, String> description =
        wrapped(RSA.getPublic(), "RSA/ECB/PKCS1Padding", wrapAlgorithm, "AES");
    assertThat(unwrap(rsa().readsPkcs1V15(true).build(), description)).isEqualTo(TestKeys.aes(256));
    assertThatThrownBy(() -> unwrap(rsa().build(), description))
        .isInstanceOfSatisfying(
            MalformedItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.ALGORITHM_NOT_ALLOWED))
        .hasMessageContaining("readsPkcs1V15(true)");
  }

  @Test
  void decryptionMaterials_pkcs1V15ThatDoesNotOpen_givesTheSameSubstituteEveryTime() {
    WrappedMaterialsProvider provider = rsa().readsPkcs1V15(true).build();
    PublicKey other = TestKeys.rsa().getPublic();
    Map<String, String> description = wrapped(other, "RSA/ECB/PKCS1Padding", "RSA", "AES");
    assertThat(unwrap(provider, description))
        .isEqualTo(unwrap(provider, description))
        .isNotEqualTo(TestKeys.aes(256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RSA",
        "RSA/ECB/OAEPWithSHA-256AndMGF1Padding",
        "DESede",
        "AES",
        "AES/XTS/NoPadding",
        "AES/CBC",
        ""
      })
  void decryptionMaterials_wrapAlgorithmNotForAesKeys_throws(String wrapAlgorithm) {
    assertNotAllowed(aes(), wrapped(TestKeys.aes(256), "AESWrap", wrapAlgorithm, "AES"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AESWrap", "RSA/ECB/NoPadding", "RSA/None/OAEPPadding", "kms", ""})
  void decryptionMaterials_wrapAlgorithmNotForRsaKeys_throws(String wrapAlgorithm) {
    assertNotAllowed(
        rsa().readsPkcs1V15(true).build(),
        wrapped(RSA.getPublic(), "RSA/ECB/PKCS1Padding", wrapAlgorithm, "AES"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DESede", "AES/64", "AES/", "AES/256/x", ""})
  void decryptionMaterials_contentAlgorithmUnknown_throws(String contentAlgorithm) {
    assertNotAllowed(aes(), wrapped(TestKeys.aes(256), "AESWrap", "AESWrap", contentAlgorithm));
  }

  private static void assertNotAllowed(
      WrappedMaterialsProvider provider, Map<String, String> description) {
    assertThatThrownBy(() -> unwrap(provider, description))
        .isInstanceOfSatisfying(
            MalformedItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.ALGORITHM_NOT_ALLOWED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"amzn-ddb-env-key", "amzn-ddb-env-alg"})
  void decryptionMaterials_entryMissing_throwsInsteadOfMakingAKey(String name) {
    Map<String, String> description = wrapped(TestKeys.aes(256), "AESWrap", "AESWrap", "AES");
    description.remove(name);
    assertThatThrownBy(() -> unwrap(aes(), description))
        .isInstanceOfSatisfying(
            MalformedItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.DESCRIPTION_INCOMPLETE))
        .hasMessageContaining("no entry '" + name + "'");
  }

  @ParameterizedTest
  @MethodSource("providers")
  void decryptionMaterials_wrappedKeyThatDoesNotOpen_throwsTheUniformException(
      WrappedMaterialsProvider provider) {
    Map<String, String> description =
        new HashMap<>(provider.encryptionMaterials(WRITING).materialDescription().entries());
    for (String key : new String[] {"", "!", "AAAA", "A".repeat(64), "A".repeat(344)}) {
      description.put("amzn-ddb-env-key", key);
      assertThatThrownBy(() -> unwrap(provider, description))
          .isInstanceOf(ItemAuthenticationException.class)
          .hasMessage(new ItemAuthenticationException(FailureSubject.table("T")).getMessage());
    }
  }

  @Test
  void decryptionMaterials_keyOfAnotherLengthThanNamed_throwsTheUniformException() {
    assertThatThrownBy(
            () -> unwrap(aes(), wrapped(TestKeys.aes(256), "AESWrap", "AESWrap", "AES/128")))
        .isInstanceOf(ItemAuthenticationException.class);
  }

  @Test
  void provider_oneHalfOfAKeyPair_doesOneDirection() {
    WrappedMaterialsProvider writer =
        WrappedMaterialsProvider.builder().wrappingKey(RSA.getPublic()).signingKeys(MAC).build();
    WrappedMaterialsProvider reader =
        WrappedMaterialsProvider.builder().unwrappingKey(RSA.getPrivate()).signingKeys(MAC).build();
    EncryptionMaterials materials = writer.encryptionMaterials(WRITING);
    Map<String, String> description = materials.materialDescription().entries();
    assertThat(unwrap(reader, description)).isEqualTo(materials.encryptionKey().orElseThrow());
    assertThatThrownBy(() -> unwrap(writer, description))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("without an unwrapping key");
    assertThatThrownBy(() -> reader.encryptionMaterials(WRITING))
        .isInstanceOf(MaterialsUnavailableException.class)
        .isInstanceOfSatisfying(
            ItemsealException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_NOT_CONFIGURED))
        .hasMessageContaining("without a wrapping key");
  }

  @Test
  void build_keysThatCannotBelongTogether_throws() {
    assertThatThrownBy(
            () ->
                WrappedMaterialsProvider.builder()
                    .wrappingKey(TestKeys.aes(128))
                    .unwrappingKey(RSA.getPrivate())
                    .signingKeys(MAC)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("What a key of algorithm 'AES' wraps, one of 'RSA' cannot unwrap");
  }

  @Test
  void build_incomplete_throws() {
    assertThatThrownBy(() -> WrappedMaterialsProvider.builder().signingKeys(MAC).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wrappingKey(...), an unwrappingKey(...)");
    assertThatThrownBy(
            () -> WrappedMaterialsProvider.builder().wrappingKey(TestKeys.aes(128)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need signingKeys");
    assertThatThrownBy(
            () -> WrappedMaterialsProvider.builder().wrappingKeyPair(TestKeys.ec("secp256r1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 'EC'");
  }
}
