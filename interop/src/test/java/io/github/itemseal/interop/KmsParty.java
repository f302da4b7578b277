package io.github.itemseal.interop;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.DirectKmsMaterialProvider;
import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One who writes and reads items under keys of AWS KMS. */
interface KmsParty {
  Map<String, AttributeValue> encryptItem(
      Table table, AttributeActions actions, Map<String, AttributeValue> item);

  Map<String, AttributeValue> decryptItem(
      Table table, AttributeActions actions, Map<String, AttributeValue> item);

  /**
   * A table under a KMS key.
   *
   * @param keyId of the KMS key
   */
  record Table(String name, String partitionKey, @Nullable String sortKey, String keyId) {
    TableIndex index() {
      return sortKey == null ? TableIndex.of(partitionKey) : TableIndex.of(partitionKey, sortKey);
    }

    Table named(String other) {
      return new Table(other, partitionKey, sortKey, keyId);
    }

    Table under(String otherKeyId) {
      return new Table(name, partitionKey, sortKey, otherKeyId);
    }
  }

  /** The old Java client over SDK 1. */
  static KmsParty oldClient(HttpKms kms) {
    return new KmsParty() {
      @Override
      public Map<String, AttributeValue> encryptItem(
          Table table, AttributeActions actions, Map<String, AttributeValue> item) {
        return client(table).encryptItem(item, actions);
      }

      @Override
      public Map<String, AttributeValue> decryptItem(
          Table table, AttributeActions actions, Map<String, AttributeValue> item) {
        return client(table).decryptItem(item, actions);
      }

      private OldClient client(Table table) {
        return new OldClient(
            new DirectKmsMaterialProvider(kms.sdk1Client(), table.keyId()),
            table.name(),
            table.partitionKey(),
            table.sortKey());
      }
    };
  }

  /** The Python client over botocore. */
  static KmsParty python(HttpKms kms, PythonClient python) {
    Set<String> providers = new HashSet<>();
    return new KmsParty() {
      @Override
      public Map<String, AttributeValue> encryptItem(
          Table table, AttributeActions actions, Map<String, AttributeValue> item) {
        return python.encryptItem(table(table), actions, item);
      }

      @Override
      public Map<String, AttributeValue> decryptItem(
          Table table, AttributeActions actions, Map<String, AttributeValue> item) {
        return python.decryptItem(table(table), actions, item);
      }

      private PythonClient.Table table(Table table) {
        if (providers.add(table.keyId())) {
          python.provider(
              table.keyId(),
              Map.of(
                  "type", "kms",
                  "keyId", table.keyId(),
                  "endpoint", kms.endpoint().toString(),
                  "region", HttpKms.REGION.id()));
        }
        return new PythonClient.Table(
            table.keyId(), table.name(), table.partitionKey(), table.sortKey());
      }
    };
  }

  /** This library, blocking. Without the Python dialect: no agreement must depend on it. */
  static KmsParty itemseal(HttpKms kms) {
    return new KmsParty() {
      @Override
      public Map<String, AttributeValue> encryptItem(
          Table table, AttributeActions actions, Map<String, AttributeValue> item) {
        return encryptor(table, actions).encryptItem(item);
      }

      @Override
      public Map<String, AttributeValue> decryptItem(
          Table table, AttributeActions actions, Map<String, AttributeValue> item) {
        return encryptor(table, actions).decryptItem(item);
      }

      private ItemEncryptor encryptor(Table table, AttributeActions actions) {
        KmsSettings settings = KmsSettings.forKey(table.keyId()).build();
        return itemseal(
            table, actions, Ddbec.using(KmsMaterialsProvider.of(kms.client(), settings)));
      }
    };
  }

  /** This library, asynchronously. */
  static KmsParty asyncItemseal(HttpKms kms) {
    return new KmsParty() {
      @Override
      public Map<String, AttributeValue> encryptItem(
          Table table, AttributeActions actions, Map<String, AttributeValue> item) {
        return join(encryptor(table, actions).encryptItemAsync(item));
      }

      @Override
      public Map<String, AttributeValue> decryptItem(
          Table table, AttributeActions actions, Map<String, AttributeValue> item) {
        return join(encryptor(table, actions).decryptItemAsync(item));
      }

      private ItemEncryptor encryptor(Table table, AttributeActions actions) {
        KmsSettings settings = KmsSettings.forKey(table.keyId()).build();
        return itemseal(
            table, actions, Ddbec.using(KmsMaterialsProvider.of(kms.asyncClient(), settings)));
      }

      private Map<String, AttributeValue> join(
          CompletableFuture<Map<String, AttributeValue>> item) {
        try {
          return item.join();
        } catch (CompletionException e) {
          if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
          }
          throw e;
        }
      }
    };
  }

  static ItemEncryptor itemseal(Table table, AttributeActions actions, Ddbec format) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(table.name(), table.index()))
            .actions(actions)
            .writes(format.readsPythonDialect(false))
            .build());
  }
}
