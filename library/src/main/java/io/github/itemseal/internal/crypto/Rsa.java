package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** RSA encryption (RFC 8017) of short secrets, and RSA keys in PEM (RFC 7468). Stateless. */
public final class Rsa {
  private Rsa() {}

  /**
   * The ciphertext, as long as the modulus.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] encrypt(
      Jca jca,
      String transformation,
      @Nullable AlgorithmParameterSpec parameters,
      PublicKey key,
      byte[] plaintext) {
    return KeyCalls.call(
        "wrapping key",
        () -> {
          return jca.cipher(transformation, Cipher.ENCRYPT_MODE, key, parameters)
              .doFinal(plaintext);
        });
  }

  /**
   * The plaintext.
   *
   * @throws CryptoFailure if it was not encrypted with this key
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] decrypt(
      Jca jca,
      String transformation,
      @Nullable AlgorithmParameterSpec parameters,
      PrivateKey key,
      byte[] ciphertext) {
    return KeyCalls.open(
        "unwrapping key",
        () -> {
          return jca.cipher(transformation, Cipher.DECRYPT_MODE, key, parameters)
              .doFinal(ciphertext);
        });
  }

  /**
   * The public key of a {@code PUBLIC KEY} block.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static PublicKey publicKey(String pem) {
    return fromPem(
        pem, "PUBLIC KEY", (rsa, der) -> rsa.generatePublic(new X509EncodedKeySpec(der)));
  }

  /**
   * The private key of an unencrypted {@code PRIVATE KEY} block (PKCS #8).
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static PrivateKey privateKey(String pem) {
    return fromPem(
        pem, "PRIVATE KEY", (rsa, der) -> rsa.generatePrivate(new PKCS8EncodedKeySpec(der)));
  }

  private static <T> T fromPem(String pem, String label, FromDer<T> fromDer) {
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf(end);
    if (from >= 0 && to > from) {
      try {
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        return fromDer.get(Jca.INSTALLED.keyFactory("RSA"), der);
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // said below, without the cause: it may quote the key
      }
    }
    throw new IllegalArgumentException("Expected an RSA key in a PEM block '" + label + "'.");
  }

  @FunctionalInterface
  private interface FromDer<T> {
    T get(KeyFactory rsa, byte[] der) throws GeneralSecurityException;
  }
}
