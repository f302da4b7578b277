package io.github.itemseal.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.kms.model.DisabledException;

/**
 * One symmetric key. Its ciphertexts are: 2-byte length and ARN, 4-byte number of the backing key,
 * 12-byte IV, AES-256-GCM ciphertext and tag.
 */
final class InMemoryKey {
  private final String arn;
  private final List<byte[]> backingKeys = new CopyOnWriteArrayList<>();
  private volatile boolean enabled = true;

  InMemoryKey(String arn) {
    this.arn = arn;
    rotate();
  }

  String arn() {
    return arn;
  }

  void rotate() {
    backingKeys.add(AesGcm.random(32));
  }

  void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  void requireEnabled() {
    if (!enabled) {
      throw DisabledException.builder().message(arn + " is disabled.").build();
    }
  }

  byte[] encrypt(byte[] plaintext, byte[] context) {
    int newest = backingKeys.size() - 1;
    byte[] sealed = AesGcm.seal(backingKeys.get(newest), plaintext, context);
    byte[] header = header();
    return ByteBuffer.allocate(header.length + Integer.BYTES + sealed.length)
        .put(header)
        .putInt(newest)
        .put(sealed)
        .array();
  }

  /** Whether a ciphertext claims to be of this key. */
  boolean encrypted(byte[] blob) {
    byte[] header = header();
    return blob.length > header.length + Integer.BYTES
        && Arrays.equals(header, Arrays.copyOf(blob, header.length));
  }

  byte[] decrypt(byte[] blob, byte[] context) {
    ByteBuffer rest = ByteBuffer.wrap(blob).position(header().length);
    int number = rest.getInt();
    if (number < 0 || number >= backingKeys.size()) {
      throw AesGcm.invalidCiphertext();
    }
    byte[] sealed = new byte[rest.remaining()];
    rest.get(sealed);
    return AesGcm.open(backingKeys.get(number), sealed, context);
  }

  private byte[] header() {
    byte[] name = arn.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + name.length)
        .putShort((short) name.length)
        .put(name)
        .array();
  }
}
