package io.github.itemseal.benchmarks;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The JCA calls that a DBE item under a raw AES keyring cannot do without, on as many bytes and on
 * nothing else: the data key wrapped twice, two HKDF extractions with two keys each, the
 * commitment, the key stream of the field keys, an AES-GCM an encrypted attribute, the hash of the
 * record and its MAC; and with the signing suite a P-384 key pair and signature, or its
 * verification.
 */
final class DbeFloor implements Contender {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] ZERO_IV = new byte[12];
  private static final byte[] CONTEXT = new byte[200];
  private static final int TAG_BYTES = 16;
  private static final int FIELD_KEY_BYTES = 48; // of which 44 are used: key and IV

  private final @Nullable Provider provider;
  private final boolean signs;
  private final List<byte[]> fields = new ArrayList<>();
  private final int recordBytes;
  private final byte[] path = new byte[30];
  private final byte[] wrappedIntermediate;
  private final byte[] wrappedDataKey;
  private final KeyPair keyPair;
  private final byte[] signature;

  /**
   * @param stored the item as Itemseal stores it, for the lengths
   * @param readable its attributes that are signed only
   * @param provider null for the JDK's own
   */
  DbeFloor(
      boolean signs,
      Map<String, AttributeValue> stored,
      Set<String> readable,
      @Nullable Provider provider)
      throws Exception {
    this.provider = provider;
    this.signs = signs;
    byte[] intermediate = new byte[32];
    this.wrappedIntermediate = gcm(Cipher.ENCRYPT_MODE, Keys.aes(), ZERO_IV, CONTEXT, intermediate);
    byte[] kek = hkdf(intermediate)[1];
    this.wrappedDataKey = gcm(Cipher.ENCRYPT_MODE, aes(kek), ZERO_IV, CONTEXT, new byte[32]);
    byte[] root = hkdf(new byte[32])[1];
    int bytes = 0;
    int index = 0;
    for (Map.Entry<String, AttributeValue> entry : stored.entrySet()) {
      if (readable.contains(entry.getKey())) {
        bytes += 60;
      } else if (entry.getKey().startsWith("aws_dbe_")) {
        bytes += entry.getValue().b().asByteArrayUnsafe().length;
      } else {
        int length = entry.getValue().b().asByteArrayUnsafe().length;
        bytes += length + 50;
        byte[] keys = keyStream(root, index + 1);
        fields.add(
            gcm(
                Cipher.ENCRYPT_MODE,
                aes(keys, index * FIELD_KEY_BYTES),
                iv(keys, index),
                path,
                new byte[length - 2 - TAG_BYTES]));
        index++;
      }
    }
    this.recordBytes = bytes;
    this.keyPair = keyPair();
    this.signature = sign(keyPair, new byte[48]);
  }

  @Override
  public Object encrypt() throws Exception {
    byte[] random = new byte[32 + 32 + 32 + 12];
    RANDOM.nextBytes(random);
    KeyPair pair = signs ? keyPair() : null;
    byte[] intermediate = Arrays.copyOf(random, 32);
    byte[] wrapped = gcm(Cipher.ENCRYPT_MODE, Keys.aes(), ZERO_IV, CONTEXT, intermediate);
    byte[][] wrapping = hkdf(intermediate);
    byte[] dataKey = Arrays.copyOfRange(random, 32, 64);
    byte[] wrappedKey = gcm(Cipher.ENCRYPT_MODE, aes(wrapping[1]), ZERO_IV, CONTEXT, dataKey);
    byte[][] derived = hkdf(dataKey);
    byte[] commitment = mac("HmacSHA512", derived[0], new byte[250]);
    byte[] keys = keyStream(derived[1], fields.size());
    List<byte[]> stored = new ArrayList<>(fields.size());
    Cipher cipher = cipher("AES/GCM/NoPadding");
    for (int i = 0; i < fields.size(); i++) {
      byte[] plaintext = new byte[fields.get(i).length - TAG_BYTES];
      stored.add(
          gcm(
              cipher,
              Cipher.ENCRYPT_MODE,
              aes(keys, i * FIELD_KEY_BYTES),
              iv(keys, i),
              path,
              plaintext));
    }
    byte[] hash = hash();
    byte[] tag = mac("HmacSHA384", wrapping[0], hash);
    return List.of(
        stored, wrapped, wrappedKey, commitment, tag, pair == null ? tag : sign(pair, hash));
  }

  @Override
  public Object decrypt() throws Exception {
    byte[] intermediate =
        gcm(Cipher.DECRYPT_MODE, Keys.aes(), ZERO_IV, CONTEXT, wrappedIntermediate);
    byte[][] wrapping = hkdf(intermediate);
    byte[] dataKey = gcm(Cipher.DECRYPT_MODE, aes(wrapping[1]), ZERO_IV, CONTEXT, wrappedDataKey);
    byte[][] derived = hkdf(dataKey);
    byte[] commitment = mac("HmacSHA512", derived[0], new byte[250]);
    byte[] hash = hash();
    byte[] tag = mac("HmacSHA384", wrapping[0], hash);
    if (signs && !verify()) {
      throw new IllegalStateException();
    }
    byte[] keys = keyStream(derived[1], fields.size());
    List<byte[]> opened = new ArrayList<>(fields.size());
    Cipher cipher = cipher("AES/GCM/NoPadding");
    for (int i = 0; i < fields.size(); i++) {
      opened.add(
          gcm(
              cipher,
              Cipher.DECRYPT_MODE,
              aes(keys, i * FIELD_KEY_BYTES),
              iv(keys, i),
              path,
              fields.get(i)));
    }
    return List.of(opened, commitment, tag);
  }

  private byte[] hash() throws Exception {
    MessageDigest sha384 =
        provider == null
            ? MessageDigest.getInstance("SHA-384")
            : MessageDigest.getInstance("SHA-384", provider);
    int left = recordBytes;
    for (byte[] field : fields) {
      sha384.update(field);
      left -= field.length;
    }
    sha384.update(new byte[Math.max(left, 0)]);
    return sha384.digest();
  }

  private KeyPair keyPair() throws Exception {
    KeyPairGenerator generator =
        provider == null
            ? KeyPairGenerator.getInstance("EC")
            : KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    return generator.generateKeyPair();
  }

  private byte[] sign(KeyPair pair, byte[] hash) throws Exception {
    Signature signer = ecdsa();
    signer.initSign(pair.getPrivate());
    signer.update(hash);
    return signer.sign();
  }

  private boolean verify() throws Exception {
    Signature verifier = ecdsa();
    verifier.initVerify(keyPair.getPublic());
    verifier.update(new byte[48]);
    return verifier.verify(signature);
  }

  private Signature ecdsa() throws Exception {
    return provider == null
        ? Signature.getInstance("SHA384withECDSA")
        : Signature.getInstance("SHA384withECDSA", provider);
  }

  /** HKDF-SHA-512 without salt: two keys of 32 bytes. */
  private byte[][] hkdf(byte[] secret) throws Exception {
    byte[] extracted = mac("HmacSHA512", new byte[64], secret);
    Mac mac = mac("HmacSHA512");
    mac.init(new SecretKeySpec(extracted, "HmacSHA512"));
    mac.update(new byte[52]);
    byte[] first = mac.doFinal();
    mac.update(new byte[52]);
    return new byte[][] {Arrays.copyOf(first, 32), Arrays.copyOf(mac.doFinal(), 32)};
  }

  private byte[] keyStream(byte[] root, int count) throws Exception {
    Cipher cipher = cipher("AES/CTR/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, aes(root), new IvParameterSpec(new byte[16]));
    return cipher.doFinal(new byte[count * FIELD_KEY_BYTES]);
  }

  private byte[] mac(String algorithm, byte[] key, byte[] message) throws Exception {
    Mac mac = mac(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(message);
  }

  private Mac mac(String algorithm) throws Exception {
    return provider == null ? Mac.getInstance(algorithm) : Mac.getInstance(algorithm, provider);
  }

  private Cipher cipher(String transformation) throws Exception {
    return provider == null || provider.getService("Cipher", transformation) == null
        ? Cipher.getInstance(transformation)
        : Cipher.getInstance(transformation, provider);
  }

  private byte[] gcm(int mode, SecretKey key, byte[] iv, byte[] context, byte[] input)
      throws Exception {
    return gcm(cipher("AES/GCM/NoPadding"), mode, key, iv, context, input);
  }

  private static byte[] gcm(
      Cipher cipher, int mode, SecretKey key, byte[] iv, byte[] context, byte[] input)
      throws Exception {
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, iv));
    cipher.updateAAD(context);
    return cipher.doFinal(input);
  }

  private static SecretKey aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private static SecretKey aes(byte[] keys, int offset) {
    return new SecretKeySpec(keys, offset, 32, "AES");
  }

  private static byte[] iv(byte[] keys, int index) {
    int start = index * FIELD_KEY_BYTES + 32;
    return Arrays.copyOfRange(keys, start, start + 12);
  }
}
