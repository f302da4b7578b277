package io.github.itemseal.internal.crypto;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyAgreement;

/** Diffie-Hellman on the NIST curves. Stateless. */
public final class Ecdh {
  private static final String ROLE = "EC private key";

  private Ecdh() {}

  /** A new key pair. */
  public static KeyPair generate(Jca jca, EcCurve curve) {
    return KeyCalls.call(
        "EC key pair generator",
        () -> {
          KeyPairGenerator generator = jca.keyPairGenerator("EC");
          generator.initialize(new ECGenParameterSpec(curve.jcaName()));
          return generator.generateKeyPair();
        });
  }

  /**
   * The secret that two key pairs share: the x coordinate, as many bytes as the field has.
   *
   * @param publicKey of the other side, on the private key's curve: the caller has checked that
   * @throws KeyFailure if the private key cannot be used
   */
  public static byte[] agree(Jca jca, PrivateKey privateKey, ECPublicKey publicKey) {
    return KeyCalls.call(
        ROLE,
        () -> {
          KeyAgreement agreement = jca.keyAgreement("ECDH");
          agreement.init(privateKey);
          agreement.doPhase(publicKey, true);
          return agreement.generateSecret();
        });
  }

  /**
   * The public half of a private key. The JCA has no call for it, so: agreement with the generator
   * gives its x coordinate, and of the two points there, it is the one that verifies a signature.
   *
   * @throws KeyFailure if the private key cannot be used, for signatures too
   */
  public static ECPublicKey publicKeyOf(Jca jca, EcCurve curve, PrivateKey privateKey) {
    byte[] x = agree(jca, privateKey, curve.publicKey(jca, curve.generator()));
    byte[] compressed = new byte[curve.compressedBytes()];
    compressed[0] = 2;
    System.arraycopy(x, 0, compressed, compressed.length - x.length, x.length);
    ECPublicKey even = curve.decompress(jca, compressed).orElseThrow();
    return KeyCalls.call(
        ROLE,
        () -> {
          byte[] message = RandomBytes.of(32);
          Signature signer = jca.signature("SHA256withECDSA");
          signer.initSign(privateKey);
          signer.update(message);
          byte[] signature = signer.sign();
          Signature verifier = jca.signature("SHA256withECDSA");
          verifier.initVerify(even);
          verifier.update(message);
          if (verifier.verify(signature)) {
            return even;
          }
          compressed[0] = 3;
          return curve.decompress(jca, compressed).orElseThrow();
        });
  }
}
