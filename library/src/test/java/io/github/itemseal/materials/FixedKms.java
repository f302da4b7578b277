package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** Answers requests with one data key, and keeps them. */
final class FixedKms implements KmsClient {
  private static final String KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/test";

  private final SdkBytes dataKey;
  private final SdkBytes blob;
  private final List<GenerateDataKeyRequest> generateRequests = new ArrayList<>();
  private final List<DecryptRequest> decryptRequests = new ArrayList<>();
  private @Nullable Map<String, Object> boundTo;

  FixedKms(byte[] dataKey, byte[] blob) {
    this.dataKey = SdkBytes.fromByteArray(dataKey);
    this.blob = SdkBytes.fromByteArray(blob);
  }

  @Override
  public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    generateRequests.add(request);
    return GenerateDataKeyResponse.builder()
        .plaintext(dataKey)
        .ciphertextBlob(blob)
        .keyId(KEY_ARN)
        .build();
  }

  /** From now on decrypts under this encryption context only. */
  void bindTo(Map<String, Object> encryptionContext) {
    boundTo = encryptionContext;
  }

  @Override
  public DecryptResponse decrypt(DecryptRequest request) {
    if (boundTo != null && !boundTo.equals(request.encryptionContext())) {
      throw InvalidCiphertextException.builder().build();
    }
    decryptRequests.add(request);
    return DecryptResponse.builder().plaintext(dataKey).keyId(KEY_ARN).build();
  }

  GenerateDataKeyRequest onlyGenerateRequest() {
    assertThat(generateRequests).hasSize(1);
    return generateRequests.get(0);
  }

  /** Of those that were answered. */
  DecryptRequest onlyDecryptRequest() {
    assertThat(decryptRequests).hasSize(1);
    return decryptRequests.get(0);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
