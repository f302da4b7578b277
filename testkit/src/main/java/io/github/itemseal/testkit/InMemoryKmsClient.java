package io.github.itemseal.testkit;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** The blocking face of {@link InMemoryKms}; other operations throw, as the SDK's defaults do. */
final class InMemoryKmsClient implements KmsClient {
  private final KmsOperations operations;
  private final KmsFaults faults;

  InMemoryKmsClient(KmsOperations operations, KmsFaults faults) {
    this.operations = operations;
    this.faults = faults;
  }

  @Override
  public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    return delayed(() -> operations.generateDataKey(request));
  }

  @Override
  public GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
      GenerateDataKeyWithoutPlaintextRequest request) {
    return delayed(() -> operations.generateDataKeyWithoutPlaintext(request));
  }

  @Override
  public EncryptResponse encrypt(EncryptRequest request) {
    return delayed(() -> operations.encrypt(request));
  }

  @Override
  public DecryptResponse decrypt(DecryptRequest request) {
    return delayed(() -> operations.decrypt(request));
  }

  @Override
  public ReEncryptResponse reEncrypt(ReEncryptRequest request) {
    return delayed(() -> operations.reEncrypt(request));
  }

  @Override
  public DeriveSharedSecretResponse deriveSharedSecret(DeriveSharedSecretRequest request) {
    return delayed(() -> operations.deriveSharedSecret(request));
  }

  @Override
  public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
    return delayed(() -> operations.getPublicKey(request));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private <R> R delayed(Supplier<R> answer) {
    try {
      Thread.sleep(faults.latency().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted");
    }
    return answer.get();
  }
}
