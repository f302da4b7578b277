package io.github.itemseal.keyring;

import io.github.itemseal.FailureSubject;
import io.github.itemseal.keyring.EcdhEnvelope.Sides;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.KeyAgreementAlgorithmSpec;

/**
 * The pure half of the ECDH keyrings of AWS KMS: requests from materials, and materials from
 * answers. Immutable and thread-safe.
 */
final class KmsEcdhEnvelope {
  private static final String PROVIDER_ID = "aws-kms-ecdh";

  private final KmsKeyChoice key;
  private final EcdhParties parties;
  private final KmsRequests requests;
  private final EcdhEnvelope envelope;

  KmsEcdhEnvelope(KmsEcdhSettings settings) {
    this.key = settings.key();
    this.parties = settings.parties();
    this.requests = settings.requests();
    this.envelope = new EcdhEnvelope(PROVIDER_ID, parties.curve());
  }

  /** An encrypted data key, and who it says it is between. */
  record Attempt(EncryptedDataKey encrypted, Sides sides) {}

  String describeKey() {
    return key.describe();
  }

  /** For asking. */
  KmsRequests requests() {
    return requests;
  }

  DeriveSharedSecretRequest writeRequest(EncryptionMaterials materials) {
    return request(parties.requireRecipient(materials));
  }

  EncryptionMaterials written(EncryptionMaterials materials, DeriveSharedSecretResponse response) {
    return envelope.seal(
        materials,
        parties.sidesTo(parties.requireRecipient(materials)),
        secretIn(response, materials.subject()));
  }

  /**
   * What to try, in the item's order.
   *
   * @throws io.github.itemseal.MaterialsUnavailableException if there is nothing to try
   */
  List<Attempt> attempts(DecryptionMaterials materials) {
    List<Attempt> attempts =
        materials.encryptedDataKeys().stream()
            .flatMap(
                encrypted ->
                    envelope
                        .sidesOf(encrypted)
                        .filter(parties::read)
                        .map(sides -> new Attempt(encrypted, sides))
                        .stream())
            .toList();
    if (attempts.isEmpty()) {
      throw KmsFailures.noneFits(materials.subject(), key.describe(), false);
    }
    return attempts;
  }

  DeriveSharedSecretRequest readRequest(DecryptionMaterials materials, Attempt attempt) {
    materials.wrappedIntermediateKey(attempt.encrypted()); // long enough to be worth a request
    return request(parties.otherOf(attempt.sides(), materials));
  }

  DecryptionMaterials read(
      DecryptionMaterials materials, Attempt attempt, DeriveSharedSecretResponse response) {
    return envelope.open(
        materials, attempt.encrypted(), attempt.sides(), secretIn(response, materials.subject()));
  }

  private DeriveSharedSecretRequest request(ECPublicKey other) {
    DeriveSharedSecretRequest.Builder request =
        DeriveSharedSecretRequest.builder()
            .keyId(key.writes().orElseThrow())
            .keyAgreementAlgorithm(KeyAgreementAlgorithmSpec.ECDH)
            .publicKey(SdkBytes.fromByteArray(other.getEncoded()))
            .overrideConfiguration(requests.userAgent());
    if (!requests.grantTokens().isEmpty()) {
      request.grantTokens(requests.grantTokens());
    }
    return request.build();
  }

  private byte[] secretIn(DeriveSharedSecretResponse response, FailureSubject subject) {
    @Nullable String answered = response.keyId();
    if (answered == null || KmsKeyArn.parse(answered).filter(key::isWritten).isEmpty()) {
      throw KmsFailures.badAnswer(subject, "with another key than asked for");
    }
    SdkBytes secret = response.sharedSecret();
    if (secret == null || secret.asByteArrayUnsafe().length != parties.curve().fieldBytes()) {
      throw KmsFailures.badAnswer(subject, "without a secret of the curve's length");
    }
    return secret.asByteArrayUnsafe();
  }
}
