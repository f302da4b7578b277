package io.github.itemseal.internal.crypto;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * RSA with OAEP (RFC 8017, section 7.1) and an empty label, where MGF1 uses the same hash; in
 * {@link RsaPadding} it uses SHA-1.
 */
public enum RsaOaep {
  SHA1("SHA-1"),
  SHA256("SHA-256"),
  SHA384("SHA-384"),
  SHA512("SHA-512");

  private final String hash;

  RsaOaep(String hash) {
    this.hash = hash;
  }

  /**
   * The ciphertext, as long as the modulus.
   *
   * @throws KeyFailure if the key cannot be used, or is too short for the plaintext
   */
  public byte[] encrypt(Jca jca, PublicKey key, byte[] plaintext) {
    return KeyCalls.call(
        "RSA public key",
        () -> {
          Cipher cipher = jca.cipher("RSA/ECB/OAEPPadding");
          cipher.init(Cipher.ENCRYPT_MODE, key, parameters());
          return cipher.doFinal(plaintext);
        });
  }

  /**
   * The plaintext.
   *
   * @throws CryptoFailure if it was not encrypted so with this key
   * @throws KeyFailure if the key cannot be used
   */
  public byte[] decrypt(Jca jca, PrivateKey key, byte[] ciphertext) {
    return KeyCalls.open(
        "RSA private key",
        () -> {
          Cipher cipher = jca.cipher("RSA/ECB/OAEPPadding");
          cipher.init(Cipher.DECRYPT_MODE, key, parameters());
          return cipher.doFinal(ciphertext);
        });
  }

  private OAEPParameterSpec parameters() {
    return new OAEPParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
  }
}
