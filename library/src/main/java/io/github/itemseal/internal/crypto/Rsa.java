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
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** RSA encryption (RFC 8017) of secrets, and RSA keys in PEM (RFC 7468). Stateless. */
public final class Rsa {
  private Rsa() {}

  /**
   * The wrapped secret, as long as the modulus: its bytes under RSA encryption. Asked for as
   * wrapping, since providers in an approved mode of FIPS encrypt nothing else with RSA.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] wrap(
      Jca jca,
      String transformation,
      @Nullable AlgorithmParameterSpec parameters,
      PublicKey key,
      byte[] secret) {
    return KeyCalls.call(
        "wrapping key",
        () -> {
          return jca.cipher(transformation, Cipher.WRAP_MODE, key, parameters)
              .wrap(new SecretKeySpec(secret, "Generic"));
        });
  }

  /**
   * The secret inside. A provider that does not unwrap with this key, or keeps what it unwraps in
   * its device, is asked to decrypt instead.
   *
   * @throws CryptoFailure if it was not wrapped with this key
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] unwrap(
      Jca jca,
      String transformation,
      @Nullable AlgorithmParameterSpec parameters,
      PrivateKey key,
      byte[] wrapped) {
    Cipher unwrapper;
    try {
      unwrapper = jca.cipher(transformation, Cipher.UNWRAP_MODE, key, parameters);
    } catch (GeneralSecurityException | RuntimeException e) {
      return decrypt(jca, transformation, parameters, key, wrapped);
    }
    byte[] secret = KeyWrapping.unwrap(unwrapper, wrapped).getEncoded();
    return secret == null ? decrypt(jca, transformation, parameters, key, wrapped) : secret;
  }

  private static byte[] decrypt(
      Jca jca,
      String transformation,
      @Nullable AlgorithmParameterSpec parameters,
      PrivateKey key,
      byte[] wrapped) {
    return KeyCalls.open(
        "unwrapping key",
        () -> {
          return jca.cipher(transformation, Cipher.DECRYPT_MODE, key, parameters).doFinal(wrapped);
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
