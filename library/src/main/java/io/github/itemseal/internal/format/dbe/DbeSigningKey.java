package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.internal.crypto.EcCurve;
import io.github.itemseal.internal.crypto.Ecdh;
import io.github.itemseal.internal.crypto.Jca;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;

/**
 * A P-384 key that signs items, with its public half as items carry it. Immutable.
 *
 * @param privateKey never stored anywhere
 * @param publicKey the compressed point, 49 bytes, in Base64
 */
public record DbeSigningKey(PrivateKey privateKey, String publicKey) {
  /** A new one. */
  public static DbeSigningKey generate(Jca jca) {
    KeyPair pair = Ecdh.generate(jca, EcCurve.P384);
    return new DbeSigningKey(
        pair.getPrivate(),
        Base64.getEncoder().encodeToString(EcCurve.P384.compress((ECPublicKey) pair.getPublic())));
  }

  /** The public half only. */
  @Override
  public String toString() {
    return "DbeSigningKey[publicKey=%s]".formatted(publicKey);
  }
}
