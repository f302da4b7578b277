package io.github.itemseal.cli.config;

import io.github.itemseal.materials.MetaStore;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The table of keys of a {@code caching-most-recent} provider: its field {@code metaStore} and the
 * name of its material. Immutable.
 */
public final class MetaStoreConfig {
  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

  private final String materialName;
  private final String tableName;
  private final AwsEndpoint endpoint;
  private final ProviderConfig provider;
  private final NamedKeys keys;

  private MetaStoreConfig(
      String materialName,
      String tableName,
      AwsEndpoint endpoint,
      ProviderConfig provider,
      NamedKeys keys) {
    this.materialName = materialName;
    this.tableName = tableName;
    this.endpoint = endpoint;
    this.provider = provider;
    this.keys = keys;
  }

  static MetaStoreConfig from(ConfigNode node, String materialName, NamedKeys keys) {
    ConfigNode.Fields fields =
        node.fields("table", AwsEndpoint.ENDPOINT, AwsEndpoint.REGION, "provider");
    return new MetaStoreConfig(
        materialName,
        tableName(fields.required("table", "the name of the table that holds the keys")),
        AwsEndpoint.from(fields),
        ProviderConfig.from(fields.required("provider", ProviderConfig.TYPE_HINT), keys),
        keys);
  }

  static String tableName(ConfigNode node) {
    if (!TABLE_NAME.matcher(node.text()).matches()) {
      throw node.error(
          "is not the name of a DynamoDB table", "3 to 255 of A-Z, a-z, 0-9, '_', '-' and '.'");
    }
    return node.text();
  }

  static String materialName(ConfigNode node) {
    String name = node.text();
    if (name.indexOf('#') >= 0) {
      throw node.error(
          "contains '#', which stands between name and version in items", "choose another name");
    }
    return name;
  }

  /** The name of the keys in the table. */
  public String materialName() {
    return materialName;
  }

  /** The name of the table that holds the keys. */
  public String tableName() {
    return tableName;
  }

  /**
   * The same table with another material.
   *
   * @throws ConfigException if there can be none of this name
   */
  public MetaStoreConfig withMaterial(String name) {
    return new MetaStoreConfig(
        materialName(ConfigNode.option("--material", name)), tableName, endpoint, provider, keys);
  }

  /**
   * Another table, protected by the same provider and, where nothing else is said, in the same
   * place.
   *
   * @throws ConfigException if Region or endpoint cannot be one, or it is this table
   */
  public MetaStoreConfig replica(String table, @Nullable String region, @Nullable String uri) {
    ConfigNode name = ConfigNode.option("--to", table);
    AwsEndpoint place = endpoint;
    if (region != null) {
      place = place.withRegion(AwsEndpoint.region(ConfigNode.option("--to-region", region)));
    }
    if (uri != null) {
      place = place.withUri(AwsEndpoint.uri(ConfigNode.option("--to-endpoint", uri)));
    }
    if (tableName(name).equals(tableName) && place.equals(endpoint)) {
      throw name.error(
          "is the table that is copied from", "name another table, Region or endpoint");
    }
    return new MetaStoreConfig(materialName, table, place, provider, keys);
  }

  /** A plain client of the database that the table is in. */
  public DynamoDbClient client(AwsClients clients) {
    return clients.dynamoDb(endpoint);
  }

  /**
   * The store, with the keys of the provider that protects its rows.
   *
   * @throws ConfigException if a key cannot be fetched, or cannot be used for this
   */
  public MetaStore store(AwsClients clients, Purpose purpose) {
    return MetaStore.builder(client(clients))
        .tableName(tableName)
        .protectedBy(provider.build(keys, clients, purpose))
        .build();
  }

  static Optional<MetaStoreConfig> of(ProviderConfig provider) {
    return provider instanceof CachingProviderConfig caching
        ? Optional.of(caching.metaStore())
        : Optional.empty();
  }
}
