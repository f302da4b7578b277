package io.github.itemseal.interop;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Encrypts and signs what neither client would: any bytes as the plaintext of an attribute. Written
 * from the format's description, with no code of the library, for S and N keys and static keys.
 */
final class ItemForger {
  private final String table;
  private final SecretKey encryptionKey;
  private final SecretKey macKey;

  ItemForger(String table, SecretKey encryptionKey, SecretKey macKey) {
    this.table = table;
    this.encryptionKey = encryptionKey;
    this.macKey = macKey;
  }

  /** The plaintext behind its initialisation vector. */
  byte[] encrypt(byte[] plaintext) {
    return encrypt("AES/CBC/PKCS5Padding", plaintext);
  }

  /** The same, with whatever bytes stand where the padding should be. */
  byte[] encryptUnpadded(byte[] wholeBlocks) {
    return encrypt("AES/CBC/NoPadding", wholeBlocks);
  }

  private byte[] encrypt(String transformation, byte[] plaintext) {
    try {
      byte[] iv = new byte[16];
      new SecureRandom().nextBytes(iv);
      Cipher cipher = Cipher.getInstance(transformation);
      cipher.init(Cipher.ENCRYPT_MODE, encryptionKey, new IvParameterSpec(iv));
      ByteArrayOutputStream stored = new ByteArrayOutputStream();
      stored.writeBytes(iv);
      stored.writeBytes(cipher.doFinal(plaintext));
      return stored.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The signature of an item with plain S and N attributes and encrypted ones. */
  AttributeValue sign(Map<String, AttributeValue> plain, Map<String, AttributeValue> encrypted) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(sha256(utf8("TABLE>" + table + "<TABLE")));
    Map<String, AttributeValue> all = new TreeMap<>(plain);
    all.putAll(encrypted);
    all.forEach(
        (name, value) -> {
          input.writeBytes(sha256(utf8(name)));
          input.writeBytes(sha256(utf8(encrypted.containsKey(name) ? "ENCRYPTED" : "PLAINTEXT")));
          input.writeBytes(sha256(serialize(value)));
        });
    try {
      Mac mac = Mac.getInstance(macKey.getAlgorithm());
      mac.init(macKey);
      return binary(mac.doFinal(input.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  /** A tag with its leading zero, then a length or count, then these bytes. */
  static byte[] tagged(char tag, int length, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeChar(tag);
      out.writeInt(length);
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] serialize(AttributeValue value) {
    byte[] body =
        switch (value.type()) {
          case S -> utf8(value.s());
          case N -> utf8(value.n());
          case B -> value.b().asByteArray();
          default -> throw new IllegalArgumentException("not forged: " + value.type());
        };
    char tag = value.type().name().toLowerCase(Locale.ROOT).charAt(0);
    return tagged(tag, body.length, body);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
