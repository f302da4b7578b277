package io.github.itemseal.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeySpec;

/** An RSA key pair for encryption: OAEP, both of its hashes the one in the algorithm's name. */
final class RsaMaterial implements KeyMaterial {
  private final KeySpec spec;
  private final KeyPair pair;

  RsaMaterial(KeySpec spec) {
    this.spec = spec;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(
          switch (spec) {
            case RSA_2048 -> 2048;
            case RSA_3072 -> 3072;
            default -> 4096;
          });
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

  byte[] encrypt(EncryptionAlgorithmSpec algorithm, byte[] plaintext) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, algorithm).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw KmsFaults.validation("The plaintext is too long for the key.");
    }
  }

  byte[] decrypt(EncryptionAlgorithmSpec algorithm, byte[] ciphertext) {
    try {
      return cipher(Cipher.DECRYPT_MODE, algorithm).doFinal(ciphertext);
    } catch (GeneralSecurityException e) {
      throw AesGcm.invalidCiphertext();
    }
  }

  private Cipher cipher(int mode, EncryptionAlgorithmSpec algorithm)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        mode, mode == Cipher.ENCRYPT_MODE ? pair.getPublic() : pair.getPrivate(), oaep(algorithm));
    return cipher;
  }

  private static AlgorithmParameterSpec oaep(EncryptionAlgorithmSpec algorithm) {
    return switch (algorithm) {
      case RSAES_OAEP_SHA_1 ->
          new OAEPParameterSpec(
              "SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
      case RSAES_OAEP_SHA_256 ->
          new OAEPParameterSpec(
              "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
      default ->
          throw KmsFaults.validation("An RSA key does not encrypt with %s.".formatted(algorithm));
    };
  }
}
