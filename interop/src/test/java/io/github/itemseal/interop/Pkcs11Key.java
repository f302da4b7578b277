package io.github.itemseal.interop;

import io.github.itemseal.materials.DelegatedKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * An example to copy: an AES or MAC key in an HSM, as a delegated key. All it needs of the HSM's
 * JCA provider are AES in ECB and CBC mode and the MAC, which every PKCS #11 token has; it writes
 * the bytes that a key outside the HSM would write. Thread-safe if the provider is.
 *
 * <p>Wrapping is what the JDK's own PKCS #11 provider does not offer. It is built here from single
 * blocks (RFC 3394, section 2.2), which are 12 calls of the HSM for each 128 bits of content key:
 * if your HSM's provider has {@code AESWrap}, use that instead.
 */
@SuppressWarnings("serial") // a key in a device is not serialized
final class Pkcs11Key implements DelegatedKey {
  private static final int BLOCK = 16;
  private static final int HALF = 8;
  private static final long INTEGRITY_CHECK = 0xA6A6A6A6A6A6A6A6L; // RFC 3394, section 2.2.3.1

  private final Provider provider;
  private final SecretKey key;
  private final String algorithm;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param provider of the HSM
   * @param key in the HSM
   * @param algorithm AES, or the MAC that the key is for: MAC keys of a token's key store are
   *     called "Generic Secret" and do not know
   */
  Pkcs11Key(Provider provider, SecretKey key, String algorithm) {
    this.provider = provider;
    this.key = key;
    this.algorithm = algorithm;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  // ---- content key: AES/CBC/PKCS5Padding, with the initialisation vector in front ----

  @Override
  public byte[] encrypt(String transformation, byte[] plaintext) throws GeneralSecurityException {
    byte[] iv = new byte[BLOCK];
    random.nextBytes(iv);
    Cipher cipher = Cipher.getInstance(transformation, provider);
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
    byte[] ciphertext = cipher.doFinal(plaintext);
    return ByteBuffer.allocate(BLOCK + ciphertext.length).put(iv).put(ciphertext).array();
  }

  @Override
  public byte[] decrypt(String transformation, byte[] stored) throws GeneralSecurityException {
    if (stored.length < 2 * BLOCK) {
      throw new IllegalBlockSizeException("too short");
    }
    Cipher cipher = Cipher.getInstance(transformation, provider);
    cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(stored, 0, BLOCK));
    return cipher.doFinal(stored, BLOCK, stored.length - BLOCK);
  }

  // ---- wrapping key: RFC 3394 ----

  @Override
  public byte[] wrap(String transformation, SecretKey contentKey) throws GeneralSecurityException {
    byte[] plain = contentKey.getEncoded();
    Cipher cipher = blocks(transformation, Cipher.ENCRYPT_MODE);
    int halves = plain.length / HALF;
    byte[] wrapped = ByteBuffer.allocate(HALF + plain.length).putLong(0).put(plain).array();
    long check = INTEGRITY_CHECK;
    for (int step = 1; step <= 6 * halves; step++) {
      int position = HALF * (1 + (step - 1) % halves);
      byte[] in = ByteBuffer.allocate(BLOCK).putLong(check).put(wrapped, position, HALF).array();
      ByteBuffer out = ByteBuffer.wrap(cipher.doFinal(in));
      check = out.getLong() ^ step;
      out.get(wrapped, position, HALF);
    }
    ByteBuffer.wrap(wrapped).putLong(check);
    return wrapped;
  }

  @Override
  public SecretKey unwrap(String transformation, byte[] wrapped, String keyAlgorithm)
      throws GeneralSecurityException {
    if (wrapped.length < 3 * HALF || wrapped.length % HALF != 0) {
      throw new IllegalBlockSizeException("not a wrapped key");
    }
    Cipher cipher = blocks(transformation, Cipher.DECRYPT_MODE);
    int halves = wrapped.length / HALF - 1;
    byte[] plain = wrapped.clone();
    long check = ByteBuffer.wrap(plain).getLong();
    for (int step = 6 * halves; step >= 1; step--) {
      int position = HALF * (1 + (step - 1) % halves);
      byte[] in =
          ByteBuffer.allocate(BLOCK).putLong(check ^ step).put(plain, position, HALF).array();
      ByteBuffer out = ByteBuffer.wrap(cipher.doFinal(in));
      check = out.getLong();
      out.get(plain, position, HALF);
    }
    if (check != INTEGRITY_CHECK) {
      throw new BadPaddingException("wrapped with another key"); // says: does not fit
    }
    return new SecretKeySpec(Arrays.copyOfRange(plain, HALF, plain.length), keyAlgorithm);
  }

  private Cipher blocks(String transformation, int mode) throws GeneralSecurityException {
    if (!transformation.equals("AESWrap")) {
      throw new UnsupportedOperationException("This key wraps by RFC 3394 only.");
    }
    Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding", provider);
    cipher.init(mode, key);
    return cipher;
  }

  // ---- signing key: a MAC ----

  @Override
  public byte[] sign(String algorithm, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm, provider);
    mac.init(key);
    return mac.doFinal(message);
  }

  @Override
  public boolean verify(String algorithm, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    return MessageDigest.isEqual(sign(algorithm, message), signature);
  }
}
