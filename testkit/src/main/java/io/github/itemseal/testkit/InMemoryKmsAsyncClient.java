package io.github.itemseal.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** The asynchronous face of {@link InMemoryKms}, twin of {@link InMemoryKmsClient}. */
final class InMemoryKmsAsyncClient implements KmsAsyncClient {
  private final InMemoryKms kms;

  InMemoryKmsAsyncClient(InMemoryKms kms) {
    this.kms = kms;
  }

  @Override
  public CompletableFuture<GenerateDataKeyResponse> generateDataKey(
      GenerateDataKeyRequest request) {
    return delayed(() -> kms.generateDataKey(request));
  }

  @Override
  public CompletableFuture<DecryptResponse> decrypt(DecryptRequest request) {
    return delayed(() -> kms.decrypt(request));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private <R> CompletableFuture<R> delayed(Supplier<R> answer) {
    return CompletableFuture.supplyAsync(
        answer, CompletableFuture.delayedExecutor(kms.latency().toMillis(), TimeUnit.MILLISECONDS));
  }
}
