package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;

class RawAesKeyringTest {
  private static final AlgorithmSuite SUITE =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
  private static final Map<String, String> CONTEXT = Map.of("table", "Tést", "b", "2");
  private static final RawAesKeyring KEYRING = RawAesKeyring.of("ns", "kn", TestKeys.aes(256));

  private static EncryptionMaterials encrypt(Keyring keyring) {
    return keyring.onEncrypt(
        EncryptionMaterials.builder(SUITE)
            .encryptionContext(CONTEXT)
            .subject(FailureSubject.table("People"))
            .build());
  }

  private static DecryptionMaterials toDecrypt(
      List<EncryptedDataKey> keys, Map<String, String> context) {
    return DecryptionMaterials.builder(SUITE, keys)
        .reproducedContext(context)
        .subject(FailureSubject.table("People"))
        .build();
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 192, 256})
  void onDecrypt_whatItWrapped_givesTheSameKeys(int bits) {
    RawAesKeyring keyring = RawAesKeyring.of("ns", "kn", TestKeys.aes(bits));
    EncryptionMaterials written = encrypt(keyring);
    DecryptionMaterials read = keyring.onDecrypt(toDecrypt(written.encryptedDataKeys(), CONTEXT));
    assertThat(read.dataKey()).isPresent().isEqualTo(written.dataKey());
    assertThat(read.symmetricSigningKey()).contains(written.symmetricSigningKeys().get(0));
  }

  @Test
  void onEncrypt_encryptedDataKey_hasTheDocumentedShape() {
    EncryptedDataKey key = encrypt(KEYRING).encryptedDataKeys().get(0);
    assertThat(key.providerId()).isEqualTo("ns");
    assertThat(key.providerInfo().asByteArray())
        .startsWith('k', 'n', 0, 0, 0, 128, 0, 0, 0, 12)
        .hasSize(2 + 8 + 12);
    assertThat(key.ciphertext().asByteArray()).hasSize(48 + 48);
  }

  @Test
  void onEncrypt_secondKeyring_wrapsTheSameDataKeyWithItsOwnSigningKey() {
    RawAesKeyring second = RawAesKeyring.of("ns", "other", TestKeys.aes(128));
    EncryptionMaterials first = encrypt(KEYRING);
    EncryptionMaterials both = second.onEncrypt(first);
    assertThat(both.dataKey()).isEqualTo(first.dataKey());
    assertThat(both.encryptedDataKeys()).hasSize(2);
    assertThat(both.symmetricSigningKeys()).hasSize(2).doesNotHaveDuplicates();
    DecryptionMaterials read = second.onDecrypt(toDecrypt(both.encryptedDataKeys(), CONTEXT));
    assertThat(read.dataKey()).isEqualTo(first.dataKey());
    assertThat(read.symmetricSigningKey()).contains(both.symmetricSigningKeys().get(1));
  }

  @Test
  void onDecrypt_otherContext_throwsAuthentication() {
    List<EncryptedDataKey> keys = encrypt(KEYRING).encryptedDataKeys();
    assertThatThrownBy(() -> KEYRING.onDecrypt(toDecrypt(keys, Map.of("table", "Tést", "b", "3"))))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("item of table 'People'");
  }

  @Test
  void onDecrypt_keyOfTheSameNameButOtherBytes_throwsAuthentication() {
    List<EncryptedDataKey> keys = encrypt(KEYRING).encryptedDataKeys();
    RawAesKeyring other = RawAesKeyring.of("ns", "kn", new SecretKeySpec(new byte[32], "AES"));
    assertThatThrownBy(() -> other.onDecrypt(toDecrypt(keys, CONTEXT)))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void onDecrypt_otherNames_throwsMaterialsUnavailable() {
    List<EncryptedDataKey> keys = encrypt(KEYRING).encryptedDataKeys();
    for (RawAesKeyring other :
        List.of(
            RawAesKeyring.of("n", "kn", TestKeys.aes(256)),
            RawAesKeyring.of("ns", "k", TestKeys.aes(256)))) {
      assertThatThrownBy(() -> other.onDecrypt(toDecrypt(keys, CONTEXT)))
          .isInstanceOfSatisfying(
              MaterialsUnavailableException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_NOT_CONFIGURED))
          .hasMessageContaining("No configured key");
    }
  }

  @Test
  void onDecrypt_everyBitOfTheKeyFlipped_isRefused() {
    EncryptedDataKey key = encrypt(KEYRING).encryptedDataKeys().get(0);
    byte[] ciphertext = key.ciphertext().asByteArray();
    for (int bit = 0; bit < 8 * ciphertext.length; bit++) {
      byte[] flipped = ciphertext.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      EncryptedDataKey changed =
          new EncryptedDataKey("ns", key.providerInfo(), SdkBytes.fromByteArray(flipped));
      assertThatThrownBy(() -> KEYRING.onDecrypt(toDecrypt(List.of(changed), CONTEXT)))
          .as("bit %s", bit)
          .isInstanceOf(ItemAuthenticationException.class)
          .hasMessageContaining("failed authentication");
    }
  }

  @Test
  void onDecrypt_shortCiphertext_throwsMalformed() {
    EncryptedDataKey key = encrypt(KEYRING).encryptedDataKeys().get(0);
    EncryptedDataKey cut =
        new EncryptedDataKey("ns", key.providerInfo(), SdkBytes.fromByteArray(new byte[48]));
    assertThatThrownBy(() -> KEYRING.onDecrypt(toDecrypt(List.of(cut), CONTEXT)))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("encrypted data key that is too short");
  }

  @Test
  void onDecrypt_spoiledKeyBeforeAGoodOne_opensTheGoodOne() {
    EncryptionMaterials written = encrypt(KEYRING);
    EncryptedDataKey good = written.encryptedDataKeys().get(0);
    EncryptedDataKey spoiled =
        new EncryptedDataKey("ns", good.providerInfo(), SdkBytes.fromByteArray(new byte[96]));
    assertThat(KEYRING.onDecrypt(toDecrypt(List.of(spoiled, good), CONTEXT)).dataKey())
        .isEqualTo(written.dataKey());
  }

  @Test
  void onDecrypt_severalFailures_keepsThemAll() {
    EncryptedDataKey good = encrypt(KEYRING).encryptedDataKeys().get(0);
    List<EncryptedDataKey> keys = new ArrayList<>();
    for (int size : new int[] {96, 48, 97}) {
      keys.add(
          new EncryptedDataKey("ns", good.providerInfo(), SdkBytes.fromByteArray(new byte[size])));
    }
    assertThatThrownBy(() -> KEYRING.onDecrypt(toDecrypt(keys, CONTEXT)))
        .isInstanceOfSatisfying(
            ItemsealException.class, e -> assertThat(e.getSuppressed()).hasSize(2))
        .hasMessageContaining("failed authentication");
  }

  @Test
  void of_unusableArguments_throw() {
    assertThatThrownBy(() -> RawAesKeyring.of("aws-kms", "kn", TestKeys.aes(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'aws-kms'");
    assertThatThrownBy(() -> RawAesKeyring.of("ns", "", TestKeys.aes(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to");
    assertThatThrownBy(() -> RawAesKeyring.of("ns", "kn", TestKeys.hmac()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("AES key");
    assertThatThrownBy(() -> RawAesKeyring.of("ns", "kn", new SecretKeySpec(new byte[33], "AES")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("264 bits");
  }
}
