package io.github.itemseal.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.itemseal.CryptoAction;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Seals items of the second format as no library would: with good keys, commitment, tags and
 * signature over a header, a context or plaintexts that are wrong, or good tags and signature over
 * a wrong commitment. Written from the format's description, with no code of the library, for raw
 * AES keys and S, N and B attributes.
 */
final class DbeForger {
  static final String HEADER = "aws_dbe_head";
  static final String FOOTER = "aws_dbe_foot";
  static final String PUBLIC_KEY = "aws-crypto-public-key";

  private static final byte[] GCM_ZERO_IV = new byte[12];
  private static final int SIGNATURE_BYTES = 103;
  private static final int COMMITMENT_BYTES = 32;
  private static final BigInteger P384_ORDER =
      new BigInteger(
          "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
          16);

  private final DbeTable table;
  private final String namespace;
  private final String keyName;
  private final SecretKey wrappingKey;
  private final SecureRandom random = new SecureRandom();

  DbeForger(DbeTable table, String namespace, String keyName, SecretKey wrappingKey) {
    this.table = table;
    this.namespace = namespace;
    this.keyName = keyName;
    this.wrappingKey = wrappingKey;
  }

  /** An item as the format wants it; change it, then seal it. */
  Draft draft(Map<String, AttributeValue> item) {
    return new Draft(item);
  }

  /** The pairs of a context as a header stores them, in this order. */
  static byte[] pairs(List<Map.Entry<String, String>> entries) {
    Bytes out = new Bytes().u16(entries.size());
    entries.forEach(e -> out.u16Prefixed(utf8(e.getKey())).u16Prefixed(utf8(e.getValue())));
    return out.toByteArray();
  }

  /** An item in the making. Every member can be changed until it is sealed. */
  final class Draft {
    private final Map<String, AttributeValue> item;

    /** First byte of the header. */
    int version = table.version();

    /** Second byte of the header. */
    int flavor = table.suite().hasSignature() ? 1 : 0;

    /** Whether there is an ECDSA signature. */
    boolean signs = table.suite().hasSignature();

    /** Bytes of the signature, which is made anew until it has them; 0 for whatever comes. */
    int signatureBytes = SIGNATURE_BYTES;

    /** Encrypted data keys of the item's data key, all of the same wrapping key. */
    int dataKeys = 1;

    /** What is stored of the context, in the order of the header. */
    final List<Map.Entry<String, String>> storedContext = new ArrayList<>();

    /** What is not stored but bound. */
    final Map<String, String> requiredContext;

    /** Type id and serialized value of an attribute, in place of the item's. */
    final Map<String, byte[]> values = new LinkedHashMap<>();

    /** Changes the legend. */
    UnaryOperator<byte[]> legend = bytes -> bytes;

    /** Changes the part of the header with the encrypted data keys. */
    UnaryOperator<byte[]> encryptedDataKeys = bytes -> bytes;

    /** Changes the header before it is committed to. */
    UnaryOperator<byte[]> partialHeader = bytes -> bytes;

    /** What is stored for the commitment, made of the HMAC-SHA-512 whose first half is right. */
    UnaryOperator<byte[]> commitment = mac -> Arrays.copyOf(mac, COMMITMENT_BYTES);

    /** Begins the info of the key that commits. */
    String commitKeyInfo = "AWS_DBE_COMMIT_KEY";

    /** The private key that signs, in place of the one of the stored public key. */
    @Nullable PrivateKey signingKey;

    private final @Nullable KeyPair pair = signs ? newPair() : null;

    private Draft(Map<String, AttributeValue> item) {
      this.item = item;
      this.requiredContext = baseContext(item);
      if (pair != null) {
        storedContext.add(Map.entry(PUBLIC_KEY, encodedPoint(pair)));
      }
    }

