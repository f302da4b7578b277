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
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The JCA calls that a DBE item cannot do without, on as many bytes and on nothing else.
 *
 * <p>In it: the random bytes, drawn at once; one instance of each algorithm an item, ciphers from a
 * named provider; for each keyring an intermediate key wrapped ({@link BareKeyWrapping}), an HKDF
 * of it, the data key wrapped with the result, and a MAC of the record's hash; another HKDF for the
 * key of the fields and the commitment; the key stream of the fields; an AES-GCM call an encrypted
 * attribute; the hash of the record; with the signing suite a P-384 key pair (unless it is reused)
 * and a signature, or its verification; and the arrays that the results are. Opening takes one
 * keyring.
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
  private static final int MESSAGE_ID_BYTES = 32;
  private static final byte[] HEADER = new byte[250];
  private static final byte[] PATH = new byte[30];
  private static final int TYPE_BYTES = 2; // before the ciphertext of an attribute
  private static final int FIELD_KEY_BYTES = 48; // of which 44 are used: key and IV
  private static final int CANONICAL_BYTES = 50; // of an attribute, besides its value
  private static final int READABLE_BYTES = 60; // of a short signed attribute, canonical

  private final BareKeyWrapping wrapping;
  private final int keyrings;
  private final Signing signing;
  private final List<byte[]> plaintexts = new ArrayList<>();
  private final List<byte[]> fields = new ArrayList<>();
  private final byte[] rest;
  private final byte[] wrappedIntermediate;
  private final byte[] wrappedDataKey;
  private final KeyPair keyPair;
  private final byte[] signature;

  /**
   * @param keyrings how many of them wrap
   * @param stored the item as Itemseal stores it, for the lengths
   * @param readable its attributes that are signed only
   */
  DbeFloor(
      BareKeyWrapping wrapping,
      int keyrings,
      Signing signing,
      Map<String, AttributeValue> stored,
      Set<String> readable)
      throws Exception {
    this.wrapping = wrapping;
    this.keyrings = keyrings;
    this.signing = signing;
    byte[] key = new byte[BareCalls.KEY_BYTES];
    Cipher gcm = gcm();
    byte[] derived = BareCalls.hkdf(hmacSha512(), key)[1];
    this.wrappedIntermediate = wrapping.wrap(gcm, key);
    this.wrappedDataKey = BareCalls.gcm(gcm, Cipher.ENCRYPT_MODE, BareCalls.aes(derived, 0), key);
    int restBytes = 0;
    for (Map.Entry<String, AttributeValue> entry : stored.entrySet()) {
      if (readable.contains(entry.getKey())) {
        restBytes += READABLE_BYTES;
      } else if (entry.getKey().startsWith("aws_dbe_")) {
        restBytes += entry.getValue().b().asByteArrayUnsafe().length;
      } else {
        int length = entry.getValue().b().asByteArrayUnsafe().length;
        restBytes += CANONICAL_BYTES + TYPE_BYTES;
        plaintexts.add(new byte[length - TYPE_BYTES - BareCalls.TAG_BYTES]);
      }
    }
    this.rest = new byte[restBytes];
    fields.addAll(fields(gcm, Cipher.ENCRYPT_MODE, derived, plaintexts));
    this.keyPair = signing == Signing.NONE ? null : keyPair();
    this.signature = signing == Signing.NONE ? null : sign(keyPair, hash(fields));
  }

  @Override
  public Object encrypt() throws Exception {
    int keysAt = MESSAGE_ID_BYTES;
    byte[] random =
        new byte[keysAt + BareCalls.KEY_BYTES * (1 + keyrings) + keyrings * wrapping.randomBytes()];
    RANDOM.nextBytes(random);
    KeyPair pair = signing == Signing.NEW_KEY ? keyPair() : keyPair;
    Cipher gcm = gcm();
    Mac hmacSha512 = hmacSha512();
    byte[] dataKey = Arrays.copyOfRange(random, keysAt, keysAt + BareCalls.KEY_BYTES);
    List<byte[]> results = new ArrayList<>();
    List<byte[]> signingKeys = new ArrayList<>();
    for (int i = 0; i < keyrings; i++) {
      keysAt += BareCalls.KEY_BYTES;
      byte[] intermediate = Arrays.copyOfRange(random, keysAt, keysAt + BareCalls.KEY_BYTES);
      results.add(wrapping.wrap(gcm, intermediate));
      byte[][] keys = BareCalls.hkdf(hmacSha512, intermediate);
      results.add(BareCalls.gcm(gcm, Cipher.ENCRYPT_MODE, BareCalls.aes(keys[1], 0), dataKey));
      signingKeys.add(keys[0]);
    }
    byte[][] derived = BareCalls.hkdf(hmacSha512, dataKey);
    results.add(BareCalls.mac(hmacSha512, derived[0], HEADER));
    List<byte[]> stored = fields(gcm, Cipher.ENCRYPT_MODE, derived[1], plaintexts);
    byte[] hash = hash(stored);
    Mac hmacSha384 = Mac.getInstance("HmacSHA384");
    for (byte[] key : signingKeys) {
      results.add(BareCalls.mac(hmacSha384, key, hash));
    }
    if (signing != Signing.NONE) {
      results.add(sign(pair, hash));
    }
    return List.of(stored, results);
  }

  @Override
  public Object decrypt() throws Exception {
    Cipher gcm = gcm();
    Mac hmacSha512 = hmacSha512();
    byte[] intermediate = wrapping.unwrap(gcm, wrappedIntermediate);
    byte[][] keys = BareCalls.hkdf(hmacSha512, intermediate);
    byte[] dataKey =
        BareCalls.gcm(gcm, Cipher.DECRYPT_MODE, BareCalls.aes(keys[1], 0), wrappedDataKey);
    byte[][] derived = BareCalls.hkdf(hmacSha512, dataKey);
    byte[] commitment = BareCalls.mac(hmacSha512, derived[0], HEADER);
    byte[] hash = hash(fields);
    byte[] tag = BareCalls.mac(Mac.getInstance("HmacSHA384"), keys[0], hash);
    if (signing != Signing.NONE && !verify(hash)) {
      throw new IllegalStateException();
    }
    return List.of(fields(gcm, Cipher.DECRYPT_MODE, derived[1], fields), commitment, tag);
  }

  private static Cipher gcm() throws Exception {
    return BareCalls.cipher("AES/GCM/NoPadding");
  }

  private static Mac hmacSha512() throws Exception {
    return Mac.getInstance("HmacSHA512");
  }

  /** All attributes, encrypted or decrypted with the keys and IVs of one key stream. */
  private static List<byte[]> fields(Cipher cipher, int mode, byte[] root, List<byte[]> inputs)
      throws Exception {
    Cipher stream = BareCalls.cipher("AES/CTR/NoPadding");
    stream.init(Cipher.ENCRYPT_MODE, BareCalls.aes(root, 0), new IvParameterSpec(new byte[16]));
    byte[] keys = stream.doFinal(new byte[inputs.size() * FIELD_KEY_BYTES]);
    List<byte[]> results = new ArrayList<>(inputs.size());
    int position = 0;
    for (byte[] input : inputs) {
      GCMParameterSpec iv =
          new GCMParameterSpec(
              8 * BareCalls.TAG_BYTES, keys, position + BareCalls.KEY_BYTES, BareCalls.NONCE_BYTES);
      cipher.init(mode, BareCalls.aes(keys, position), iv);
      cipher.updateAAD(PATH);
      results.add(cipher.doFinal(input));
      position += FIELD_KEY_BYTES;
    }
    return results;
  }

  private byte[] hash(List<byte[]> stored) throws Exception {
    MessageDigest sha384 = MessageDigest.getInstance("SHA-384");
    for (byte[] value : stored) {
      sha384.update(value);
    }
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
}
