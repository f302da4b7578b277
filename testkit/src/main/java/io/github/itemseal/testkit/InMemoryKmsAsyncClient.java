package io.github.itemseal.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
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

/** The asynchronous face of {@link InMemoryKms}, twin of {@link InMemoryKmsClient}. */
final class InMemoryKmsAsyncClient implements KmsAsyncClient {
  private final KmsOperations operations;
  private final KmsFaults faults;

  InMemoryKmsAsyncClient(KmsOperations operations, KmsFaults faults) {
    this.operations = operations;
    this.faults = faults;
  }

  @Override
  public CompletableFuture<GenerateDataKeyResponse> generateDataKey(
      GenerateDataKeyRequest request) {
    return delayed(() -> operations.generateDataKey(request));
  }

  @Override
  public CompletableFuture<GenerateDataKeyWithoutPlaintextResponse> generateDataKeyWithoutPlaintext(
      GenerateDataKeyWithoutPlaintextRequest request) {
    return delayed(() -> operations.generateDataKeyWithoutPlaintext(request));
  }

  @Override
  public CompletableFuture<EncryptResponse> encrypt(EncryptRequest request) {
    return delayed(() -> operations.encrypt(request));
  }

  @Override
  public CompletableFuture<DecryptResponse> decrypt(DecryptRequest request) {
    return delayed(() -> operations.decrypt(request));
  }

  @Override
  public CompletableFuture<ReEncryptResponse> reEncrypt(ReEncryptRequest request) {
    return delayed(() -> operations.reEncrypt(request));
  }

  @Override
  public CompletableFuture<DeriveSharedSecretResponse> deriveSharedSecret(
      DeriveSharedSecretRequest request) {
    return delayed(() -> operations.deriveSharedSecret(request));
  }

  @Override
  public CompletableFuture<GetPublicKeyResponse> getPublicKey(GetPublicKeyRequest request) {
    return delayed(() -> operations.getPublicKey(request));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private <R> CompletableFuture<R> delayed(Supplier<R> answer) {
    // A refused hand-over ends what thenApplyAsync returns; on a delayed executor it would be lost.
    return new CompletableFuture<Void>()
        .completeOnTimeout(null, faults.latency().toMillis(), TimeUnit.MILLISECONDS)
        .thenApplyAsync(waited -> answer.get());
  }
}
