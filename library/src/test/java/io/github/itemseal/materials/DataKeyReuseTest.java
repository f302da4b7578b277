package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testkit.InMemoryKms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How often KMS is asked; each case for the blocking and the asynchronous provider. */
class DataKeyReuseTest {
  private static final class TestClock extends Clock {
    private Instant now = Instant.EPOCH;

    void advance(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey();
  private final TestClock clock = new TestClock();

  private static EncryptionContext item(String id) {
    return EncryptionContext.builder()
        .tableName("T")
        .partitionKeyName("pk")
        .attributes(Map.of("pk", AttributeValue.fromS(id))) // 2 bytes of name, 1 of value
        .build();
  }

  private LocalCalls calls(boolean async, DataKeyReuse reuse) {
    KmsSettings settings = KmsSettings.forKey(key).dataKeyReuse(reuse).build();
    KmsMaterialsProvider blocking = KmsMaterialsProvider.of(kms.client(), settings);
    AsyncKmsMaterialsProvider other = AsyncKmsMaterialsProvider.of(kms.asyncClient(), settings);
    return context ->
        async
            ? other.encryptionMaterialsAsync(context).join()
            : blocking.encryptionMaterials(context);
  }

  private interface LocalCalls {
    EncryptionMaterials encrypt(EncryptionContext context);
  }

  private void assertCalls(int expected) {
    assertThat(kms.calls()).hasSize(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void encryptionMaterials_sameContext_areUsedAgainUntilTheyAreTooOld(boolean async) {
    LocalCalls provider =
        calls(async, DataKeyReuse.within(Duration.ofMinutes(5), 100, 1_000).clock(clock));
    EncryptionMaterials first = provider.encrypt(item("1"));
    clock.advance(Duration.ofMinutes(4));
    assertThat(provider.encrypt(item("1"))).isSameAs(first);
    assertCalls(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(provider.encrypt(item("1"))).isNotSameAs(first);
    assertCalls(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void encryptionMaterials_usesAndBytes_areCounted(boolean async) {
    LocalCalls uses = calls(async, DataKeyReuse.within(Duration.ofDays(1), 3, 1_000).clock(clock));
    Stream.generate(() -> item("1")).limit(7).forEach(uses::encrypt);
    assertCalls(3);
    LocalCalls bytes = calls(async, DataKeyReuse.within(Duration.ofDays(1), 100, 9).clock(clock));
    Stream.generate(() -> item("1")).limit(7).forEach(bytes::encrypt);
    assertCalls(3 + 3);
  }

  @Test
  void encryptionMaterials_otherContext_areNotShared() {
    LocalCalls provider = calls(false, DataKeyReuse.within(Duration.ofDays(1), 100, 1_000));
    provider.encrypt(item("1"));
    provider.encrypt(item("2"));
    assertCalls(2);
  }

  @Test
  void decryptionMaterials_sameItem_areUsedAgainAndReauthorisedInTime() {
    KmsSettings settings =
        KmsSettings.forKey(key)
            .dataKeyReuse(DataKeyReuse.within(Duration.ofMinutes(5), 100, 1_000).clock(clock))
            .build();
    KmsMaterialsProvider provider = KmsMaterialsProvider.of(kms.client(), settings);
    EncryptionContext stored =
        item("1").toBuilder()
            .materialDescription(provider.encryptionMaterials(item("1")).materialDescription())
            .build();
    DecryptionMaterials first = provider.decryptionMaterials(stored);
    assertThat(provider.decryptionMaterials(stored)).isSameAs(first);
    assertCalls(2);
    kms.deny("Decrypt");
    assertThat(provider.decryptionMaterials(stored)).isSameAs(first);
    clock.advance(Duration.ofMinutes(5));
    assertThatThrownBy(() -> provider.decryptionMaterials(stored))
        .isInstanceOf(MaterialsUnavailableException.class);
  }

  @Test
  void cache_overCapacityOrTime_keepsNothing() {
    DataKeyCache<String> cache =
        new DataKeyCache<>(
            DataKeyReuse.within(Duration.ofMinutes(5), 100, 1_000).capacity(2).clock(clock));
    cache.keep("a", "1", 0);
    cache.keep("b", "2", 0);
    assertThat(cache.use("a", 0)).contains("1");
    cache.keep("c", "3", 0);
    assertThat(cache.use("b", 0)).isEmpty();
    assertThat(cache.size()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(5));
    assertThat(cache.use("anything", 0)).isEmpty();
    assertThat(cache.size()).isZero();
  }

  @Test
  void cache_clockSetBackOrOneUseOrRefreshed_keepsNothing() {
    DataKeyReuse limits = DataKeyReuse.within(Duration.ofMinutes(5), 100, 1_000).clock(clock);
    DataKeyCache<String> cache = new DataKeyCache<>(limits);
    cache.keep("a", "1", 0);
    clock.advance(Duration.ofHours(-1));
    assertThat(cache.use("a", 0)).isEmpty();
    cache.keep("b", "2", 0);
    cache.clear();
    assertThat(cache.size()).isZero();
    DataKeyCache<String> once =
        new DataKeyCache<>(DataKeyReuse.within(Duration.ofMinutes(5), 1, 1_000));
    once.keep("c", "3", 0);
    assertThat(once.size()).isZero();
  }

  @Test
  void within_limitsThatAreNotPositive_throw() {
    assertThatThrownBy(() -> DataKeyReuse.within(Duration.ZERO, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be positive");
  }

  @Test
  void encryptionMaterials_withoutReuse_askEveryTime() {
    KmsMaterialsProvider provider =
        KmsMaterialsProvider.of(kms.client(), KmsSettings.forKey(key).build());
    provider.encryptionMaterials(item("1"));
    provider.encryptionMaterials(item("1"));
    assertCalls(2);
  }
}
