package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.flow.Step;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;

/**
 * The materials of items, each from a data key of AWS KMS: written once for both kinds of {@link
 * KmsMaterialsProvider}, as steps that ask for {@link DataKeyCalls}. Thread-safe.
 */
final class DataKeys {
  private final DataKeyCalls calls;
  private final DataKeyRequests requests;
  private final DataKeyMaterials materials;
  private final DataKeyCache<EncryptionMaterials> encryptionKeys;
  private final DataKeyCache<DecryptionMaterials> decryptionKeys;

  DataKeys(DataKeyCalls calls, KmsSettings settings) {
    this.calls = calls;
    this.requests = new DataKeyRequests(settings);
    this.materials = new DataKeyMaterials(settings);
    this.encryptionKeys = new DataKeyCache<>(settings, KeyUse.ENCRYPT, calls.kind());
    this.decryptionKeys = new DataKeyCache<>(settings, KeyUse.DECRYPT, calls.kind());
  }

  /** Whether several items may get the same key. */
  boolean areReused() {
    return encryptionKeys.reusesKeys();
  }

  Step<EncryptionMaterials> encryptionMaterials(EncryptionContext context) {
    return Step.lazily(
            () -> {
              GenerateDataKeyRequest request = requests.generate(context);
              return encryptionKeys.get(
                  request,
                  encryptionKeys.bytesOf(context),
                  calls.generate(requests.regionFor(context), request),
                  response -> materials.encrypting(context, response));
            })
        .mapFailure(failure -> DataKeyFailures.of(context, failure));
  }

  Step<DecryptionMaterials> decryptionMaterials(EncryptionContext context) {
    return Step.lazily(
            () -> {
              DecryptRequest request = requests.decrypt(context);
              return decryptionKeys.get(
                  request,
                  0,
                  calls.decrypt(requests.regionFor(context), request),
                  response -> materials.decrypting(context, response));
            })
        .mapFailure(failure -> DataKeyFailures.of(context, failure));
  }

  /** Forgets what is kept for reuse. */
  void forget() {
    encryptionKeys.clear();
    decryptionKeys.clear();
  }
}