    /** The stored item. */
    Map<String, AttributeValue> seal() {
      Map<String, String> context = new TreeMap<>(requiredContext);
      storedContext.forEach(entry -> context.put(entry.getKey(), entry.getValue()));
      byte[] canonicalContext = pairs(List.copyOf(context.entrySet()));
      byte[] dataKey = bytes(32);
      byte[] messageId = bytes(32);

      List<byte[]> macKeys = new ArrayList<>();
      Bytes keys = new Bytes().u8(dataKeys);
      for (int i = 0; i < dataKeys; i++) {
        macKeys.add(wrap(keys, dataKey, canonicalContext));
      }
      List<String> signed = signedNames(item);
      byte[] actions = new byte[signed.size()];
      for (int i = 0; i < actions.length; i++) {
        actions[i] = legendByte(table.actions().get(signed.get(i)));
      }
      byte[] partial =
          partialHeader.apply(
              new Bytes()
                  .u8(version)
                  .u8(flavor)
                  .put(messageId)
                  .u16Prefixed(legend.apply(actions))
                  .put(pairs(storedContext))
                  .put(encryptedDataKeys.apply(keys.toByteArray()))
                  .toByteArray());
      byte[] commitKey = hkdf(dataKey, join(utf8(commitKeyInfo), messageId));
      byte[] header = join(partial, commitment.apply(hmac("HmacSHA512", commitKey, partial)));

      byte[] rootKey = hkdf(dataKey, join(utf8("AWS_DBE_DERIVE_KEY"), messageId));
      Map<String, AttributeValue> stored = new LinkedHashMap<>(item);
      Bytes canonical = new Bytes().put(header).u64(canonicalContext.length).put(canonicalContext);
      int encrypted = 0;
      for (String name : signed) {
        byte[] path = path(name);
        byte[] value = values.getOrDefault(name, serialized(item.get(name)));
        boolean encrypts = table.actions().get(name).encrypts();
        if (encrypts) {
          value = encryptField(rootKey, encrypted++, path, value);
          stored.put(name, binary(value));
        }
        canonical
            .put(path)
            .u64(value.length - 2)
            .put(utf8(encrypts ? "ENCRYPTED" : "PLAINTEXT"))
            .put(value);
      }
      byte[] hash = sha384(canonical.toByteArray());
      Bytes footer = new Bytes();
      macKeys.forEach(key -> footer.put(hmac("HmacSHA384", key, hash)));
      if (signs) {
        footer.put(sign(hash));
      }
      stored.put(HEADER, binary(header));
      stored.put(FOOTER, binary(footer.toByteArray()));
      return stored;
    }

    private byte[] sign(byte[] hash) {
      PrivateKey key = signingKey == null ? pair.getPrivate() : signingKey;
      while (true) {
        byte[] signature = ecdsa(key, hash);
        if (signatureBytes == 0 || signature.length == signatureBytes) {
          return signature;
        }
      }
    }
  }

