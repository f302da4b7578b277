package io.github.itemseal.internal.crypto;

import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAMultiPrimePrivateCrtKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * How strong a configured key must be, whatever source it comes from. What a key does not tell,
 * such as the length of one in a device, is not checked. Stateless.
 *
 * <table>
 *   <caption>The smallest keys</caption>
 *   <tr><th>Key</th><th>To write items</th><th>To read old ones</th></tr>
 *   <tr><td>RSA modulus</td><td>2048 bits</td><td>1024 bits</td></tr>
 *   <tr><td>RSA public exponent, odd</td><td>65537</td><td>3</td></tr>
 *   <tr><td>order of an EC curve</td><td>224 bits</td><td>160 bits</td></tr>
 *   <tr><td>HMAC key</td><td>16 bytes</td><td>8 bytes</td></tr>
 *   <tr><td>AES key</td><td colspan="2">16, 24 or 32 bytes, and no other number</td></tr>
 * </table>
 *
 * <p>To write takes 112 bits of security or more (NIST SP 800-131A). What is read was made by
 * clients that took any key: those sizes are the smallest of their own tests and vectors.
 */
public final class KeyStrength {
  private KeyStrength() {}

  /** What a key is for. */
  public enum Use {
    /** New items: also the key of both directions. */
    WRITING("to write items", 2048, 65537, 224, 16),
    /** Items that exist, and nothing else. */
    READING("to read items", 1024, 3, 160, 8);

    private final String purpose;
    private final int rsaBits;
    private final int rsaExponent;
    private final int curveBits;
    private final int macBytes;

    Use(String purpose, int rsaBits, int rsaExponent, int curveBits, int macBytes) {
      this.purpose = purpose;
      this.rsaBits = rsaBits;
      this.rsaExponent = rsaExponent;
      this.curveBits = curveBits;
      this.macBytes = macBytes;
    }

    /** Whether a MAC key may have so many bits. */
    public boolean allowsMacBits(int bits) {
      return bits >= 8 * macBytes;
    }
  }

  /**
   * The key itself.
   *
   * @throws IllegalArgumentException if it is too weak, or an AES key of a length that there is not
   */
  public static <K extends Key> K require(K key, Use use) {
    String weakness = weakness(key, use);
    if (weakness == null) {
      return key;
    }
    boolean stillReads = use == Use.WRITING && weakness(key, Use.READING) == null;
    throw new IllegalArgumentException(
        weakness + (stillReads ? " It may read old items: configure it for reading only." : ""));
  }

  /**
   * An AES key itself.
   *
   * @throws IllegalArgumentException if it is another key, or of a length that there is not
   */
  public static SecretKey requireAes(SecretKey key) {
    if (!isAes(key)) {
      throw new IllegalArgumentException(
          "Expected an AES key of 128, 192 or 256 bits, got algorithm '%s'."
              .formatted(key.getAlgorithm()));
    }
    return require(key, Use.WRITING);
  }

  /** Whether there are AES keys of so many bits. */
  public static boolean isAesLength(int bits) {
    return bits == 128 || bits == 192 || bits == 256;
  }

  /** What is wrong with a key, in a sentence; null if it will do. */
  private static @Nullable String weakness(Key key, Use use) {
    if (key instanceof RSAKey rsa) {
      return weaknessOfRsa(rsa, use);
    }
    if (key instanceof ECKey ec && ec.getParams() != null) {
      int bits = ec.getParams().getOrder().bitLength();
      return bits >= use.curveBits
          ? null
          : "An EC key needs a curve of %s bits or more %s, this one has %s."
              .formatted(use.curveBits, use.purpose, bits);
    }
    byte[] encoded = key instanceof SecretKey ? key.getEncoded() : null;
    if (encoded == null) {
      return null;
    }
    if (isAes(key)) {
      return isAesLength(8 * encoded.length)
          ? null
          : "Expected an AES key of 128, 192 or 256 bits, got %s bits."
              .formatted(8 * encoded.length);
    }
    boolean weak =
        key.getAlgorithm().toUpperCase(Locale.ROOT).startsWith("HMAC")
            && encoded.length < use.macBytes;
    return weak
        ? "An HMAC key needs %s bytes or more %s, better 32; this one has %s."
            .formatted(use.macBytes, use.purpose, encoded.length)
        : null;
  }

  private static @Nullable String weaknessOfRsa(RSAKey key, Use use) {
    int bits = key.getModulus().bitLength();
    if (bits < use.rsaBits) {
      return "An RSA key needs %s bits or more %s, this one has %s."
          .formatted(use.rsaBits, use.purpose, bits);
    }
    BigInteger exponent = publicExponent(key);
    boolean weak =
        exponent != null
            && (exponent.compareTo(BigInteger.valueOf(use.rsaExponent)) < 0
                || !exponent.testBit(0));
    return weak
        ? "An RSA key needs an odd public exponent of %s or more %s, this one has a weaker one."
            .formatted(use.rsaExponent, use.purpose)
        : null;
  }

  /** Null for a private key that does not tell it. */
  private static @Nullable BigInteger publicExponent(RSAKey key) {
    if (key instanceof RSAPublicKey publicKey) {
      return publicKey.getPublicExponent();
    }
    if (key instanceof RSAPrivateCrtKey privateKey) {
      return privateKey.getPublicExponent();
    }
    return key instanceof RSAMultiPrimePrivateCrtKey multiPrime
        ? multiPrime.getPublicExponent()
        : null;
  }

  private static boolean isAes(Key key) {
    return key.getAlgorithm().equalsIgnoreCase("AES");
  }
}
