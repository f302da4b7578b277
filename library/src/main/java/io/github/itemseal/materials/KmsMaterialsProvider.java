package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener.KeyUse;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;

/**
 * A data key of AWS KMS for every item, bound to the table and the item's key. Thread-safe. Twin of
 * {@link AsyncKmsMaterialsProvider}.
 *
 * <p>Every item written or read costs one request to KMS, unless {@link
 * KmsSettings.Builder#dataKeyReuse} says otherwise. A restored table under another name needs the
 * old one as its logical name; the keys of an item cannot change without encrypting it anew.
 */
public final class KmsMaterialsProvider implements CryptographicMaterialsProvider, PerItemKeys {
  private final Function<Optional<String>, KmsClient> clients;
  private final KmsEnvelope envelope;
  private final DataKeyCache<EncryptionMaterials> encryptionKeys;
  private final DataKeyCache<DecryptionMaterials> decryptionKeys;

  private KmsMaterialsProvider(
      Function<Optional<String>, KmsClient> clients, KmsSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsEnvelope(settings);
    this.encryptionKeys = new DataKeyCache<>(settings, KeyUse.ENCRYPT);
    this.decryptionKeys = new DataKeyCache<>(settings, KeyUse.DECRYPT);
  }

  /** Uses one client, so keys of its Region. */
  public static KmsMaterialsProvider of(KmsClient client, KmsSettings settings) {
    Objects.requireNonNull(client, "client");
    return new KmsMaterialsProvider(region -> client, settings);
  }

  /**
   * Asks for a client each time, by the Region that the key's ARN names; empty for a key id or
   * alias. The function should keep its clients.
   */
  public static KmsMaterialsProvider ofRegions(
      Function<Optional<String>, KmsClient> clients, KmsSettings settings) {
    return new KmsMaterialsProvider(clients, settings);
  }

  @Override
  public boolean givesKeysPerItem() {
    return !encryptionKeys.reusesKeys();
  }

  @Override
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    try {
      GenerateDataKeyRequest request = envelope.generateRequest(context);
      return encryptionKeys.get(
          request,
          encryptionKeys.bytesOf(context),
          () -> client(context).generateDataKey(request),
          response -> envelope.encryptionMaterials(context, response));
    } catch (RuntimeException e) {
      throw KmsEnvelope.failure(context, e);
    }
  }

  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    try {
      DecryptRequest request = envelope.decryptRequest(context);
      return decryptionKeys.get(
          request,
          0,
          () -> client(context).decrypt(request),
          response -> envelope.decryptionMaterials(context, response));
    } catch (RuntimeException e) {
      throw KmsEnvelope.failure(context, e);
    }
  }

  /** Forgets the data keys kept for reuse, if there are any: say after access was revoked. */
  public void refresh() {
    encryptionKeys.clear();
    decryptionKeys.clear();
  }

  private KmsClient client(EncryptionContext context) {
    return clients.apply(envelope.regionFor(context));
  }
}
