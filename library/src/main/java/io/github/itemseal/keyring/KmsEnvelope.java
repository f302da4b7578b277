package io.github.itemseal.keyring;

import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.keyring.KmsKeyChoice.Question;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * The pure half of the KMS keyrings: requests from materials, and materials from answers. Source:
 * docs/formats/dbe.md, "AWS KMS". Immutable and thread-safe.
 *
 * <p>The provider info is the ARN of the key, the wrapped intermediate key the ciphertext that KMS
 * gives. The whole encryption context goes to KMS.
 */
final class KmsEnvelope {
  private static final String PROVIDER_ID = "aws-kms";

  /** Largest ciphertext that KMS takes. */
  static final int MAX_CIPHERTEXT_BYTES = 6144;

  private final KmsKeyChoice key;
  private final KmsRequests requests;

  KmsEnvelope(KmsKeyringSettings settings) {
    this.key = settings.key();
    this.requests = settings.requests();
  }

  /** An encrypted data key, and how to ask KMS for it. */
  record Attempt(EncryptedDataKey encrypted, Question question) {}

  /** The key for exceptions. */
  String describeKey() {
    return key.describe();
  }

  /** For asking. */
  KmsRequests requests() {
    return requests;
  }

  // ---- writing ----

  GenerateDataKeyRequest generateRequest(EncryptionMaterials materials) {
    GenerateDataKeyRequest.Builder request =
        GenerateDataKeyRequest.builder()
            .keyId(key.writes().orElseThrow(() -> KmsFailures.onlyReads(materials.subject())))
            .numberOfBytes(IntermediateKey.LENGTH_BYTES)
            .encryptionContext(materials.encryptionContext())
            .overrideConfiguration(requests.userAgent());
    if (!requests.grantTokens().isEmpty()) {
      request.grantTokens(requests.grantTokens());
    }
    return request.build();
  }

  EncryptionMaterials written(EncryptionMaterials materials, GenerateDataKeyResponse response) {
    byte[] intermediateKey = requireKey(response.plaintext(), materials);
    SdkBytes blob = response.ciphertextBlob();
    if (blob == null || blob.asByteArrayUnsafe().length == 0) {
      throw KmsFailures.badAnswer(materials.subject(), "without a ciphertext");
    }
    KmsKeyArn arn =
        arnIn(response.keyId())
            .filter(key::isWritten)
            .orElseThrow(
                () ->
                    KmsFailures.badAnswer(materials.subject(), "with another key than asked for"));
    return materials.withWrappedKey(
        intermediateKey,
        PROVIDER_ID,
        arn.toString().getBytes(StandardCharsets.UTF_8),
        blob.asByteArrayUnsafe());
  }

  private static byte[] requireKey(@Nullable SdkBytes plaintext, EncryptionMaterials materials) {
    if (plaintext == null || plaintext.asByteArrayUnsafe().length != IntermediateKey.LENGTH_BYTES) {
      throw KmsFailures.badAnswer(materials.subject(), "without a key of 32 bytes");
    }
    return plaintext.asByteArrayUnsafe();
  }

  // ---- reading ----

  /**
   * What to try, in the item's order.
   *
   * @throws io.github.itemseal.MaterialsUnavailableException if there is nothing to try
   */
  List<Attempt> attempts(DecryptionMaterials materials) {
    List<Attempt> attempts = materials.encryptedDataKeys().stream().flatMap(this::attempt).toList();
    if (attempts.isEmpty()) {
      throw KmsFailures.noneFits(materials.subject(), key.describe(), isRelated(materials));
    }
    return attempts;
  }

  /** Whether one is of the same multi-Region key, which only its own setting reads. */
  private boolean isRelated(DecryptionMaterials materials) {
    return key instanceof KmsKeyChoice.Exact exact
        && materials.encryptedDataKeys().stream()
            .flatMap(encrypted -> arnOf(encrypted).stream())
            .anyMatch(exact.arn()::isRelatedTo);
  }

  private static Optional<KmsKeyArn> arnOf(EncryptedDataKey encrypted) {
    if (!encrypted.providerId().equals(PROVIDER_ID)) {
      return Optional.empty();
    }
    return KmsKeyArn.parse(
        new String(encrypted.providerInfo().asByteArrayUnsafe(), StandardCharsets.UTF_8));
  }

  private Stream<Attempt> attempt(EncryptedDataKey encrypted) {
    return arnOf(encrypted)
        .flatMap(key::asks)
        .map(question -> new Attempt(encrypted, question))
        .stream();
  }

  DecryptRequest decryptRequest(DecryptionMaterials materials, Attempt attempt) {
    byte[] blob = materials.wrappedIntermediateKey(attempt.encrypted());
    if (blob.length > MAX_CIPHERTEXT_BYTES) {
      throw new ItemAuthenticationException(materials.subject()); // KMS would call it invalid
    }
    DecryptRequest.Builder request =
        DecryptRequest.builder()
            .keyId(attempt.question().keyId())
            .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(blob))
            .encryptionContext(materials.encryptionContext())
            .overrideConfiguration(requests.userAgent());
    if (!requests.grantTokens().isEmpty()) {
      request.grantTokens(requests.grantTokens());
    }
    return request.build();
  }

  DecryptionMaterials read(
      DecryptionMaterials materials, Attempt attempt, DecryptResponse response) {
    if (arnIn(response.keyId()).filter(attempt.question().expected()::equals).isEmpty()) {
      throw KmsFailures.otherKey(materials.subject(), attempt.question().keyId(), null);
    }
    if (response.plaintext() == null) {
      throw KmsFailures.badAnswer(materials.subject(), "without a key of 32 bytes");
    }
    return materials.withIntermediateKey(
        attempt.encrypted(), response.plaintext().asByteArrayUnsafe());
  }

  private static Optional<KmsKeyArn> arnIn(@Nullable String answered) {
    return Optional.ofNullable(answered).flatMap(KmsKeyArn::parse);
  }
}
