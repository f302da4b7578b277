package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.internal.crypto.HkdfSha256;
import io.github.itemseal.internal.crypto.KeyStrength;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * Materials of items from the data keys that AWS KMS answers. Source: docs/formats/ddbec.md, "AWS
 * KMS". Does no I/O; immutable and thread-safe.
 */
final class DataKeyMaterials {
  private static final String WRAP_ALGORITHM_KMS = "kms";
  private static final String CONTEXT_NOTE = "aws-kms-ec-attr";
  private static final String CONTEXT_NOTE_KEYS = "*keys*";

  private final KmsSettings settings;

  DataKeyMaterials(KmsSettings settings) {
    this.settings = settings;
  }

  EncryptionMaterials encrypting(EncryptionContext context, GenerateDataKeyResponse response) {
    FailureSubject subject = DataKeyFailures.subject(context);
    SdkBytes dataKey = response.plaintext();
    if (dataKey == null
        || dataKey.asByteArrayUnsafe().length != DataKeyRequests.DATA_KEY_BYTES
        || response.ciphertextBlob() == null) {
      throw DataKeyFailures.unavailable(
          subject, "KMS answered without a data key of 32 bytes.", null);
    }
    requireKey(settings.keyIdFor(context), response.keyId(), subject);
    HkdfSha256 hkdf = new HkdfSha256(dataKey.asByteArrayUnsafe());
    MaterialDescription description =
        settings
            .materialDescription()
            .with(CONTEXT_NOTE, CONTEXT_NOTE_KEYS)
            .with(DescriptionEntries.WRAP_ALGORITHM, WRAP_ALGORITHM_KMS)
            .with(
                DescriptionEntries.CONTENT_KEY_ALGORITHM,
                KeyDescriptor.ofContentKeys(settings).text())
            .with(
                DescriptionEntries.SIGNING_KEY_ALGORITHM,
                KeyDescriptor.ofSigningKeys(settings).text())
            .with(
                DescriptionEntries.WRAPPED_KEY,
                Base64.getEncoder().encodeToString(response.ciphertextBlob().asByteArrayUnsafe()));
    return EncryptionMaterials.encrypting(
        contentKey(hkdf, settings.contentKeyBits()),
        signingKey(hkdf, settings.signingAlgorithm(), settings.signingKeyBits()),
        settings.signingAlgorithm(),
        description);
  }

  DecryptionMaterials decrypting(EncryptionContext context, DecryptResponse response) {
    FailureSubject subject = DataKeyFailures.subject(context);
    requireAllowedKey(context, response.keyId(), subject);
    if (response.plaintext() == null) {
      throw DataKeyFailures.unavailable(subject, "KMS answered without a data key.", null);
    }
    MaterialDescription description = context.materialDescription();
    KeyDescriptor content =
        KeyDescriptor.parse(
            DescriptionEntries.require(
                description, DescriptionEntries.CONTENT_KEY_ALGORITHM, subject),
            subject);
    KeyDescriptor signing =
        KeyDescriptor.parse(
            DescriptionEntries.require(
                description, DescriptionEntries.SIGNING_KEY_ALGORITHM, subject),
            subject);
    SigningAlgorithm signingAlgorithm =
        SigningAlgorithm.fromJcaName(signing.algorithm())
            .filter(SigningAlgorithm::isMac)
            .orElseThrow(() -> KeyDescriptor.notAllowed(subject));
    if (!KeyStrength.Use.READING.allowsMacBits(signing.bits())) {
      throw KeyDescriptor.notAllowed(subject);
    }
    if (!content.algorithm().equalsIgnoreCase("AES") || !KeyStrength.isAesLength(content.bits())) {
      throw KeyDescriptor.notAllowed(subject);
    }
    // Items of before 2016-12 have data keys of 256 bytes; the derivation takes any length.
    HkdfSha256 hkdf = new HkdfSha256(response.plaintext().asByteArrayUnsafe());
    return DecryptionMaterials.decrypting(
        contentKey(hkdf, content.bits()),
        signingKey(hkdf, signingAlgorithm, signing.bits()),
        Set.of(signingAlgorithm));
  }

  private void requireAllowedKey(
      EncryptionContext context, @Nullable String answeredArn, FailureSubject subject) {
    if (settings.decryptsWithAnyKey()) {
      return;
    }
    Optional<Set<String>> allowed = settings.decryptionKeyArns();
    if (allowed.isEmpty()) {
      requireKey(settings.keyIdFor(context), answeredArn, subject);
    } else if (answeredArn == null || !allowed.get().contains(answeredArn)) {
      throw DataKeyFailures.otherKey(subject, null);
    }
  }

  /** An alias names no key: for one we rely on KMS's own check of the request. */
  private static void requireKey(
      String keyId, @Nullable String answeredArn, FailureSubject subject) {
    boolean alias = keyId.startsWith("alias/") || keyId.contains(":alias/");
    boolean fits =
        answeredArn != null
            && (alias || answeredArn.equals(keyId) || answeredArn.endsWith(":key/" + keyId));
    if (!fits) {
      throw DataKeyFailures.otherKey(subject, null);
    }
  }

  private static SecretKey contentKey(HkdfSha256 hkdf, int bits) {
    return new SecretKeySpec(hkdf.expand("Encryption", bits / 8), "AES");
  }

  private static SecretKey signingKey(HkdfSha256 hkdf, SigningAlgorithm algorithm, int bits) {
    return new SecretKeySpec(hkdf.expand("Signing", bits / 8), algorithm.jcaName());
  }
}
