package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.RandomBytes;
import io.github.itemseal.internal.crypto.Rsa;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/**
 * The pure half of the RSA keyrings of AWS KMS. Source: docs/formats/dbe.md, "AWS KMS RSA".
 * Immutable and thread-safe.
 *
 * <p>The provider info is the ARN of the key. Encrypted is the SHA-384 of the encryption context,
 * 48 bytes, and the intermediate key, 32 bytes: KMS takes no encryption context for RSA keys.
 */
final class KmsRsaEnvelope {
  private static final String PROVIDER_ID = "aws-kms-rsa";
  private static final int DIGEST_BYTES = 48;

  private final KmsRsaSettings settings;
  private final String keyArn;
  private final byte[] providerInfo;

  KmsRsaEnvelope(KmsRsaSettings settings) {
    this.settings = settings;
    this.keyArn = settings.key().toString();
    this.providerInfo = keyArn.getBytes(StandardCharsets.UTF_8);
  }

  String describeKey() {
    return keyArn;
  }

  /** For asking. */
  KmsRequests requests() {
    return settings.requests();
  }

  /** Writes, without KMS. */
  EncryptionMaterials seal(EncryptionMaterials materials) {
    requireSuiteWithoutSignature(materials.algorithmSuite(), materials.subject());
    PublicKey publicKey =
        settings.publicKey().orElseThrow(() -> publicKeyMissing(materials.subject()));
    byte[] intermediateKey = RandomBytes.of(IntermediateKey.LENGTH_BYTES);
    byte[] plaintext =
        Arrays.copyOf(
            digest(materials.jca(), materials.canonicalContext()),
            DIGEST_BYTES + intermediateKey.length);
    System.arraycopy(intermediateKey, 0, plaintext, DIGEST_BYTES, intermediateKey.length);
    try {
      RsaKeyPadding padding = settings.padding();
      byte[] wrapped =
          Rsa.wrap(
              materials.jca(),
              padding.transformation(),
              padding.parameters(),
              publicKey,
              plaintext);
      return materials.withWrappedKey(intermediateKey, PROVIDER_ID, providerInfo, wrapped);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause());
    }
  }

  /**
   * What to try, in the item's order.
   *
   * @throws MaterialsUnavailableException if there is nothing to try
   */
  List<EncryptedDataKey> attempts(DecryptionMaterials materials) {
    requireSuiteWithoutSignature(materials.algorithmSuite(), materials.subject());
    List<EncryptedDataKey> attempts =
        materials.encryptedDataKeys().stream()
            .filter(
                encrypted ->
                    encrypted.providerId().equals(PROVIDER_ID)
                        && Arrays.equals(
                            encrypted.providerInfo().asByteArrayUnsafe(), providerInfo))
            .toList();
    if (attempts.isEmpty()) {
      throw KmsFailures.noneFits(materials.subject(), keyArn, false);
    }
    return attempts;
  }

  DecryptRequest decryptRequest(DecryptionMaterials materials, EncryptedDataKey encrypted) {
    byte[] blob = materials.wrappedIntermediateKey(encrypted);
    if (blob.length > KmsEnvelope.MAX_CIPHERTEXT_BYTES) {
      throw new ItemAuthenticationException(materials.subject()); // KMS would call it invalid
    }
    DecryptRequest.Builder request =
        DecryptRequest.builder()
            .keyId(keyArn)
            .encryptionAlgorithm(settings.algorithm())
            .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(blob))
            .overrideConfiguration(settings.requests().userAgent());
    if (!settings.requests().grantTokens().isEmpty()) {
      request.grantTokens(settings.requests().grantTokens());
    }
    return request.build();
  }

  DecryptionMaterials read(
      DecryptionMaterials materials, EncryptedDataKey encrypted, DecryptResponse response) {
    if (!keyArn.equals(response.keyId())) {
      throw KmsFailures.otherKey(materials.subject(), keyArn, null);
    }
    if (response.plaintext() == null) {
      throw KmsFailures.badAnswer(materials.subject(), "without a plaintext");
    }
    byte[] plaintext = response.plaintext().asByteArrayUnsafe();
    byte[] expected = digest(materials.jca(), materials.canonicalContext());
    if (plaintext.length != DIGEST_BYTES + IntermediateKey.LENGTH_BYTES
        || !MessageDigest.isEqual(expected, Arrays.copyOf(plaintext, DIGEST_BYTES))) {
      throw new ItemAuthenticationException(materials.subject());
    }
    return materials.withIntermediateKey(
        encrypted, Arrays.copyOfRange(plaintext, DIGEST_BYTES, plaintext.length));
  }

  private static byte[] digest(Jca jca, byte[] canonicalContext) {
    return jca.digest("SHA-384").digest(canonicalContext);
  }

  private static void requireSuiteWithoutSignature(AlgorithmSuite suite, FailureSubject subject) {
    if (suite.hasSignature()) {
      throw new MaterialsUnavailableException(
          FailureReason.KEY_NOT_CONFIGURED,
          subject,
          "An RSA key in KMS cannot serve the %s of suite %s: choose the one without a signature, %s."
              .formatted(
                  subject.describe(),
                  suite,
                  AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384),
          null);
    }
  }

  private static MaterialsUnavailableException publicKeyMissing(FailureSubject subject) {
    return new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        subject,
        "An RSA key in KMS writes the %s with its public key: configure publicKey(...)."
            .formatted(subject.describe()),
        null);
  }
}
