package io.github.itemseal.interop;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDB;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBClientBuilder;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.DynamoDBEncryptor;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.SymmetricStaticProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.store.MetaStore;
import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.CachingMostRecentProvider;
import io.github.itemseal.testing.RandomItems;
import io.github.itemseal.testing.TestKeys;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One who keeps keys in the table of a MetaStore and uses the newest of a material. The rows are
 * protected by the keys of {@link PythonProvider#ofStaticKeys}.
 */
interface StoreParty {
  /** Makes the next version of a material, the first one included. */
  void newVersion(String material);

  /** One who writes with the newest version as of now, and reads with any. */
  Items items(String material);

  /** Writes and reads items of {@link Tables}. */
  interface Items {
    Map<String, AttributeValue> encryptItem(
        AttributeActions actions, Map<String, AttributeValue> item);

    Map<String, AttributeValue> decryptItem(
        AttributeActions actions, Map<String, AttributeValue> item);
  }

  /** The old Java client over SDK 1. */
  static StoreParty oldClient(URI endpoint, String region, String table) {
    AmazonDynamoDB client =
        AmazonDynamoDBClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(endpoint.toString(), region))
            .withCredentials(
                new AWSStaticCredentialsProvider(new BasicAWSCredentials("testkey", "testsecret")))
            .build();
    MetaStore store =
        new MetaStore(
            client,
            table,
            DynamoDBEncryptor.getInstance(
                new SymmetricStaticProvider(TestKeys.aes(256), TestKeys.hmac())));
    return new StoreParty() {
      @Override
      public void newVersion(String material) {
        store.newProvider(material);
      }

      @Override
      public Items items(String material) {
        OldClient old =
            new OldClient(
                new com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers
                    .CachingMostRecentProvider(store, material, 3_600_000),
                Tables.NAME,
                RandomItems.PARTITION_KEY,
                RandomItems.SORT_KEY);
        return of(
            (actions, item) -> old.encryptItem(item, actions),
            (actions, item) -> old.decryptItem(item, actions));
      }
    };
  }

  /** The Python client over boto3. */
  static StoreParty python(PythonClient python, URI endpoint, String region, String table) {
    PythonProvider rows = PythonProvider.ofStaticKeys();
    python.provider(rows.name(), rows.settings());
    Map<String, Object> store =
        Map.of(
            "endpoint", endpoint.toString(), "region", region, "table", table, "rows", rows.name());
    return new StoreParty() {
      private int made;

      @Override
      public void newVersion(String material) {
        python.newVersion(store, material);
      }

      @Override
      public Items items(String material) {
        String name = "most recent " + made++;
        python.provider(name, Map.of("type", "most-recent", "store", store, "material", material));
        PythonClient.Table items =
            new PythonClient.Table(
                name, Tables.NAME, RandomItems.PARTITION_KEY, RandomItems.SORT_KEY);
        return of(
            (actions, item) -> python.encryptItem(items, actions, item),
            (actions, item) -> python.decryptItem(items, actions, item));
      }
    };
  }

  /** This library. Without the Python dialect: no agreement must depend on it. */
  static StoreParty itemseal(DynamoDbClient client, String table) {
    io.github.itemseal.materials.MetaStore store =
        io.github.itemseal.materials.MetaStore.builder(client)
            .tableName(table)
            .protectedBy(PythonProvider.ofStaticKeys().ours())
            .build();
    return new StoreParty() {
      @Override
      public void newVersion(String material) {
        store.newProvider(material);
      }

      @Override
      public Items items(String material) {
        CachingMostRecentProvider provider =
            CachingMostRecentProvider.builder(store)
                .materialName(material)
                .ttl(Duration.ofHours(1))
                .build();
        return of(
            (actions, item) -> encryptor(provider, actions).encryptItem(item),
            (actions, item) -> encryptor(provider, actions).decryptItem(item));
      }

      private ItemEncryptor encryptor(
          CachingMostRecentProvider provider, AttributeActions actions) {
        return ItemEncryptor.of(
            TableEncryption.of(
                    TableInfo.of(
                        Tables.NAME,
                        TableIndex.of(RandomItems.PARTITION_KEY, RandomItems.SORT_KEY)))
                .actions(actions)
                .writes(Ddbec.using(provider).readsPythonDialect(false))
                .build());
      }
    };
  }

  private static Items of(Call encrypt, Call decrypt) {
    return new Items() {
      @Override
      public Map<String, AttributeValue> encryptItem(
          AttributeActions actions, Map<String, AttributeValue> item) {
        return encrypt.of(actions, item);
      }

      @Override
      public Map<String, AttributeValue> decryptItem(
          AttributeActions actions, Map<String, AttributeValue> item) {
        return decrypt.of(actions, item);
      }
    };
  }

  /** Either direction. */
  interface Call {
    Map<String, AttributeValue> of(AttributeActions actions, Map<String, AttributeValue> item);
  }
}
