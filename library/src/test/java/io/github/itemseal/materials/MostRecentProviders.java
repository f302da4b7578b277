package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemEncryptor;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The two kinds of caching most-recent provider, so that one test runs on both. */
enum MostRecentProviders {
  BLOCKING {
    @Override
    Subject subject(MostRecentFixture test, Setup setup) {
      MetaStore store =
          MetaStore.builder(test.probe.watch(MostRecentFixture.DYNAMO_DB.client()))
              .tableName(setup.table())
              .protectedBy(test.rowKeys)
              .build();
      CachingMostRecentProvider provider =
          setup.build(test, CachingMostRecentProvider.builder(store));
      ItemEncryptor encryptor = MostRecentFixture.encryptor(Ddbec.using(provider));
      return new Subject() {
        @Override
        public Map<String, AttributeValue> encrypt(Map<String, AttributeValue> item) {
          return encryptor.encryptItem(item);
        }

        @Override
        public Map<String, AttributeValue> decrypt(Map<String, AttributeValue> item) {
          return encryptor.decryptItem(item);
        }

        @Override
        public void refresh() {
          provider.refresh();
        }

        @Override
        public String materialName() {
          return provider.materialName();
        }

        @Override
        public Duration ttl() {
          return provider.ttl();
        }

        @Override
        public OptionalLong currentVersion() {
          return provider.currentVersion();
        }

        @Override
        public Optional<Instant> lastUpdated() {
          return provider.lastUpdated();
        }
      };
    }
  },

  ASYNC {
    @Override
    Subject subject(MostRecentFixture test, Setup setup) {
      MetaStore.Async store =
          MetaStore.builder(test.probe.watch(MostRecentFixture.DYNAMO_DB.asyncClient()))
              .tableName(setup.table())
              .protectedBy(test.rowKeys)
              .build();
      CachingMostRecentProvider.Async provider =
          setup.build(test, CachingMostRecentProvider.builder(store));
      ItemEncryptor encryptor = MostRecentFixture.encryptor(Ddbec.using(provider));
      return new Subject() {
        @Override
        public Map<String, AttributeValue> encrypt(Map<String, AttributeValue> item) {
          return StoreUnderTest.join(encryptor.encryptItemAsync(item));
        }

        @Override
        public Map<String, AttributeValue> decrypt(Map<String, AttributeValue> item) {
          return StoreUnderTest.join(encryptor.decryptItemAsync(item));
        }

        @Override
        public void refresh() {
          provider.refresh();
        }

        @Override
        public String materialName() {
          return provider.materialName();
        }

        @Override
        public Duration ttl() {
          return provider.ttl();
        }

        @Override
        public OptionalLong currentVersion() {
          return StoreUnderTest.join(provider.currentVersion());
        }

        @Override
        public Optional<Instant> lastUpdated() {
          return provider.lastUpdated();
        }
      };
    }
  };

  /** Everything a test may vary of a provider. */
  record Setup(
      String table,
      String materialName,
      @Nullable Function<EncryptionContext, String> materialNameOf,
      Duration ttl,
      Duration grace,
      int cacheSize) {
    Setup(String table) {
      this(
          table,
          MostRecentFixture.NAME,
          null,
          MostRecentFixture.TTL,
          MostRecentFixture.GRACE,
          1000);
    }

    private <P> P build(MostRecentFixture test, CachingMostRecentProvider.Builder<P> builder) {
      if (materialNameOf != null) {
        builder.materialNameOf(materialNameOf);
      }
      return builder
          .materialName(materialName)
          .ttl(ttl)
          .gracePeriod(grace)
          .cacheSize(cacheSize)
          .clocks(test.clock, test.clock)
          .listener(test.events)
          .build();
    }
  }

  /** A provider at work on items. */
  interface Subject {
    Map<String, AttributeValue> encrypt(Map<String, AttributeValue> item);

    Map<String, AttributeValue> decrypt(Map<String, AttributeValue> item);

    void refresh();

    String materialName();

    Duration ttl();

    OptionalLong currentVersion();

    Optional<Instant> lastUpdated();
  }

  /** A provider whose store's calls the test's probe sees, by the test's clock. */
  abstract Subject subject(MostRecentFixture test, Setup setup);
}
