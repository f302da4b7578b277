package io.github.itemseal.benchmarks;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The JCA calls that a DBE item under a raw AES keyring cannot do without, on as many bytes and on
 * nothing else.
 *
 * <p>In it: the random bytes, drawn at once; the data key wrapped twice, with an HKDF in between;
 * another for the key of the fields and the commitment; the key stream of the fields; an AES-GCM
 * call an encrypted attribute; the hash of the record and its MAC; with the signing suite a P-384
 * key pair (unless it is reused) and a signature, or its verification; and the arrays that the
 * results are.
 *
 * <p>Not in it: making bytes of values and values of bytes, canonical paths, sorting, maps, the
 * header, comparing tags, encoding the public key.
 */
final class DbeFloor implements Contender {
  /** What is signed besides the MAC, and with which key. */
  enum Signing {
    NONE,
    NEW_KEY,
    SAME_KEY
  }

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] ZERO_IV = new byte[12];
  private static final byte[] CONTEXT = new byte[200];
  private static final byte[] HEADER = new byte[250];
  private static final byte[] PATH = new byte[30];
  private static final byte[] INFO = new byte[52];
  private static final int KEY_BYTES = 32;
  private static final int TAG_BYTES = 16;
  private static final int TYPE_BYTES = 2; // before the ciphertext of an attribute
  private static final int FIELD_KEY_BYTES = 48; // of which 44 are used: key and IV
  private static final int CANONICAL_BYTES = 50; // of an attribute, besides its value
  private static final int READABLE_BYTES = 60; // of a short signed attribute, canonical

  private final Signing signing;
  private final List<byte[]> plaintexts = new ArrayList<>();
  private final List<byte[]> fields = new ArrayList<>();
  private final byte[] rest;
  private final byte[] wrappedIntermediate;
  private final byte[] wrappedDataKey;
  private final KeyPair keyPair;
  private final byte[] signature;

  /**
   * @param stored the item as Itemseal stores it, for the lengths
   * @param readable its attributes that are signed only
   */
  DbeFloor(Signing signing, Map<String, AttributeValue> stored, Set<String> readable)
      throws Exception {
    this.signing = signing;
    byte[] key = new byte[KEY_BYTES];
    this.wrappedIntermediate = gcm(Cipher.ENCRYPT_MODE, Keys.aes(), CONTEXT, key);
    this.wrappedDataKey = gcm(Cipher.ENCRYPT_MODE, aes(hkdf(key)[1], 0), CONTEXT, key);
    byte[] root = hkdf(key)[1];
    int restBytes = 0;
    for (Map.Entry<String, AttributeValue> entry : stored.entrySet()) {
      if (readable.contains(entry.getKey())) {
        restBytes += READABLE_BYTES;
      } else if (entry.getKey().startsWith("aws_dbe_")) {
        restBytes += entry.getValue().b().asByteArrayUnsafe().length;
      } else {
        int length = entry.getValue().b().asByteArrayUnsafe().length;
        restBytes += CANONICAL_BYTES + TYPE_BYTES;
        plaintexts.add(new byte[length - TYPE_BYTES - TAG_BYTES]);
      }
    }
    this.rest = new byte[restBytes];
    fields.addAll(fields(Cipher.ENCRYPT_MODE, root, plaintexts));
    this.keyPair = keyPair();
    this.signature = sign(keyPair, hash(fields));
  }

  @Override
  public Object encrypt() throws Exception {
    byte[] random = new byte[3 * KEY_BYTES + ZERO_IV.length];
    RANDOM.nextBytes(random);
    KeyPair pair = signing == Signing.NEW_KEY ? keyPair() : keyPair;
    byte[] intermediate = Arrays.copyOf(random, KEY_BYTES);
    byte[] wrapped = gcm(Cipher.ENCRYPT_MODE, Keys.aes(), CONTEXT, intermediate);
    byte[][] wrapping = hkdf(intermediate);
    byte[] dataKey = Arrays.copyOfRange(random, KEY_BYTES, 2 * KEY_BYTES);
    byte[] wrappedKey = gcm(Cipher.ENCRYPT_MODE, aes(wrapping[1], 0), CONTEXT, dataKey);
    byte[][] derived = hkdf(dataKey);
    byte[] commitment = mac("HmacSHA512", derived[0], HEADER);
    List<byte[]> stored = fields(Cipher.ENCRYPT_MODE, derived[1], plaintexts);
    byte[] hash = hash(stored);
    byte[] tag = mac("HmacSHA384", wrapping[0], hash);
    byte[] signed = signing == Signing.NONE ? tag : sign(pair, hash);
    return List.of(stored, wrapped, wrappedKey, commitment, tag, signed);
  }

  @Override
  public Object decrypt() throws Exception {
    byte[] intermediate = gcm(Cipher.DECRYPT_MODE, Keys.aes(), CONTEXT, wrappedIntermediate);
    byte[][] wrapping = hkdf(intermediate);
    byte[] dataKey = gcm(Cipher.DECRYPT_MODE, aes(wrapping[1], 0), CONTEXT, wrappedDataKey);
    byte[][] derived = hkdf(dataKey);
    byte[] commitment = mac("HmacSHA512", derived[0], HEADER);
    byte[] hash = hash(fields);
    byte[] tag = mac("HmacSHA384", wrapping[0], hash);
    if (signing != Signing.NONE && !verify(hash)) {
      throw new IllegalStateException();
    }
    return List.of(fields(Cipher.DECRYPT_MODE, derived[1], fields), commitment, tag);
  }

  /** All attributes, encrypted or decrypted with the keys and IVs of one key stream. */
  private static List<byte[]> fields(int mode, byte[] root, List<byte[]> inputs) throws Exception {
    Cipher stream = Cipher.getInstance("AES/CTR/NoPadding");
    stream.init(Cipher.ENCRYPT_MODE, aes(root, 0), new IvParameterSpec(new byte[16]));
    byte[] keys = stream.doFinal(new byte[inputs.size() * FIELD_KEY_BYTES]);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    List<byte[]> results = new ArrayList<>(inputs.size());
    int position = 0;
    for (byte[] input : inputs) {
      GCMParameterSpec iv =
          new GCMParameterSpec(8 * TAG_BYTES, keys, position + KEY_BYTES, ZERO_IV.length);
      cipher.init(mode, aes(keys, position), iv);
      cipher.updateAAD(PATH);
      results.add(cipher.doFinal(input));
      position += FIELD_KEY_BYTES;
    }
    return results;
  }

  private byte[] hash(List<byte[]> stored) throws Exception {
    MessageDigest sha384 = MessageDigest.getInstance("SHA-384");
    stored.forEach(sha384::update);
    sha384.update(rest);
    return sha384.digest();
  }

  private static KeyPair keyPair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    return generator.generateKeyPair();
  }

  private static byte[] sign(KeyPair pair, byte[] hash) throws Exception {
    Signature signer = Signature.getInstance("SHA384withECDSA");
    signer.initSign(pair.getPrivate());
    signer.update(hash);
    return signer.sign();
  }

  private boolean verify(byte[] hash) throws Exception {
    Signature verifier = Signature.getInstance("SHA384withECDSA");
    verifier.initVerify(keyPair.getPublic());
    verifier.update(hash);
    return verifier.verify(signature);
  }

  /** HKDF-SHA-512 without salt: two keys of 32 bytes. */
  private static byte[][] hkdf(byte[] secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA512");
    mac.init(new SecretKeySpec(new byte[64], "HmacSHA512"));
    byte[] extracted = mac.doFinal(secret);
    mac.init(new SecretKeySpec(extracted, "HmacSHA512"));
    byte[] first = mac.doFinal(INFO);
    return new byte[][] {first, mac.doFinal(INFO)};
  }

  private static byte[] mac(String algorithm, byte[] key, byte[] message) throws Exception {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, 0, KEY_BYTES, algorithm));
    return mac.doFinal(message);
  }

  private static byte[] gcm(int mode, SecretKey key, byte[] context, byte[] input)
      throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, ZERO_IV));
    cipher.updateAAD(context);
    return cipher.doFinal(input);
  }

  private static SecretKey aes(byte[] keys, int offset) {
    return new SecretKeySpec(keys, offset, KEY_BYTES, "AES");
  }
}
