package io.github.itemseal.benchmarks;

import java.security.Key;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
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
 * The JCA calls of a DDBEC item, on as many bytes and on nothing else.
 *
 * <p>In it: the random bytes of content key and IVs, drawn at once; the content key wrapped or
 * unwrapped, if it is; the encrypted attributes through AES-CBC, see {@link Calls}; a SHA-256 a
 * signed value; the MAC or signature over all hashes; one instance of each algorithm an item,
 * ciphers from a named provider; and the arrays that the results are.
 *
 * <p>Not in it: making bytes of values and values of bytes, hashes of names and of actions (they
 * can be kept), sorting, maps, the material description.
 */
final class DdbecFloor implements Contender {
  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int HASHES_BYTES = 96; // a signed attribute: of name, kind and value

  /** How the attributes go through the cipher. */
  enum Calls {
    /** Each in a call of its own, with a random IV: as the format describes it. */
    EACH,
    /** All in one, behind each other in one array. */
    ONE
  }

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
      Cipher cipher = BareCalls.cipher(this == AES ? "AESWrap" : "RSA/ECB/OAEPPadding");
      if (this == AES) {
        cipher.init(mode, key);
      } else {
        cipher.init(mode, key, OAEP);
      }
      return cipher;
    }
  }

  /** What signs the hashes. */
  enum Signing {
    /** HMAC-SHA-256. */
    MAC {
      @Override
      byte[] sign(byte[] hashes) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(Keys.hmac());
        return mac.doFinal(hashes);
      }

      @Override
      boolean verify(byte[] hashes, byte[] signature) throws Exception {
        return MessageDigest.isEqual(sign(hashes), signature);
      }
    },

    /** SHA-256 with RSA. */
    RSA {
      @Override
      byte[] sign(byte[] hashes) throws Exception {
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(Keys.rsa().getPrivate());
        signer.update(hashes);
        return signer.sign();
      }

      @Override
      boolean verify(byte[] hashes, byte[] signature) throws Exception {
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(Keys.rsa().getPublic());
        verifier.update(hashes);
        return verifier.verify(signature);
      }
    };

    abstract byte[] sign(byte[] hashes) throws Exception;

    abstract boolean verify(byte[] hashes, byte[] signature) throws Exception;
  }

  private final Wrapping wrapping;
  private final Calls calls;
  private final Signing signing;
  private final List<byte[]> ciphertexts = new ArrayList<>();
  private final List<byte[]> signedOnly = new ArrayList<>();
  private final SecretKey contentKey = new SecretKeySpec(new byte[KEY_BYTES], "AES");
  private final byte[] wrapped;
  private final byte[] signature;

  /** All ciphertexts, and as many bytes as all IVs, plaintexts and their padding. */
  private final byte[] chain;

  /**
   * @param stored the item as Itemseal stores it, for the lengths
   * @param readable its attributes that are signed only
   */
  DdbecFloor(
      Wrapping wrapping,
      Calls calls,
      Signing signing,
      Map<String, AttributeValue> stored,
      Set<String> readable)
      throws Exception {
    this.wrapping = wrapping;
    this.calls = calls;
    this.signing = signing;
    this.wrapped = wrapping == Wrapping.NONE ? new byte[0] : wrapping.wrap(contentKey);
    int chainBytes = 0;
    for (Map.Entry<String, AttributeValue> entry : stored.entrySet()) {
      if (readable.contains(entry.getKey())) {
        signedOnly.add(new byte[20]);
      } else if (!entry.getKey().startsWith("*")) {
        byte[] ciphertext = new byte[entry.getValue().b().asByteArrayUnsafe().length];
        ciphertexts.add(ciphertext);
        chainBytes += ciphertext.length;
      }
    }
    this.chain = new byte[chainBytes];
    this.signature = signing.sign(hashes(ciphertexts));
  }

  @Override
  public Object encrypt() throws Exception {
    int ivAt = wrapping == Wrapping.NONE ? 0 : KEY_BYTES;
    byte[] random = new byte[ivAt + IV_BYTES * (calls == Calls.ONE ? 1 : ciphertexts.size())];
    RANDOM.nextBytes(random);
    SecretKey key = contentKey;
    byte[] wrappedKey = wrapped;
    if (wrapping != Wrapping.NONE) {
      key = new SecretKeySpec(random, 0, KEY_BYTES, "AES");
      wrappedKey = wrapping.wrap(key);
    }
    Cipher cipher = BareCalls.cipher("AES/CBC/NoPadding");
    List<byte[]> stored = new ArrayList<>(ciphertexts.size());
    if (calls == Calls.ONE) {
      byte[] encrypted = run(cipher, Cipher.ENCRYPT_MODE, key, random, ivAt, chain, 0);
      int start = 0;
      for (byte[] value : ciphertexts) {
        stored.add(Arrays.copyOfRange(encrypted, start, start + value.length));
        start += value.length;
      }
    } else {
      for (byte[] value : ciphertexts) {
        byte[] result = Arrays.copyOfRange(random, ivAt, ivAt + value.length);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(random, ivAt, IV_BYTES));
        cipher.doFinal(value, IV_BYTES, value.length - IV_BYTES, result, IV_BYTES);
        stored.add(result);
        ivAt += IV_BYTES;
      }
    }
    return List.of(stored, wrappedKey, signing.sign(hashes(stored)));
  }

  @Override
  public Object decrypt() throws Exception {
    SecretKey key = wrapping == Wrapping.NONE ? contentKey : wrapping.unwrap(wrapped);
    if (!signing.verify(hashes(ciphertexts), signature)) {
      throw new IllegalStateException();
    }
    Cipher cipher = BareCalls.cipher("AES/CBC/NoPadding");
    List<byte[]> opened = new ArrayList<>(ciphertexts.size());
    if (calls == Calls.ONE) {
      byte[] decrypted = run(cipher, Cipher.DECRYPT_MODE, key, chain, 0, chain, 0);
      int start = IV_BYTES;
      for (byte[] value : ciphertexts) {
        opened.add(Arrays.copyOfRange(decrypted, start, start + value.length - 2 * IV_BYTES));
        start += value.length;
      }
    } else {
      for (byte[] value : ciphertexts) {
        opened.add(run(cipher, Cipher.DECRYPT_MODE, key, value, 0, value, IV_BYTES));
      }
    }
    return opened;
  }

  private static byte[] run(
      Cipher cipher, int mode, SecretKey key, byte[] iv, int ivAt, byte[] input, int inputAt)
      throws Exception {
    cipher.init(mode, key, new IvParameterSpec(iv, ivAt, IV_BYTES));
    return cipher.doFinal(input, inputAt, input.length - inputAt);
  }

  /** The hash of the table's name and three hashes a signed attribute. */
  private byte[] hashes(List<byte[]> encrypted) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] input = new byte[HASH_BYTES + HASHES_BYTES * (encrypted.size() + signedOnly.size())];
    int position = HASHES_BYTES; // of the first value: behind the table, its name and kind
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
    return input;
  }
}
