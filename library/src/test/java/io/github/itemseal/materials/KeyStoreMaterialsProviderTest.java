package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.TestCertificates;
import io.github.itemseal.testing.TestKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.util.Map;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStoreMaterialsProviderTest {
  private static final KeyPair RSA = TestKeys.rsa();
  private static final KeyPair EC = TestKeys.ec("secp256r1");
  private static final char[] PASSWORD = "test password".toCharArray();
  private static final KeyStore.ProtectionParameter OPEN =
      new KeyStore.PasswordProtection(PASSWORD);

  private static KeyStore keyStore(String type) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(type);
    store.load(null, PASSWORD);
    set(store, "aes", TestKeys.aes(256));
    set(store, "mac", TestKeys.hmac());
    store.setKeyEntry("rsa", RSA.getPrivate(), PASSWORD, TestCertificates.chainOf(RSA));
    store.setKeyEntry("ec", EC.getPrivate(), PASSWORD, TestCertificates.chainOf(EC));
    store.setCertificateEntry("rsa-certificate", TestCertificates.of(RSA));
    return reloaded(store, type);
  }

  private static void set(KeyStore store, String alias, SecretKey key)
      throws GeneralSecurityException {
    store.setEntry(alias, new KeyStore.SecretKeyEntry(key), OPEN);
  }

  /** As read from a file. */
  private static KeyStore reloaded(KeyStore store, String type)
      throws GeneralSecurityException, IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    store.store(file, PASSWORD);
    KeyStore read = KeyStore.getInstance(type);
    read.load(new ByteArrayInputStream(file.toByteArray()), PASSWORD);
    return read;
  }

  private static KeyStoreMaterialsProvider.Builder provider(
      KeyStore store, String encryption, String signing) {
    KeyStoreMaterialsProvider.Builder builder = KeyStoreMaterialsProvider.builder().keyStore(store);
    // A certificate takes no password, and says so.
    if (encryption.endsWith("certificate")) {
      builder.encryptionAlias(encryption);
    } else {
      builder.encryptionAlias(encryption, OPEN);
    }
    return signing.endsWith("certificate")
        ? builder.signingAlias(signing)
        : builder.signingAlias(signing, OPEN);
  }

  private static EncryptionContext contextOf(Map<String, String> description) {
    return EncryptionContext.builder()
        .tableName("T")
        .materialDescription(MaterialDescription.of(description))
        .build();
  }

  private static EncryptionContext writing() {
    return contextOf(Map.of());
  }

  private static EncryptionContext reading(EncryptionMaterials written) {
    return contextOf(written.materialDescription().entries());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JCEKS"})
  void secretKeys_areTheStaticKeys(String type) throws Exception {
    KeyStoreMaterialsProvider provider = provider(keyStore(type), "aes", "mac").build();
    EncryptionMaterials materials = provider.encryptionMaterials(writing());
    assertThat(materials.encryptionKey().orElseThrow().getEncoded())
        .isEqualTo(TestKeys.aes(256).getEncoded());
    assertThat(materials.signingAlgorithm()).isEqualTo(SigningAlgorithm.HMAC_SHA256);
    assertThat(materials.signingKey().getEncoded()).isEqualTo(TestKeys.hmac().getEncoded());
    assertThat(provider.decryptionMaterials(reading(materials)).decryptionKey())
        .isEqualTo(materials.encryptionKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS12", "JCEKS"})
  void privateKeys_wrapAndSign(String type) throws Exception {
    KeyStoreMaterialsProvider provider = provider(keyStore(type), "rsa", "ec").build();
    EncryptionMaterials materials = provider.encryptionMaterials(writing());
    assertThat(materials.materialDescription().entries())
        .containsEntry("amzn-ddb-wrap-alg", "RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
    assertThat(materials.signingKey()).isEqualTo(EC.getPrivate());
    DecryptionMaterials read = provider.decryptionMaterials(reading(materials));
    assertThat(read.decryptionKey()).isEqualTo(materials.encryptionKey());
    assertThat(read.verificationKey()).isEqualTo(EC.getPublic());
  }

  @Test
  void certificate_asEncryptionEntry_writesOnly() throws Exception {
    KeyStoreMaterialsProvider provider =
        provider(keyStore("PKCS12"), "rsa-certificate", "mac").build();
    EncryptionMaterials materials = provider.encryptionMaterials(writing());
    assertThat(materials.encryptionKey()).isPresent();
    assertThatThrownBy(() -> provider.decryptionMaterials(reading(materials)))
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_NOT_CONFIGURED))
        .hasMessageContaining("without an unwrapping key");
  }

  @Test
  void certificate_asSigningEntry_readsOnly() throws Exception {
    KeyStoreMaterialsProvider provider =
        provider(keyStore("PKCS12"), "aes", "rsa-certificate").build();
    assertThat(provider.decryptionMaterials(writing()).verificationKey())
        .isEqualTo(RSA.getPublic());
    assertThatThrownBy(() -> provider.encryptionMaterials(writing()))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("cannot sign items");
  }

  @Test
  void signingWith_setsTheAlgorithm() throws Exception {
    KeyStoreMaterialsProvider provider =
        provider(keyStore("PKCS12"), "aes", "rsa").signingWith(SigningAlgorithm.RSA_SHA512).build();
    assertThat(provider.encryptionMaterials(writing()).signingAlgorithm())
        .isEqualTo(SigningAlgorithm.RSA_SHA512);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes", "rsa"})
  void decryptionMaterials_itemSaysOtherwise_throwMismatch(String encryption) throws Exception {
    KeyStoreMaterialsProvider provider =
        provider(keyStore("PKCS12"), encryption, "mac")
            .materialDescription(Map.of("key", "2026"))
            .build();
    EncryptionMaterials materials = provider.encryptionMaterials(writing());
    assertThat(materials.materialDescription().get("key")).contains("2026");
    assertThat(provider.decryptionMaterials(reading(materials)).decryptionKey()).isPresent();

    EncryptionContext other =
        contextOf(materials.materialDescription().with("key", "2025").entries());
    for (EncryptionContext context : new EncryptionContext[] {other, writing()}) {
      assertThatThrownBy(() -> provider.decryptionMaterials(context))
          .isInstanceOfSatisfying(
              MaterialsUnavailableException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.MATERIALS_MISMATCH))
          .hasMessageContaining("does not match that of the key store provider");
    }
  }

  @Test
  void build_aliasMissing_throwsNamingIt() throws Exception {
    KeyStore store = keyStore("PKCS12");
    assertThatThrownBy(() -> provider(store, "nothing", "mac").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no entry 'nothing' for the encryption alias");
    assertThatThrownBy(() -> provider(store, "aes", "nobody").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no entry 'nobody' for the signing alias");
  }

  @Test
  void build_wrongPassword_throwsNamingTheAliasAndNotThePassword() throws Exception {
    KeyStore store = keyStore("JCEKS");
    KeyStore.ProtectionParameter wrong = new KeyStore.PasswordProtection("wrong".toCharArray());
    assertThatThrownBy(
            () ->
                KeyStoreMaterialsProvider.builder()
                    .keyStore(store)
                    .encryptionAlias("aes", wrong)
                    .signingAlias("mac", OPEN)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not give its encryption entry 'aes'")
        .hasMessageNotContaining("wrong")
        .hasCauseInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void build_keyOfTheWrongKind_throwsNamingTheAlias() throws Exception {
    KeyStore store = keyStore("PKCS12");
    assertThatThrownBy(() -> provider(store, "mac", "mac").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encryption entry 'mac' cannot be used: Expected an AES key");
    assertThatThrownBy(() -> provider(store, "ec", "mac").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encryption entry 'ec' cannot be used: Only RSA key pairs");
    assertThatThrownBy(() -> provider(store, "aes", "aes").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signing entry 'aes' cannot be used")
        .hasMessageContaining("'AES' cannot sign items");
  }

  @Test
  void build_partMissing_throws() throws Exception {
    KeyStore store = keyStore("PKCS12");
    assertThatThrownBy(() -> KeyStoreMaterialsProvider.builder().keyStore(store).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need keyStore(...), encryptionAlias(...) and signingAlias(...)");
  }

  @Test
  void refresh_entryReplaced_usesTheNewOne() throws Exception {
    KeyStore store = keyStore("PKCS12");
    KeyStoreMaterialsProvider provider = provider(store, "aes", "mac").build();
    set(store, "aes", TestKeys.aes(128));
    assertThat(bitsOf(provider)).isEqualTo(256);
    provider.refresh();
    assertThat(bitsOf(provider)).isEqualTo(128);
  }

  @Test
  void refresh_oneEntryGone_throwsAndKeepsBothOldOnes() throws Exception {
    KeyStore store = keyStore("PKCS12");
    KeyStoreMaterialsProvider provider = provider(store, "aes", "mac").build();
    set(store, "aes", TestKeys.aes(128));
    store.deleteEntry("mac");
    assertThatThrownBy(provider::refresh)
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_SOURCE_FAILED))
        .hasMessageContaining("not read anew: The key store has no entry 'mac'");
    assertThat(bitsOf(provider)).isEqualTo(256);
  }

  private static int bitsOf(KeyStoreMaterialsProvider provider) {
    return provider.encryptionMaterials(writing()).encryptionKey().orElseThrow().getEncoded().length
        * 8;
  }
}
