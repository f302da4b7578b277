package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

class AsyncCachingMostRecentProviderTest extends CachingMostRecentContract {
  private CachingMostRecentProvider.Async provider(Setup setup) {
    CachingMostRecentProvider.Builder<CachingMostRecentProvider.Async> builder =
        CachingMostRecentProvider.builder(
                MetaStore.builder(probe.watch(asyncClient))
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
    return builder.build();
  }

  @Override
  Subject subject(Setup setup) {
    CachingMostRecentProvider.Async provider = provider(setup);
    ItemEncryptor encryptor = encryptor(Ddbec.using(provider));
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

  @Test
  void decrypt_thousandConcurrentColdReads_oneFetchAndOneCancelledHarmsNobody() {
    String table = "Reads";
    MetaStore.createTable(client, table);
    Map<String, AttributeValue> stored = subject(new Setup(table)).encrypt(item(1));
    ItemEncryptor cold = encryptor(Ddbec.using(provider(new Setup(table))));
    probe.reset();
    rowKeys.reset();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    rowKeys.waitFor(gate);
    List<CompletableFuture<Map<String, AttributeValue>>> results = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      results.add(cold.decryptItemAsync(stored));
    }
    assertThat(results).as("nobody was blocked").noneMatch(CompletableFuture::isDone);
    results.get(0).cancel(true);
    results.get(500).cancel(true);
    gate.complete(null);
    for (int i = 0; i < 1000; i++) {
      if (i != 0 && i != 500) {
        assertThat(results.get(i).join()).isEqualTo(item(1));
      }
    }
    assertThat(probe.count(GetItemRequest.class)).isEqualTo(1);
    assertThat(rowKeys.decryptions()).isEqualTo(1);
  }

  @Test
  void encrypt_nullMaterialName_failsTheFuture() {
    String table = "Nulls";
    MetaStore.createTable(client, table);
    CachingMostRecentProvider.Async provider =
        provider(new Setup(table, "a", context -> null, TTL, GRACE, 1));
    CompletableFuture<Map<String, AttributeValue>> result =
        encryptor(Ddbec.using(provider)).encryptItemAsync(item(1));
    assertThatThrownBy(result::join).cause().hasMessageContaining("gave null");
  }

  @Test
  void build_partMissing_throwsIllegalArgument() {
    MetaStore.Async store =
        MetaStore.builder(asyncClient).tableName("T").protectedBy(rowKeys).build();
    assertThatThrownBy(() -> CachingMostRecentProvider.builder(store).materialName("a").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("materialName(...) and ttl(...)");
  }
}
