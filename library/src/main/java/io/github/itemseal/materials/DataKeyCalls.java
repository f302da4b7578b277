package io.github.itemseal.materials;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * The calls that {@link DataKeys} ask for, by the Region that the key's ARN names: all that differs
 * between the two kinds of clients. Thread-safe.
 */
interface DataKeyCalls {
  CallKind kind();

  Call<GenerateDataKeyResponse> generate(Optional<String> region, GenerateDataKeyRequest request);

  Call<DecryptResponse> decrypt(Optional<String> region, DecryptRequest request);

  /** Of blocking clients. */
  record Blocking(Function<Optional<String>, KmsClient> clients) implements DataKeyCalls {
    public Blocking {
      Objects.requireNonNull(clients, "clients");
    }

    @Override
    public CallKind kind() {
      return CallKind.BLOCKING;
    }

    @Override
    public Call<GenerateDataKeyResponse> generate(
        Optional<String> region, GenerateDataKeyRequest request) {
      return Call.blocking(() -> clients.apply(region).generateDataKey(request));
    }

    @Override
    public Call<DecryptResponse> decrypt(Optional<String> region, DecryptRequest request) {
      return Call.blocking(() -> clients.apply(region).decrypt(request));
    }
  }

  /** Of asynchronous clients. */
  record Async(Function<Optional<String>, KmsAsyncClient> clients) implements DataKeyCalls {
    public Async {
      Objects.requireNonNull(clients, "clients");
    }

    @Override
    public CallKind kind() {
      return CallKind.ASYNC;
    }

    @Override
    public Call<GenerateDataKeyResponse> generate(
        Optional<String> region, GenerateDataKeyRequest request) {
      return Call.async(() -> clients.apply(region).generateDataKey(request));
    }

    @Override
    public Call<DecryptResponse> decrypt(Optional<String> region, DecryptRequest request) {
      return Call.async(() -> clients.apply(region).decrypt(request));
    }
  }
}
