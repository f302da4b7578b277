package io.github.itemseal.testkit;

import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** The blocking face of {@link InMemoryKms}; other operations throw, as the SDK's defaults do. */
final class InMemoryKmsClient implements KmsClient {
  private final InMemoryKms kms;

  InMemoryKmsClient(InMemoryKms kms) {
    this.kms = kms;
  }

  @Override
  public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    return delayed(() -> kms.generateDataKey(request));
  }

  @Override
  public DecryptResponse decrypt(DecryptRequest request) {
    return delayed(() -> kms.decrypt(request));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private <R> R delayed(Supplier<R> answer) {
    try {
      Thread.sleep(kms.latency().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted");
    }
    return answer.get();
  }
}
