package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.AesGcm;
import io.github.itemseal.internal.crypto.CounterKdf;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.RandomBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a branch key wraps the intermediate key of an item: the pure half of the hierarchical
 * keyrings. Stateless. Source: docs/formats/dbe.md, "Hierarchical".
 *
 * <p>A wrapped key is 92 bytes: a salt of 16, a nonce of 12, the version of the branch key as the
 * 16 bytes of its UUID, and the intermediate key under AES-GCM, 32 bytes and a tag of 16. The AES
 * key is derived from the branch key and the salt; names, version and the item's encryption context
 * are associated data.
 */
final class BranchKeyWrapping {
  private static final String PROVIDER_ID = "aws-kms-hierarchy";
  private static final byte[] LABEL = PROVIDER_ID.getBytes(StandardCharsets.US_ASCII);

  private static final int SALT_BYTES = 16;
  private static final int VERSION_BYTES = 16;
  private static final int VERSION_AT = SALT_BYTES + AesGcm.NONCE_BYTES;
  private static final int SEALED_AT = VERSION_AT + VERSION_BYTES;
  private static final int WRAPPED_BYTES =
      SEALED_AT + IntermediateKey.LENGTH_BYTES + AesGcm.TAG_BYTES;

  private BranchKeyWrapping() {}

  /** Adds a data key that is wrapped with this version of the branch key. */
  static EncryptionMaterials wrap(EncryptionMaterials materials, BranchKey branchKey) {
    byte[] salt = RandomBytes.of(SALT_BYTES);
    byte[] nonce = RandomBytes.of(AesGcm.NONCE_BYTES);
    byte[] intermediateKey = RandomBytes.of(IntermediateKey.LENGTH_BYTES);
    byte[] id = idBytes(branchKey.branchKeyId());
    byte[] version = versionBytes(branchKey.version());
    try {
      byte[] sealed =
          materials
              .gcm()
              .seal(
                  derive(materials.jca(), branchKey, salt),
                  AesGcm.nonce(nonce, 0),
                  associated(id, version, materials.canonicalContext()),
                  intermediateKey);
      return materials.withWrappedKey(
          intermediateKey, PROVIDER_ID, id, concat(salt, nonce, version, sealed));
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause());
    }
  }

  /** The encrypted data keys that name this branch key. */
  static List<EncryptedDataKey> keysOf(String branchKeyId, DecryptionMaterials materials) {
    byte[] id = idBytes(branchKeyId);
    return materials.encryptedDataKeys().stream()
        .filter(key -> key.providerId().equals(PROVIDER_ID))
        .filter(key -> Arrays.equals(key.providerInfo().asByteArrayUnsafe(), id))
        .toList();
  }

  /**
   * The version of the branch key that a data key says it is wrapped with.
   *
   * @throws MalformedItemException if the wrapped key has not 92 bytes
   */
  static UUID versionOf(EncryptedDataKey key, DecryptionMaterials materials) {
    ByteBuffer version = ByteBuffer.wrap(wrapped(key, materials)).position(VERSION_AT);
    return new UUID(version.getLong(), version.getLong());
  }

  /**
   * The materials with the data key that this version of the branch key opens.
   *
   * @throws ItemAuthenticationException if it does not open
   */
  static DecryptionMaterials unwrap(
      EncryptedDataKey key, DecryptionMaterials materials, BranchKey branchKey) {
    byte[] wrapped = wrapped(key, materials);
    byte[] salt = Arrays.copyOf(wrapped, SALT_BYTES);
    try {
      byte[] intermediateKey =
          materials
              .gcm()
              .open(
                  derive(materials.jca(), branchKey, salt),
                  AesGcm.nonce(wrapped, SALT_BYTES),
                  associated(
                      idBytes(branchKey.branchKeyId()),
                      versionBytes(branchKey.version()),
                      materials.canonicalContext()),
                  wrapped,
                  SEALED_AT,
                  wrapped.length - SEALED_AT);
      return materials.withIntermediateKey(key, intermediateKey);
    } catch (CryptoFailure e) {
      throw new ItemAuthenticationException(materials.subject());
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause());
    }
  }

  private static byte[] wrapped(EncryptedDataKey key, DecryptionMaterials materials) {
    byte[] wrapped = materials.wrappedIntermediateKey(key);
    if (wrapped.length != WRAPPED_BYTES) {
      throw new MalformedItemException(
          FailureReason.DATA_KEY_MALFORMED,
          materials.subject(),
          "The %s has a data key of a branch key that is too short or too long."
              .formatted(materials.subject().describe()));
    }
    return wrapped;
  }

  private static SecretKey derive(Jca jca, BranchKey branchKey, byte[] salt) {
    byte[] key =
        new CounterKdf(jca, "HmacSHA256")
            .derive(branchKey.key().getEncoded(), LABEL, salt, IntermediateKey.LENGTH_BYTES);
    return new SecretKeySpec(key, "AES");
  }

  private static byte[] associated(byte[] id, byte[] version, byte[] canonicalContext) {
    return concat(LABEL, id, version, canonicalContext);
  }

  private static byte[] idBytes(String branchKeyId) {
    return branchKeyId.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] versionBytes(UUID version) {
    return ByteBuffer.allocate(VERSION_BYTES)
        .putLong(version.getMostSignificantBits())
        .putLong(version.getLeastSignificantBits())
        .array();
  }

  private static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer whole = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      whole.put(part);
    }
    return whole.array();
  }
}
