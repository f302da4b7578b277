package io.github.itemseal.testing;

import io.github.itemseal.materials.DelegatedKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * A delegated key for tests, which does in this process what a device would. It writes the bytes
 * that the library would write with the key inside.
 */
@SuppressWarnings("serial") // no test serializes it
public final class SoftwareDelegatedKey implements DelegatedKey {
  private final String algorithm;
  private final Key privateOrSecret;
  private final Key publicOrSecret;

  private SoftwareDelegatedKey(String algorithm, Key privateOrSecret, Key publicOrSecret) {
    this.algorithm = algorithm;
    this.privateOrSecret = privateOrSecret;
    this.publicOrSecret = publicOrSecret;
  }

  /** Does what this AES or MAC key can do. */
  public static SoftwareDelegatedKey of(SecretKey key) {
    return new SoftwareDelegatedKey(key.getAlgorithm(), key, key);
  }

  /** Wraps ({@code RSA}) or signs (the name of a signature algorithm) with this pair. */
  public static SoftwareDelegatedKey of(String algorithm, KeyPair pair) {
    return new SoftwareDelegatedKey(algorithm, pair.getPrivate(), pair.getPublic());
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public byte[] encrypt(String transformation, byte[] plaintext) throws GeneralSecurityException {
    byte[] iv = new byte[16];
    new SecureRandom().nextBytes(iv);
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(Cipher.ENCRYPT_MODE, privateOrSecret, new IvParameterSpec(iv));
    byte[] ciphertext = cipher.doFinal(plaintext);
    byte[] stored = Arrays.copyOf(iv, iv.length + ciphertext.length);
    System.arraycopy(ciphertext, 0, stored, iv.length, ciphertext.length);
    return stored;
  }

  @Override
  public byte[] decrypt(String transformation, byte[] stored) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(Cipher.DECRYPT_MODE, privateOrSecret, new IvParameterSpec(stored, 0, 16));
    return cipher.doFinal(stored, 16, stored.length - 16);
  }

  @Override
  public byte[] wrap(String transformation, SecretKey contentKey) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(Cipher.WRAP_MODE, publicOrSecret, parameters(transformation), new SecureRandom());
    return cipher.wrap(contentKey);
  }

  @Override
  public SecretKey unwrap(String transformation, byte[] wrapped, String keyAlgorithm)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(Cipher.UNWRAP_MODE, privateOrSecret, parameters(transformation));
    try {
      return (SecretKey) cipher.unwrap(wrapped, keyAlgorithm, Cipher.SECRET_KEY);
    } catch (InvalidKeyException e) { // the key itself was accepted by init
      throw (BadPaddingException) new BadPaddingException("does not unwrap").initCause(e);
    }
  }

  private static AlgorithmParameterSpec parameters(String transformation) {
    return transformation.contains("OAEPWithSHA-256")
        ? new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT)
        : null;
  }

  @Override
  public byte[] sign(String algorithm, byte[] message) throws GeneralSecurityException {
    if (privateOrSecret instanceof PrivateKey key) {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    }
    Mac mac = Mac.getInstance(algorithm);
    mac.init(privateOrSecret);
    return mac.doFinal(message);
  }

  @Override
  public boolean verify(String algorithm, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    if (publicOrSecret instanceof PublicKey key) {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    }
    return MessageDigest.isEqual(sign(algorithm, message), signature);
  }
}
