package io.github.itemseal.keyring;

import io.github.itemseal.MaterialsUnavailableException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/**
 * What a branch key store asks of AWS KMS, and what the answers must be. Immutable and thread-safe.
 * Source: docs/keystore.md.
 */
final class BranchKeyKms {
  private final String logicalName;
  private final BranchKeyProtection protection;
  private final BranchKeyStoreFailures failures;
  private final KmsRequests requests;

  /**
   * @param logicalName what KMS binds the rows to
   */
  BranchKeyKms(
      String logicalName, BranchKeyProtection protection, BranchKeyStoreFailures failures) {
    this.logicalName = logicalName;
    this.protection = protection;
    this.failures = failures;
    this.requests = new KmsRequests(protection.grantTokens(), null, null);
  }

  String logicalName() {
    return logicalName;
  }

  /**
   * The key for new rows.
   *
   * @throws MaterialsUnavailableException in a discovery mode
   */
  String writingKey() {
    return protection.writingKey().orElseThrow(failures::readsOnly);
  }

  // ---- New keys

  GenerateDataKeyWithoutPlaintextRequest generate(BranchKeyRow row) {
    return GenerateDataKeyWithoutPlaintextRequest.builder()
        .keyId(keyFor(row))
        .numberOfBytes(BranchKey.LENGTH_BYTES)
        .encryptionContext(row.kmsContext(logicalName))
        .grantTokens(requests.grantTokens())
        .overrideConfiguration(requests.userAgent())
        .build();
  }

  StoredBranchKey generated(BranchKeyRow row, GenerateDataKeyWithoutPlaintextResponse answer) {
    requireAnswer(row, answer.keyId());
    return stored(row, answer.ciphertextBlob());
  }

  /** From one row's key to that of another. */
  ReEncryptRequest reEncrypt(StoredBranchKey from, BranchKeyRow to) {
    return ReEncryptRequest.builder()
        .ciphertextBlob(from.encrypted())
        .sourceKeyId(keyFor(from.row()))
        .sourceEncryptionContext(from.row().kmsContext(logicalName))
        .destinationKeyId(keyFor(to))
        .destinationEncryptionContext(to.kmsContext(logicalName))
        .grantTokens(requests.grantTokens())
        .overrideConfiguration(requests.userAgent())
        .build();
  }

  StoredBranchKey reEncrypted(BranchKeyRow to, ReEncryptResponse answer) {
    requireAnswer(to, answer.sourceKeyId());
    requireAnswer(to, answer.keyId());
    return stored(to, answer.ciphertextBlob());
  }

  private StoredBranchKey stored(BranchKeyRow row, @Nullable SdkBytes ciphertext) {
    if (ciphertext == null) {
      throw failures.unusable(row, "AWS KMS answered without a key");
    }
    return new StoredBranchKey(row, ciphertext);
  }

  // ---- Stored keys

  DecryptRequest decrypt(StoredBranchKey key) {
    return DecryptRequest.builder()
        .ciphertextBlob(key.encrypted())
        .keyId(keyFor(key.row()))
        .encryptionContext(key.row().kmsContext(logicalName))
        .grantTokens(requests.grantTokens())
        .overrideConfiguration(requests.userAgent())
        .build();
  }

  BranchKey branchKey(StoredBranchKey key, DecryptResponse answer) {
    BranchKeyRow row = key.row();
    return BranchKey.of(
        row.text(BranchKeyRow.BRANCH_KEY_ID),
        row.version().orElseThrow(() -> failures.unusable(row, "it names no version")),
        row.customContext(),
        plaintext(row, answer));
  }

  BeaconKey beaconKey(StoredBranchKey key, DecryptResponse answer) {
    BranchKeyRow row = key.row();
    return BeaconKey.of(
        row.text(BranchKeyRow.BRANCH_KEY_ID), row.customContext(), plaintext(row, answer));
  }

  private byte[] plaintext(BranchKeyRow row, DecryptResponse answer) {
    requireAnswer(row, answer.keyId());
    SdkBytes plaintext = answer.plaintext();
    if (plaintext == null || plaintext.asByteArrayUnsafe().length != BranchKey.LENGTH_BYTES) {
      throw failures.unusable(row, "its key has not 32 bytes");
    }
    return plaintext.asByteArrayUnsafe();
  }

  // ---- Which key

  private void requireAnswer(BranchKeyRow row, @Nullable String answeredKey) {
    if (!keyFor(row).equals(answeredKey)) {
      throw failures.otherKey(row);
    }
  }

  private String keyFor(BranchKeyRow row) {
    return protection
        .keyFor(row.text(BranchKeyRow.KMS_ARN))
        .orElseThrow(() -> failures.otherKey(row));
  }
}
