package io.github.itemseal.benchmarks;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The JCA calls that a DDBEC item cannot do without, on as many bytes and on nothing else: a
 * content key wrapped and unwrapped (if asked for), an AES-CBC encryption an encrypted attribute, a
 * SHA-256 a signed value, and the MAC. Hashes of names are not in it: they can be kept.
 */
final class DdbecFloor implements Contender {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int IV_BYTES = 16;
  private static final int HASHES_BYTES = 96; // a signed attribute: of name, kind and value

  private final boolean wraps;
  private final List<byte[]> ciphertexts = new ArrayList<>();
  private final List<byte[]> signedOnly = new ArrayList<>();
  private final SecretKey contentKey = new SecretKeySpec(new byte[32], "AES");
  private final byte[] wrapped;

  /**
   * @param stored the item as Itemseal stores it, for the lengths
   * @param readable its attributes that are signed only
   */
  DdbecFloor(boolean wraps, Map<String, AttributeValue> stored, Set<String> readable)
      throws Exception {
    this.wraps = wraps;
    this.wrapped = wrap(contentKey);
    for (Map.Entry<String, AttributeValue> entry : stored.entrySet()) {
      if (readable.contains(entry.getKey())) {
        signedOnly.add(new byte[20]);
      } else if (!entry.getKey().startsWith("*")) {
        byte[] plaintext = new byte[entry.getValue().b().asByteArrayUnsafe().length - IV_BYTES - 1];
        ciphertexts.add(sealed(Cipher.getInstance("AES/CBC/PKCS5Padding"), contentKey, plaintext));
      }
    }
  }

  @Override
  public Object encrypt() throws Exception {
    SecretKey key = contentKey;
    byte[] wrappedKey = wrapped;
    if (wraps) {
      byte[] bytes = new byte[32];
      RANDOM.nextBytes(bytes);
      key = new SecretKeySpec(bytes, "AES");
      wrappedKey = wrap(key);
    }
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] input = new byte[32 + HASHES_BYTES * (ciphertexts.size() + signedOnly.size())];
    int position = 32 + 64;
    List<byte[]> stored = new ArrayList<>(ciphertexts.size());
    for (byte[] ciphertext : ciphertexts) {
      byte[] plaintext = new byte[ciphertext.length - IV_BYTES - 1];
      byte[] result = sealed(cipher, key, plaintext);
      stored.add(result);
      sha256.update(result);
      sha256.digest(input, position, 32);
      position += HASHES_BYTES;
    }
    hashReadable(sha256, input, position);
    return List.of(stored, wrappedKey, mac(input));
  }

  @Override
  public Object decrypt() throws Exception {
    SecretKey key = contentKey;
    if (wraps) {
      Cipher unwrapping = Cipher.getInstance("AESWrap");
      unwrapping.init(Cipher.UNWRAP_MODE, Keys.aes());
      key = (SecretKey) unwrapping.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
    }
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] input = new byte[32 + HASHES_BYTES * (ciphertexts.size() + signedOnly.size())];
    int position = 32 + 64;
    for (byte[] ciphertext : ciphertexts) {
      sha256.update(ciphertext);
      sha256.digest(input, position, 32);
      position += HASHES_BYTES;
    }
    hashReadable(sha256, input, position);
    byte[] mac = mac(input);
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    List<byte[]> opened = new ArrayList<>(ciphertexts.size());
    for (byte[] ciphertext : ciphertexts) {
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(ciphertext, 0, IV_BYTES));
      opened.add(cipher.doFinal(ciphertext, IV_BYTES, ciphertext.length - IV_BYTES));
    }
    return List.of(opened, mac);
  }

  private void hashReadable(MessageDigest sha256, byte[] input, int start) throws Exception {
    int position = start;
    for (byte[] value : signedOnly) {
      sha256.update(value);
      sha256.digest(input, position, 32);
      position += HASHES_BYTES;
    }
  }

  private static byte[] sealed(Cipher cipher, SecretKey key, byte[] plaintext) throws Exception {
    byte[] iv = new byte[IV_BYTES];
    RANDOM.nextBytes(iv);
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
    byte[] result = Arrays.copyOf(iv, IV_BYTES + cipher.getOutputSize(plaintext.length));
    int length = cipher.doFinal(plaintext, 0, plaintext.length, result, IV_BYTES);
    return length + IV_BYTES == result.length ? result : Arrays.copyOf(result, length + IV_BYTES);
  }

  private static byte[] wrap(SecretKey key) throws Exception {
    Cipher wrapping = Cipher.getInstance("AESWrap");
    wrapping.init(Cipher.WRAP_MODE, Keys.aes());
    return wrapping.wrap(key);
  }

  private static byte[] mac(byte[] input) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(Keys.hmac());
    return mac.doFinal(input);
  }
}
