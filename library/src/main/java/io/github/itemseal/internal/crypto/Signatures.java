package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import javax.crypto.SecretKey;

/** MACs (RFC 2104) and asymmetric signatures behind one pair of methods. Thread-safe. */
public final class Signatures {
  private Signatures() {}

  /**
   * Signs a message.
   *
   * @param jcaName a JCA {@code Mac} name for a secret key, a {@code Signature} name for a private
   *     key; already checked against the key by the caller
   * @throws KeyFailure if the key cannot be used
   */
  public static byte[] sign(String jcaName, Key key, byte[] message) {
    try {
      if (key instanceof SecretKey secret) {
        return MacKey.mac(jcaName, secret, message);
      }
      Signature signature = Signature.getInstance(jcaName);
      signature.initSign((PrivateKey) key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("signing key", e);
    }
  }

  /**
   * Whether a signature fits; MACs are compared in constant time.
   *
   * @throws KeyFailure if the key cannot be used
   */
  public static boolean verify(String jcaName, Key key, byte[] message, byte[] candidate) {
    try {
      if (key instanceof SecretKey secret) {
        return MessageDigest.isEqual(MacKey.mac(jcaName, secret, message), candidate);
      }
      Signature signature = Signature.getInstance(jcaName);
      signature.initVerify((PublicKey) key);
      signature.update(message);
      return signature.verify(candidate);
    } catch (SignatureException e) {
      return false; // not even the shape of a signature
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyFailure("verification key", e);
    }
  }
}
