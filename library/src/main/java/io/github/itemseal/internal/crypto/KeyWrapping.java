package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Makes AES content keys, and wraps and unwraps them with RSA (RFC 8017). */
public final class KeyWrapping {
  /** The algorithm name of the keys made, wrapped and unwrapped here. */
  public static final String AES = "AES";

  private static final String HMAC = "HmacSHA256";
  private static final byte[] PROCESS_SECRET = generateAesKey(256).getEncoded();

  private KeyWrapping() {}

  /** A random AES key. */
  public static SecretKey generateAesKey(int bits) {
    return new SecretKeySpec(RandomBytes.of(bits / 8), AES);
  }

  /**
   * The wrapped key, as long as the RSA modulus.
   *
   * @throws KeyFailure if the wrapping key cannot be used
   */
  public static byte[] wrapRsa(PublicKey wrappingKey, RsaPadding padding, SecretKey contentKey) {
    try {
      return Jca.INSTALLED
          .cipher(padding.transformation(), Cipher.WRAP_MODE, wrappingKey, padding.parameters())
          .wrap(contentKey);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("wrapping key", e);
    }
  }

  /**
   * The AES key inside. A PKCS #1 v1.5 blob that does not open, or holds no key of the expected
   * length, gives a {@linkplain #substitute substitute} of that length instead, which then fails
   * like any other wrong key: nobody learns whether the padding was right (RFC 5246, section
   * 7.4.7.1, gives the same advice).
   *
   * @param expectedBits the length that the item claims; 0 where it claims none
   * @throws CryptoFailure if an OAEP blob was not wrapped with this key
   * @throws KeyFailure if the unwrapping key cannot be used
   */
  public static SecretKey unwrapRsa(
      PrivateKey unwrappingKey, RsaPadding padding, byte[] wrapped, int expectedBits) {
    Cipher cipher = unwrapper(unwrappingKey, padding);
    if (padding != RsaPadding.PKCS1_V15) {
      return unwrap(cipher, wrapped);
    }
    SecretKey substitute = substitute(unwrappingKey, wrapped, expectedBits);
    try {
      SecretKey key = unwrap(cipher, wrapped);
      return hasLength(key, expectedBits) ? key : substitute;
    } catch (CryptoFailure | KeyFailure e) {
      return substitute; // some devices report wrong padding as a failure of their own
    }
  }

  /**
   * Whether a key has the expected bits, or those of any AES key where 0 are expected. True for a
   * key that does not show its bytes: it has come out of a device.
   */
  public static boolean hasLength(SecretKey key, int expectedBits) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      return true;
    }
    int bits = 8 * encoded.length;
    return expectedBits == 0 ? bits == 128 || bits == 192 || bits == 256 : bits == expectedBits;
  }

  /**
   * A key that looks random, and is always the same for the same blob and unwrapping key: one that
   * changed from try to try would tell itself from a key that was really there. A key whose bytes
   * cannot be had is replaced by a secret of this process.
   *
   * @param expectedBits its length; 0 for 256
   */
  public static SecretKey substitute(Key unwrappingKey, byte[] wrapped, int expectedBits) {
    byte[] encoded = unwrappingKey.getEncoded();
    byte[] secret = new Sha256().update(encoded == null ? PROCESS_SECRET : encoded).digest();
    byte[] key = Signatures.sign(HMAC, new SecretKeySpec(secret, HMAC), wrapped);
    return new SecretKeySpec(key, 0, (expectedBits == 0 ? 256 : expectedBits) / 8, AES);
  }

  private static Cipher unwrapper(PrivateKey unwrappingKey, RsaPadding padding) {
    try {
      return Jca.INSTALLED.cipher(
          padding.transformation(), Cipher.UNWRAP_MODE, unwrappingKey, padding.parameters());
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("unwrapping key", e);
    }
  }

  /** The key inside, by a cipher that is ready to unwrap it. */
  static SecretKey unwrap(Cipher unwrapper, byte[] wrapped) {
    try {
      return (SecretKey) unwrapper.unwrap(wrapped, AES, Cipher.SECRET_KEY);
    } catch (ProviderException e) {
      throw new KeyFailure("unwrapping key", e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new CryptoFailure();
    }
  }
}
