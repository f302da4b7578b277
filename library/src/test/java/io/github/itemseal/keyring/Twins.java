package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemsealException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A keyring's blocking and asynchronous face, of which every test uses both: what one writes the
 * other reads, and both refuse alike.
 */
record Twins(Keyring blocking, AsyncKeyring async) {
  static final Map<String, String> CONTEXT =
      Map.of("aws-crypto-table-name", "T", "aws-crypto-partition-name", "pk");

  static Twins of(LocalKeyring keyring) {
    return new Twins(keyring, keyring);
  }

  static EncryptionMaterials toWrite() {
    return toWrite(AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384);
  }

  static EncryptionMaterials toWrite(AlgorithmSuite suite) {
    return EncryptionMaterials.builder(suite).encryptionContext(CONTEXT).build();
  }

  static DecryptionMaterials toRead(EncryptionMaterials written) {
    return toRead(CONTEXT, written.encryptedDataKeys());
  }

  static DecryptionMaterials toRead(Map<String, String> context, List<EncryptedDataKey> keys) {
    return DecryptionMaterials.builder(
            AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384, keys)
        .reproducedContext(context)
        .build();
  }

  /** What each face writes. */
  List<EncryptionMaterials> write() {
    return List.of(blocking.onEncrypt(toWrite()), async.onEncryptAsync(toWrite()).join());
  }

  /** Both faces open these, with the data key and the signing key that were written. */
  void assertRead(EncryptionMaterials written) {
    DecryptionMaterials materials = toRead(written);
    for (DecryptionMaterials read :
        List.of(blocking.onDecrypt(materials), async.onDecryptAsync(materials).join())) {
      assertThat(read.dataKey()).isEqualTo(written.dataKey()).isPresent();
      assertThat(written.symmetricSigningKeys()).contains(read.symmetricSigningKey().orElseThrow());
    }
  }

  /** Each face reads what each face writes. */
  void assertRoundTrips() {
    write().forEach(this::assertRead);
  }

  /** Both faces refuse to read, with this exception and this in its message. */
  void assertRefuses(
      DecryptionMaterials materials, Class<? extends ItemsealException> type, String message) {
    assertThatThrownBy(() -> blocking.onDecrypt(materials))
        .isInstanceOf(type)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> async.onDecryptAsync(materials).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(type)
        .hasMessageContaining(message);
  }

  /** Both faces refuse to write, with this exception and this in its message. */
  void assertDoesNotWrite(
      EncryptionMaterials materials, Class<? extends ItemsealException> type, String message) {
    assertThatThrownBy(() -> blocking.onEncrypt(materials))
        .isInstanceOf(type)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> async.onEncryptAsync(materials).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(type)
        .hasMessageContaining(message);
  }

  static EncryptedDataKey withInfo(EncryptedDataKey key, byte[] info) {
    return new EncryptedDataKey(key.providerId(), SdkBytes.fromByteArray(info), key.ciphertext());
  }

  static EncryptedDataKey withCiphertext(EncryptedDataKey key, byte[] ciphertext) {
    return new EncryptedDataKey(
        key.providerId(), key.providerInfo(), SdkBytes.fromByteArray(ciphertext));
  }
}
