package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.internal.crypto.KeyCalls;
import io.github.itemseal.internal.crypto.Signatures;
import io.github.itemseal.materials.DelegatedKey;
import io.github.itemseal.materials.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SignatureException;

/** Signs and verifies the string to sign, by the JCA or by the key itself. Stateless. */
final class DdbecItemSignature {
  private DdbecItemSignature() {}

  /**
   * @throws io.github.itemseal.internal.crypto.KeyFailure if the key cannot be used
   */
  static byte[] sign(SigningAlgorithm algorithm, Key key, byte[] message) {
    if (key instanceof DelegatedKey delegated) {
      return KeyCalls.call("signing key", () -> delegated.sign(algorithm.jcaName(), message))
          .clone();
    }
    return Signatures.sign(algorithm.jcaName(), key, message);
  }

  /**
   * Whether a signature fits.
   *
   * @throws io.github.itemseal.internal.crypto.KeyFailure if the key cannot be used
   */
  static boolean verify(SigningAlgorithm algorithm, Key key, byte[] message, byte[] signature) {
    if (key instanceof DelegatedKey delegated) {
      return KeyCalls.call(
          "verification key",
          () -> verify(delegated, algorithm, message.clone(), signature.clone()));
    }
    return Signatures.verify(algorithm.jcaName(), key, message, signature);
  }

  private static boolean verify(
      DelegatedKey key, SigningAlgorithm algorithm, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    try {
      return key.verify(algorithm.jcaName(), message, signature);
    } catch (SignatureException e) {
      return false; // not even the shape of a signature
    }
  }
}
