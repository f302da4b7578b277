package io.github.itemseal.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.kms.model.KeySpec;

/**
 * Backing keys of a symmetric key. Their ciphertexts are: 2-byte length and id of the key, 4-byte
 * number of the backing key, 12-byte IV, AES-256-GCM ciphertext and tag. The id is the same in
 * every Region, so that replicas read each other's.
 */
final class SymmetricMaterial implements KeyMaterial {
  private final List<byte[]> backingKeys = new CopyOnWriteArrayList<>();

  SymmetricMaterial() {
    rotate();
  }

  @Override
  public KeySpec spec() {
    return KeySpec.SYMMETRIC_DEFAULT;
  }

  void rotate() {
    backingKeys.add(AesGcm.random(32));
  }

  byte[] encrypt(String id, byte[] plaintext, byte[] context) {
    int newest = backingKeys.size() - 1;
    byte[] sealed = AesGcm.seal(backingKeys.get(newest), plaintext, context);
    byte[] header = header(id);
    return ByteBuffer.allocate(header.length + Integer.BYTES + sealed.length)
        .put(header)
        .putInt(newest)
        .put(sealed)
        .array();
  }

  /** Whether a ciphertext claims to be of the key with this id. */
  static boolean isOf(String id, byte[] blob) {
    byte[] header = header(id);
    return blob.length > header.length + Integer.BYTES
        && Arrays.equals(header, Arrays.copyOf(blob, header.length));
  }

  byte[] decrypt(String id, byte[] blob, byte[] context) {
    ByteBuffer rest = ByteBuffer.wrap(blob).position(header(id).length);
    int number = rest.getInt();
    if (number < 0 || number >= backingKeys.size()) {
      throw AesGcm.invalidCiphertext();
    }
    byte[] sealed = new byte[rest.remaining()];
    rest.get(sealed);
    return AesGcm.open(backingKeys.get(number), sealed, context);
  }

  private static byte[] header(String id) {
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + name.length)
        .putShort((short) name.length)
        .put(name)
        .array();
  }
}
