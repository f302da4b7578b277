package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.listener.Notices;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/**
 * A data key of AWS KMS for every item, bound to the table and the item's key. Thread-safe. Twin of
 * {@link AsyncKmsMaterialsProvider}.
 *
 * <p>Every item written or read costs one request to KMS, unless {@link
 * KmsSettings.Builder#dataKeyReuse} says otherwise. A restored table under another name needs the
 * old one as its logical name; the keys of an item cannot change without encrypting it anew.
 */
public final class KmsMaterialsProvider implements CryptographicMaterialsProvider {
  private final Function<Optional<String>, KmsClient> clients;
  private final KmsEnvelope envelope;
  private final Notices notices;
  private final DataKeyCache<EncryptionMaterials> encryptionKeys;
  private final DataKeyCache<DecryptionMaterials> decryptionKeys;

  private KmsMaterialsProvider(
      Function<Optional<String>, KmsClient> clients, KmsSettings settings) {
    this.clients = Objects.requireNonNull(clients, "clients");
    this.envelope = new KmsEnvelope(settings);
    this.notices = settings.notices();
    this.encryptionKeys = new DataKeyCache<>(settings.dataKeyReuse());
    this.decryptionKeys = new DataKeyCache<>(settings.dataKeyReuse());
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
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    try {
      GenerateDataKeyRequest request = envelope.generateRequest(context);
      int bytes = encryptionKeys.bytesOf(context);
      Optional<EncryptionMaterials> kept = encryptionKeys.use(request, bytes);
      if (kept.isPresent()) {
        notices.reused(KmsEnvelope.SOURCE, KeyUse.ENCRYPT);
        return kept.get();
      }
      GenerateDataKeyResponse response =
          notices.fetching(
              KmsEnvelope.SOURCE, KeyUse.ENCRYPT, () -> client(context).generateDataKey(request));
      return encryptionKeys.keep(request, envelope.encryptionMaterials(context, response), bytes);
    } catch (RuntimeException e) {
      throw KmsEnvelope.failure(context, e);
    }
  }

  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    try {
      DecryptRequest request = envelope.decryptRequest(context);
      Optional<DecryptionMaterials> kept = decryptionKeys.use(request, 0);
      if (kept.isPresent()) {
        notices.reused(KmsEnvelope.SOURCE, KeyUse.DECRYPT);
        return kept.get();
      }
      DecryptResponse response =
          notices.fetching(
              KmsEnvelope.SOURCE, KeyUse.DECRYPT, () -> client(context).decrypt(request));
      return decryptionKeys.keep(request, envelope.decryptionMaterials(context, response), 0);
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
