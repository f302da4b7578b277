package io.github.itemseal.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import javax.crypto.KeyAgreement;
import software.amazon.awssdk.services.kms.model.KeySpec;

/** A key pair on a NIST curve for key agreement. */
final class EcMaterial implements KeyMaterial {
  private final KeySpec spec;
  private final KeyPair pair;

  EcMaterial(KeySpec spec) {
    this.spec = spec;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(
          new ECGenParameterSpec(
              switch (spec) {
                case ECC_NIST_P256 -> "secp256r1";
                case ECC_NIST_P384 -> "secp384r1";
                default -> "secp521r1";
              }));
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public KeySpec spec() {
    return spec;
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  /** The x coordinate of the product with a public key, given as X.509 DER of the same curve. */
  byte[] deriveSharedSecret(byte[] publicKey) {
    try {
      PublicKey other =
          KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey));
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(pair.getPrivate());
      agreement.doPhase(other, true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException | IllegalStateException e) {
      throw KmsFaults.validation("The public key is not a point on the curve of the key.");
    }
  }
}