  private Map<String, String> baseContext(Map<String, AttributeValue> item) {
    Map<String, String> context = new TreeMap<>();
    context.put("aws-crypto-table-name", table.name());
    context.put("aws-crypto-partition-name", table.partitionKey());
    List<String> bound = new ArrayList<>(List.of(table.partitionKey()));
    if (table.sortKey() != null) {
      context.put("aws-crypto-sort-name", table.sortKey());
      bound.add(table.sortKey());
    }
    if (table.version() == 1) {
      bound.forEach(name -> context.put("aws-crypto-attr." + name, base64(item.get(name))));
      return context;
    }
    StringBuilder legend = new StringBuilder();
    table.actions().entrySet().stream()
        .filter(e -> e.getValue() == CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT)
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(DbeForger::utf8, Arrays::compareUnsigned))
        .forEach(
            name -> {
              AttributeValue value = item.get(name);
              switch (value.type()) {
                case S -> context.put("aws-crypto-attr." + name, value.s());
                case N -> context.put("aws-crypto-attr." + name, value.n());
                default -> context.put("aws-crypto-attr." + name, base64(value));
              }
              legend.append(
                  switch (value.type()) {
                    case S -> 'S';
                    case N -> 'N';
                    default -> 'B';
                  });
            });
    context.put("aws-crypto-legend", legend.toString());
    return context;
  }

  private static String base64(AttributeValue value) {
    return Base64.getEncoder().encodeToString(serialized(value));
  }

  /** Adds an encrypted data key and returns its symmetric signing key. */
  private byte[] wrap(Bytes keys, byte[] dataKey, byte[] context) {
    byte[] intermediate = bytes(32);
    byte[] nonce = bytes(12);
    byte[] wrapped = gcm(wrappingKey.getEncoded(), nonce, context, intermediate);
    byte[] kek = hkdf(intermediate, utf8("AWS_MPL_INTERMEDIATE_KEYWRAP_ENC"));
    keys.u16Prefixed(utf8(namespace))
        .u16Prefixed(new Bytes().put(utf8(keyName)).u32(128).u32(12).put(nonce).toByteArray())
        .u16Prefixed(join(gcm(kek, GCM_ZERO_IV, context, dataKey), wrapped));
    return hkdf(intermediate, utf8("AWS_MPL_INTERMEDIATE_KEYWRAP_MAC"));
  }

  /** The attributes that are signed, shorter names first, then by their bytes. */
  private List<String> signedNames(Map<String, AttributeValue> item) {
    return item.keySet().stream()
        .filter(name -> table.actions().getOrDefault(name, CryptoAction.DO_NOTHING).signs())
        .sorted(
            Comparator.comparingInt(String::length)
                .thenComparing(DbeForger::utf8, Arrays::compareUnsigned))
        .toList();
  }

  private static byte legendByte(CryptoAction action) {
    return (byte)
        switch (action) {
          case ENCRYPT_AND_SIGN -> 'e';
          case SIGN_ONLY -> 's';
          case SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT -> 'c';
          case DO_NOTHING -> throw new IllegalArgumentException("not signed");
        };
  }

  private byte[] path(String name) {
    return new Bytes()
        .put(utf8(table.name()))
        .u64(1)
        .u8('$')
        .u64(name.length())
        .put(utf8(name))
        .toByteArray();
  }

  private static byte[] serialized(AttributeValue value) {
    return switch (value.type()) {
      case S -> join(new byte[] {0, 1}, utf8(value.s()));
      case N -> join(new byte[] {0, 2}, utf8(value.n()));
      case B -> join(new byte[] {-1, -1}, value.b().asByteArray());
      default -> throw new IllegalArgumentException("not forged: " + value.type());
    };
  }

  private static byte[] encryptField(byte[] rootKey, int index, byte[] path, byte[] value) {
    try {
      byte[] block = new Bytes().put(utf8("AwsDbeField")).u8(0x2C).u32(3 * index).toByteArray();
      Cipher stream = Cipher.getInstance("AES/CTR/NoPadding");
      stream.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(rootKey, "AES"), new IvParameterSpec(block));
      byte[] keyAndNonce = stream.doFinal(new byte[44]);
      return join(
          Arrays.copyOf(value, 2),
          gcm(
              Arrays.copyOf(keyAndNonce, 32),
              Arrays.copyOfRange(keyAndNonce, 32, 44),
              path,
              Arrays.copyOfRange(value, 2, value.length)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] gcm(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(aad);
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** HKDF with SHA-512, no salt, 32 bytes. */
  private static byte[] hkdf(byte[] keyMaterial, byte[] info) {
    byte[] extracted = hmac("HmacSHA512", new byte[64], keyMaterial);
    return Arrays.copyOf(hmac("HmacSHA512", extracted, join(info, new byte[] {1})), 32);
  }

  private static byte[] hmac(String algorithm, byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sha384(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-384").digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ecdsa(PrivateKey key, byte[] data) {
    try {
      Signature signature = Signature.getInstance("SHA384withECDSA");
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A signature with s replaced by the curve's order less s, which verifies as well. */
  static byte[] mirrored(byte[] der) {
    int rLength = der[3];
    byte[] s = Arrays.copyOfRange(der, 6 + rLength, der.length);
    byte[] mirrored = P384_ORDER.subtract(new BigInteger(s)).toByteArray();
    return new Bytes()
        .u8(0x30)
        .u8(4 + rLength + mirrored.length)
        .put(Arrays.copyOfRange(der, 2, 4 + rLength))
        .u8(2)
        .u8(mirrored.length)
        .put(mirrored)
        .toByteArray();
  }

  static KeyPair newPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp384r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key as a context holds it: the compressed point in Base64. */
  static String encodedPoint(KeyPair pair) {
    var point = ((ECPublicKey) pair.getPublic()).getW();
    byte[] x = point.getAffineX().toByteArray();
    byte[] compressed = new byte[49];
    compressed[0] = (byte) (point.getAffineY().testBit(0) ? 3 : 2);
    int digits = Math.min(x.length, 48);
    System.arraycopy(x, x.length - digits, compressed, 49 - digits, digits);
    return Base64.getEncoder().encodeToString(compressed);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  static byte[] join(byte[] first, byte[] second) {
    return new Bytes().put(first).put(second).toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** Bytes one after the other, numbers big-endian. */
  static final class Bytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Bytes u8(int value) {
      return put(new byte[] {(byte) value});
    }

    Bytes u16(int value) {
      return put(new byte[] {(byte) (value >> 8), (byte) value});
    }

    Bytes u32(int value) {
      return u16(value >>> 16).u16(value);
    }

    Bytes u64(long value) {
      return u32((int) (value >>> 32)).u32((int) value);
    }

    Bytes u16Prefixed(byte[] value) {
      return u16(value.length).put(value);
    }

    Bytes put(byte[] value) {
      bytes.writeBytes(value);
      return this;
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
