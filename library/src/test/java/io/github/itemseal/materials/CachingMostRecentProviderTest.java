package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.testing.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

class CachingMostRecentProviderTest extends CachingMostRecentContract {
  @Override
  Subject subject(Setup setup) {
    CachingMostRecentProvider.Builder<CachingMostRecentProvider> builder =
        CachingMostRecentProvider.builder(
                MetaStore.builder(probe.watch(client))
                    .tableName(setup.table())
                    .protectedBy(rowKeys)
                    .build())
            .materialName(setup.materialName())
            .ttl(setup.ttl())
            .gracePeriod(setup.grace())
            .cacheSize(setup.cacheSize())
            .clocks(clock, clock)
            .listener(events);
    if (setup.materialNameOf() != null) {
      builder.materialNameOf(setup.materialNameOf());
    }
    CachingMostRecentProvider provider = builder.build();
    ItemEncryptor encryptor = encryptor(Ddbec.using(provider));
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

  @Test
  void decrypt_sixtyFourThreadsCold_oneFetch() throws Exception {
    String table = "Threads";
    MetaStore.createTable(client, table);
    Map<String, AttributeValue> stored = subject(new Setup(table)).encrypt(item(1));
    Subject cold = subject(new Setup(table));
    probe.reset();
    rowKeys.reset();
    Threads.each(64, thread -> assertThat(cold.decrypt(stored)).isEqualTo(item(1)));
    assertThat(probe.count(GetItemRequest.class)).isEqualTo(1);
    assertThat(rowKeys.decryptions()).isEqualTo(1);
  }

  @Test
  void build_partMissing_throwsIllegalArgument() {
    MetaStore store = MetaStore.builder(client).tableName("T").protectedBy(rowKeys).build();
    assertThatThrownBy(() -> CachingMostRecentProvider.builder(store).materialName("a").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("materialName(...) and ttl(...)");
  }
}
