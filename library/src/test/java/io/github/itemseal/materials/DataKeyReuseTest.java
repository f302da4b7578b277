package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.FakeClock;
import io.github.itemseal.testing.PendingKms;
import io.github.itemseal.testkit.InMemoryKms;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** How often KMS is asked; each case for the blocking and the asynchronous provider. */
class DataKeyReuseTest {
  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey();
  private final FakeClock clock = new FakeClock();

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
    KmsMaterialsProvider.Async other = KmsMaterialsProvider.of(kms.asyncClient(), settings);
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
    assertThat(provider.encrypt(item("1"))).isSameAs(first);
    clock.advance(Duration.ofMillis(1));
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
    clock.advance(Duration.ofMinutes(5).plusMillis(1));
    assertThatThrownBy(() -> provider.decryptionMaterials(stored))
        .isInstanceOf(MaterialsUnavailableException.class);
  }

  @Test
  void encryptionMaterials_moreKeysThanTheCapacity_leastRecentlyUsedGoes() {
    LocalCalls provider =
        calls(
            false, DataKeyReuse.within(Duration.ofMinutes(5), 100, 1_000).capacity(2).clock(clock));
    Stream.of("1", "2", "1", "3").map(DataKeyReuseTest::item).forEach(provider::encrypt);
    assertCalls(3);
    provider.encrypt(item("1"));
    assertCalls(3);
    provider.encrypt(item("2"));
    assertCalls(4);
  }

  @ParameterizedTest
  @CsvSource({"false, 1, 1000", "true, 1, 1000", "false, 100, 2", "true, 100, 2"})
  void encryptionMaterials_oneUseOrItemAboveTheBytes_askEveryTime(
      boolean async, long maxUses, long maxBytes) {
    LocalCalls provider = calls(async, DataKeyReuse.within(Duration.ofDays(1), maxUses, maxBytes));
    provider.encrypt(item("1"));
    provider.encrypt(item("1"));
    assertCalls(2);
  }

  @Test
  void refresh_bothKinds_forget() {
    KmsSettings settings =
        KmsSettings.forKey(key)
            .dataKeyReuse(DataKeyReuse.within(Duration.ofDays(1), 100, 1_000))
            .build();
    KmsMaterialsProvider blocking = KmsMaterialsProvider.of(kms.client(), settings);
    KmsMaterialsProvider.Async async = KmsMaterialsProvider.of(kms.asyncClient(), settings);
    EncryptionContext stored =
        item("1").toBuilder()
            .materialDescription(blocking.encryptionMaterials(item("1")).materialDescription())
            .build();
    blocking.refresh();
    for (int i = 0; i < 2; i++) {
      blocking.encryptionMaterials(item("1"));
      async.encryptionMaterialsAsync(item("1")).join();
      blocking.decryptionMaterials(stored);
      async.decryptionMaterialsAsync(stored).join();
      blocking.refresh();
      async.refresh();
    }
    assertCalls(1 + 2 * 4);
  }

  private final PendingKms slow = new PendingKms();

  private KmsMaterialsProvider.Async slowly(@Nullable DataKeyReuse reuse) {
    KmsSettings.Builder settings = KmsSettings.forKey(key);
    if (reuse != null) {
      settings.dataKeyReuse(reuse);
    }
    return KmsMaterialsProvider.of(slow, settings.build());
  }

  private GenerateDataKeyResponse dataKey() {
    return GenerateDataKeyResponse.builder()
        .keyId(key)
        .plaintext(SdkBytes.fromByteArray(new byte[32]))
        .ciphertextBlob(SdkBytes.fromByteArray(new byte[64]))
        .build();
  }

  @Test
  void encryptionMaterialsAsync_manyAtOnce_shareRequestsWithinTheUses() {
    KmsMaterialsProvider.Async provider = slowly(DataKeyReuse.within(Duration.ofDays(1), 4, 1_000));
    List<CompletableFuture<EncryptionMaterials>> results =
        Stream.generate(() -> provider.encryptionMaterialsAsync(item("1"))).limit(10).toList();
    assertThat(slow.writes()).hasSize(1);
    slow.writes().get(0).complete(dataKey());
    assertThat(results.stream().filter(CompletableFuture::isDone)).hasSize(4);
    slow.writes().get(1).complete(dataKey());
    assertThat(results.stream().filter(CompletableFuture::isDone)).hasSize(8);
    slow.writes().get(2).complete(dataKey());
    assertThat(slow.writes()).hasSize(3);
    assertThat(results.stream().map(CompletableFuture::join).distinct()).hasSize(3);
  }

  @Test
  void encryptionMaterialsAsync_itemsThatTakeAKeyEach_doNotWaitForEachOther() {
    KmsMaterialsProvider.Async provider = slowly(DataKeyReuse.within(Duration.ofDays(1), 100, 3));
    CompletableFuture<EncryptionMaterials> first = provider.encryptionMaterialsAsync(item("1"));
    CompletableFuture<EncryptionMaterials> second = provider.encryptionMaterialsAsync(item("1"));
    assertThat(slow.writes()).hasSize(2);
    slow.writes().forEach(answer -> answer.complete(dataKey()));
    assertThat(first.join()).isNotSameAs(second.join());
  }

  @Test
  void encryptionMaterials_interruptedWhileAnotherAsks_failsNamingItsOwnTable() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    KmsClient waiting =
        new KmsClient() {
          @Override
          public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
            asked.countDown();
            try {
              answer.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return dataKey();
          }

          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        };
    KmsMaterialsProvider provider =
        KmsMaterialsProvider.of(
            waiting,
            KmsSettings.forKey(key)
                .dataKeyReuse(DataKeyReuse.within(Duration.ofDays(1), 4, 1_000))
                .build());
    CompletableFuture<EncryptionMaterials> first =
        CompletableFuture.supplyAsync(() -> provider.encryptionMaterials(item("1")));
    asked.await();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> provider.encryptionMaterials(item("1")))
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.subject().tableName()).contains("T"))
        .hasMessageContaining("Interrupted while another thread was fetching");
    assertThat(Thread.interrupted()).isTrue();
    answer.countDown();
    assertThat(first.join()).isNotNull();
  }

  @Test
  void within_withoutAnEnd_isKept() {
    LocalCalls provider =
        calls(
            false, DataKeyReuse.within(ChronoUnit.FOREVER.getDuration(), 100, 1_000).clock(clock));
    provider.encrypt(item("1"));
    clock.advance(Duration.ofDays(10_000));
    provider.encrypt(item("1"));
    assertCalls(1);
  }

  @Test
  void encryptionMaterialsAsync_oneOfManyCancelled_theRequestGoesOnForTheOthers() {
    KmsMaterialsProvider.Async provider = slowly(DataKeyReuse.within(Duration.ofDays(1), 4, 1_000));
    CompletableFuture<EncryptionMaterials> first = provider.encryptionMaterialsAsync(item("1"));
    CompletableFuture<EncryptionMaterials> second = provider.encryptionMaterialsAsync(item("1"));
    first.cancel(true);
    assertThat(slow.writes().get(0)).isNotDone();
    slow.writes().get(0).complete(dataKey());
    assertThat(second).isCompleted();
  }

  @Test
  void encryptionMaterialsAsync_withoutReuseCancelled_cancelsItsRequest() {
    slowly(null).encryptionMaterialsAsync(item("1")).cancel(true);
    assertThat(slow.writes().get(0)).isCancelled();
  }

  @Test
  void encryptionMaterialsAsync_sharedRequestFails_everyoneFailsAndTheNextAsksAgain() {
    KmsMaterialsProvider.Async provider = slowly(DataKeyReuse.within(Duration.ofDays(1), 4, 1_000));
    List<CompletableFuture<EncryptionMaterials>> results =
        Stream.generate(() -> provider.encryptionMaterialsAsync(item("1"))).limit(2).toList();
    RuntimeException failure = new IllegalStateException("down");
    slow.writes().get(0).completeExceptionally(failure);
    for (CompletableFuture<EncryptionMaterials> result : results) {
      assertThatThrownBy(result::join)
          .hasCauseInstanceOf(MaterialsUnavailableException.class)
          .hasRootCause(failure);
    }
    CompletableFuture<EncryptionMaterials> next = provider.encryptionMaterialsAsync(item("1"));
    slow.writes().get(1).complete(dataKey());
    assertThat(next).isCompleted();
  }

  @Test
  void within_limitsThatAreNotPositive_throw() {
    for (Duration age : List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofDays(-1))) {
      assertThatThrownBy(() -> DataKeyReuse.within(age, 1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be positive");
    }
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
