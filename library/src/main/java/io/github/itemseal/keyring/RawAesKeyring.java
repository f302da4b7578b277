package io.github.itemseal.keyring;

import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.AesGcm;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.crypto.RandomBytes;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Wraps with an AES key of the user's own. Source: docs/formats/dbe.md, "Raw AES". Immutable and
 * thread-safe.
 *
 * <p>The encrypted data key is the intermediate key under AES-GCM with the encryption context as
 * associated data: 48 bytes. Its provider info is the key's name, then the tag's 128 bits and the
 * nonce's 12 bytes as 4-byte numbers, then the nonce.
 */
public final class RawAesKeyring implements LocalKeyring {
  private static final int NUMBERS_BYTES = 2 * Integer.BYTES;

  private final String namespace;
  private final byte[] infoPrefix;
  private final SecretKey wrappingKey;

  private RawAesKeyring(String namespace, String name, SecretKey wrappingKey) {
    this.namespace = RawKeyNames.requireNamespace(namespace);
    byte[] nameBytes = RawKeyNames.requireName(name);
    this.infoPrefix = Arrays.copyOf(nameBytes, nameBytes.length + NUMBERS_BYTES);
    infoPrefix[nameBytes.length + 3] = (byte) (8 * AesGcm.TAG_BYTES);
    infoPrefix[nameBytes.length + 7] = AesGcm.NONCE_BYTES;
    this.wrappingKey = wrappingKey;
  }

  /**
   * A keyring of one key. Items name it by namespace and name, so both must stay the same.
   *
   * @param namespace of the user's choice; {@code aws-kms} is taken
   * @param name of the key within its namespace
   * @param wrappingKey AES, 128, 192 or 256 bits; the length of a key that does not show its bytes
   *     is not checked
   * @throws IllegalArgumentException if the key is not AES or of another length, the namespace is
   *     taken, or a name is empty or too long
   */
  public static RawAesKeyring of(String namespace, String name, SecretKey wrappingKey) {
    return new RawAesKeyring(namespace, name, KeyStrength.requireAes(wrappingKey));
  }

  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    byte[] intermediateKey = RandomBytes.of(IntermediateKey.LENGTH_BYTES);
    byte[] nonce = RandomBytes.of(AesGcm.NONCE_BYTES);
    byte[] info = Arrays.copyOf(infoPrefix, infoPrefix.length + nonce.length);
    System.arraycopy(nonce, 0, info, infoPrefix.length, nonce.length);
    try {
      byte[] wrapped =
          materials
              .gcm()
              .seal(
                  wrappingKey,
                  AesGcm.nonce(nonce, 0),
                  materials.canonicalContext(),
                  intermediateKey);
      return materials.withWrappedKey(intermediateKey, namespace, info, wrapped);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(
          materials.subject(), "wrapping key", e.getCause());
    }
  }

  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    FailedAttempts failures = new FailedAttempts();
    for (EncryptedDataKey key : materials.encryptedDataKeys()) {
      byte[] info = key.providerInfo().asByteArrayUnsafe();
      if (key.providerId().equals(namespace) && isOurs(info)) {
        try {
          return open(materials, key, info);
        } catch (RuntimeException e) {
          failures.add(e);
        }
      }
    }
    throw failures.toException(materials);
  }

  private boolean isOurs(byte[] info) {
    return info.length == infoPrefix.length + AesGcm.NONCE_BYTES
        && Arrays.equals(info, 0, infoPrefix.length, infoPrefix, 0, infoPrefix.length);
  }

  private DecryptionMaterials open(
      DecryptionMaterials materials, EncryptedDataKey key, byte[] info) {
    try {
      byte[] intermediateKey =
          materials
              .gcm()
              .open(
                  wrappingKey,
                  AesGcm.nonce(info, infoPrefix.length),
                  materials.canonicalContext(),
                  materials.wrappedIntermediateKey(key));
      return materials.withIntermediateKey(key, intermediateKey);
    } catch (CryptoFailure e) {
      throw new ItemAuthenticationException(materials.subject());
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(
          materials.subject(), "wrapping key", e.getCause());
    }
  }

  /** Names only. */
  @Override
  public String toString() {
    return "RawAesKeyring[namespace=%s]".formatted(namespace);
  }
}
