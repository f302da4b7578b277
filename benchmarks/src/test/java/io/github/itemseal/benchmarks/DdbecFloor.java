package io.github.itemseal.benchmarks;

import java.security.Key;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The JCA calls that a DDBEC item cannot do without, on as many bytes and on nothing else.
 *
 * <p>In it: the random bytes of content key and IVs, drawn at once; the content key wrapped or
 * unwrapped, if it is; an AES-CBC call an encrypted attribute; a SHA-256 a signed value; the MAC
 * over all hashes; one instance of each algorithm an item; and the arrays that the results are.
 *
 * <p>Not in it: making bytes of values and values of bytes, hashes of names and of actions (they
 * can be kept), sorting, maps, the material description, comparing the MAC.
 */
final class DdbecFloor implements Contender {
  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int HASHES_BYTES = 96; // a signed attribute: of name, kind and value

  /** How an item's content key is stored in it. */
  enum Wrapping {
    /** Not at all: the key is given. */
    NONE,
    /** RFC 3394. */
    AES,
    /** OAEP with SHA-256, and SHA-1 for the mask. */
    RSA;

    private byte[] wrap(SecretKey key) throws Exception {
      return cipher(Cipher.WRAP_MODE, this == AES ? Keys.aes() : Keys.rsa().getPublic()).wrap(key);
    }

    private SecretKey unwrap(byte[] wrapped) throws Exception {
      Cipher cipher =
          cipher(Cipher.UNWRAP_MODE, this == AES ? Keys.aes() : Keys.rsa().getPrivate());
      return (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
    }

    private Cipher cipher(int mode, Key key) throws Exception {
      Cipher cipher = Cipher.getInstance(this == AES ? "AESWrap" : "RSA/ECB/OAEPPadding");
      if (this == AES) {
        cipher.init(mode, key);
      } else {
        cipher.init(mode, key, OAEP);
      }
      return cipher;
    }
  }

  private final Wrapping wrapping;
  private final List<byte[]> plaintexts = new ArrayList<>();
  private final List<byte[]> ciphertexts = new ArrayList<>();
  private final List<byte[]> signedOnly = new ArrayList<>();
  private final SecretKey contentKey = new SecretKeySpec(new byte[KEY_BYTES], "AES");
  private final byte[] wrapped;

  /**
   * @param stored the item as Itemseal stores it, for the lengths
   * @param readable its attributes that are signed only
   */
  DdbecFloor(Wrapping wrapping, Map<String, AttributeValue> stored, Set<String> readable)
      throws Exception {
    this.wrapping = wrapping;
    this.wrapped = wrapping == Wrapping.NONE ? new byte[0] : wrapping.wrap(contentKey);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    for (Map.Entry<String, AttributeValue> entry : stored.entrySet()) {
      if (readable.contains(entry.getKey())) {
        signedOnly.add(new byte[20]);
      } else if (!entry.getKey().startsWith("*")) {
        int length = entry.getValue().b().asByteArrayUnsafe().length;
        byte[] plaintext = new byte[length - IV_BYTES - 1];
        plaintexts.add(plaintext);
        ciphertexts.add(sealed(cipher, contentKey, new byte[IV_BYTES], 0, plaintext));
      }
    }
  }

  @Override
  public Object encrypt() throws Exception {
    int iv = wrapping == Wrapping.NONE ? 0 : KEY_BYTES;
    byte[] random = new byte[iv + IV_BYTES * plaintexts.size()];
    RANDOM.nextBytes(random);
    SecretKey key = contentKey;
    byte[] wrappedKey = wrapped;
    if (wrapping != Wrapping.NONE) {
      key = new SecretKeySpec(random, 0, KEY_BYTES, "AES");
      wrappedKey = wrapping.wrap(key);
    }
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    List<byte[]> stored = new ArrayList<>(plaintexts.size());
    for (byte[] plaintext : plaintexts) {
      stored.add(sealed(cipher, key, random, iv, plaintext));
      iv += IV_BYTES;
    }
    return List.of(stored, wrappedKey, mac(stored));
  }

  @Override
  public Object decrypt() throws Exception {
    SecretKey key = wrapping == Wrapping.NONE ? contentKey : wrapping.unwrap(wrapped);
    byte[] mac = mac(ciphertexts);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    List<byte[]> opened = new ArrayList<>(ciphertexts.size());
    for (byte[] ciphertext : ciphertexts) {
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(ciphertext, 0, IV_BYTES));
      opened.add(cipher.doFinal(ciphertext, IV_BYTES, ciphertext.length - IV_BYTES));
    }
    return List.of(opened, mac);
  }

  /** IV and ciphertext. */
  private static byte[] sealed(
      Cipher cipher, SecretKey key, byte[] random, int iv, byte[] plaintext) throws Exception {
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(random, iv, IV_BYTES));
    byte[] result = new byte[IV_BYTES + plaintext.length + IV_BYTES - plaintext.length % IV_BYTES];
    System.arraycopy(random, iv, result, 0, IV_BYTES);
    cipher.doFinal(plaintext, 0, plaintext.length, result, IV_BYTES);
    return result;
  }

  /** The MAC over the hash of the table's name and three hashes a signed attribute. */
  private byte[] mac(List<byte[]> encrypted) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] input = new byte[HASH_BYTES + HASHES_BYTES * (encrypted.size() + signedOnly.size())];
    int position = HASH_BYTES + HASHES_BYTES - HASH_BYTES;
    for (byte[] value : encrypted) {
      sha256.update(value);
      sha256.digest(input, position, HASH_BYTES);
      position += HASHES_BYTES;
    }
    for (byte[] value : signedOnly) {
      sha256.update(value);
      sha256.digest(input, position, HASH_BYTES);
      position += HASHES_BYTES;
    }
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(Keys.hmac());
    return mac.doFinal(input);
  }
}
