package io.github.itemseal.internal.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;

/**
 * ECDSA on P-384 with SHA-384 (FIPS 186-4), in DER of exactly 103 bytes: of the two numbers inside,
 * one has its highest bit set and takes 49 bytes, the other takes 48. Stateless.
 */
public final class EcdsaP384 {
  /** Bytes of every signature made here. */
  public static final int SIGNATURE_BYTES = 103;

  private static final String ALGORITHM = "SHA384withECDSA";

  /** A try fails about once in a hundred; so many in a row never do. */
  private static final int MAX_TRIES = 100;

  private EcdsaP384() {}

  /**
   * A signature of 103 bytes. Where it comes out with another length, s is replaced by its
   * negative, which is as good; where that does not help, it is made anew.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] sign(Jca jca, PrivateKey key, byte[] message) {
    try {
      Signature signer = jca.signature(ALGORITHM);
      signer.initSign(key);
      for (int i = 0; i < MAX_TRIES; i++) {
        signer.update(message);
        byte[] signature = signer.sign();
        if (signature.length != SIGNATURE_BYTES) {
          signature = withNegativeS(signature, ((ECKey) key).getParams().getOrder());
        }
        if (signature.length == SIGNATURE_BYTES) {
          return signature;
        }
      }
      throw new SignatureException("no signature has " + SIGNATURE_BYTES + " bytes");
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("signing key", e);
    }
  }

  /** Shape: 30, length; 02, length, r; 02, length, s. Each length is one byte. */
  static byte[] withNegativeS(byte[] der, BigInteger order) {
    int rEnd = 4 + der[3];
    BigInteger s = new BigInteger(Arrays.copyOfRange(der, rEnd + 2, der.length));
    byte[] negative = order.subtract(s).toByteArray();
    byte[] changed = Arrays.copyOf(der, rEnd + 2 + negative.length);
    changed[1] = (byte) (changed.length - 2);
    changed[rEnd + 1] = (byte) negative.length;
    System.arraycopy(negative, 0, changed, rEnd + 2, negative.length);
    return changed;
  }

  /**
   * Whether {@code bytes[offset, offset + 103)} is a signature of the message.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public static boolean verify(Jca jca, ECPublicKey key, byte[] message, byte[] bytes, int offset) {
    try {
      Signature verifier = jca.signature(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(bytes, offset, SIGNATURE_BYTES);
    } catch (SignatureException e) {
      return false; // not even the shape of a signature
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("verification key", e);
    }
  }
}
