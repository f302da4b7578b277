package io.github.itemseal.cli.config;

import io.github.itemseal.materials.CachingMostRecentProvider;
import io.github.itemseal.materials.CryptographicMaterialsProvider;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** {@code type: caching-most-recent}. */
record CachingProviderConfig(Duration ttl, MetaStoreConfig metaStore) implements ProviderConfig {
  private static final Duration MIN_TTL = Duration.ofMillis(1);
  private static final Duration MAX_TTL = Duration.ofDays(36_500);

  static CachingProviderConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields = node.fields("type", "materialName", "ttl", "metaStore");
    String materialName =
        MetaStoreConfig.materialName(
            fields.required("materialName", "the name of the keys in the table"));
    return new CachingProviderConfig(
        ttl(fields.required("ttl", "how long keys are kept, such as PT10M")),
        MetaStoreConfig.from(
            fields.required("metaStore", "give it the fields 'table' and 'provider'"),
            materialName,
            keys));
  }

  static Duration ttl(ConfigNode node) {
    Duration ttl;
    try {
      ttl = Duration.parse(node.text());
    } catch (DateTimeParseException e) {
      throw node.error(
          "is not an ISO-8601 duration", "such as PT10M, PT1H or P1D; months and years are none");
    }
    if (ttl.isNegative() || ttl.isZero()) {
      throw node.error("must be more than zero", "how long keys are kept, such as PT10M");
    }
    if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
      throw node.error(
          "must be at least a millisecond and at most 36500 days",
          "how long keys are kept, such as PT10M");
    }
    return ttl;
  }

  /** What items need of the store: it is written to only if there are no keys at all yet. */
  @Override
  public CryptographicMaterialsProvider build(NamedKeys keys, AwsClients clients, Purpose purpose) {
    return CachingMostRecentProvider.builder(metaStore.store(clients, Purpose.DECRYPT))
        .materialName(metaStore.materialName())
        .ttl(ttl)
        .build();
  }
}
