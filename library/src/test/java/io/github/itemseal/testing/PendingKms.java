package io.github.itemseal.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** A KMS that answers when the test does. Not thread-safe. */
public final class PendingKms implements KmsAsyncClient {
  private final List<CompletableFuture<GenerateDataKeyResponse>> writes = new ArrayList<>();
  private final List<CompletableFuture<DecryptResponse>> reads = new ArrayList<>();

  @Override
  public CompletableFuture<GenerateDataKeyResponse> generateDataKey(
      GenerateDataKeyRequest request) {
    writes.add(new CompletableFuture<>());
    return writes.get(writes.size() - 1);
  }

  @Override
  public CompletableFuture<DecryptResponse> decrypt(DecryptRequest request) {
    reads.add(new CompletableFuture<>());
    return reads.get(reads.size() - 1);
  }

  /** What was asked to write items, in that order. */
  public List<CompletableFuture<GenerateDataKeyResponse>> writes() {
    return writes;
  }

  /** What was asked to read items, in that order. */
  public List<CompletableFuture<DecryptResponse>> reads() {
    return reads;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
