package io.github.itemseal.keyring;

import static io.github.itemseal.keyring.BranchKeysForTest.FIRST;
import static io.github.itemseal.keyring.BranchKeysForTest.SECOND;
import static io.github.itemseal.keyring.HierarchicalKeyrings.CONTEXT;
import static io.github.itemseal.keyring.HierarchicalKeyrings.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.keyring.HierarchicalKeyrings.Subject;
import io.github.itemseal.testing.RecordedEvents;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a hierarchical keyring asks the key store, when it need not, and whom it tells. */
class HierarchicalKeyringCacheTest extends HierarchicalKeyringFixture {
  /** The version of the branch key that the item names. */
  private static UUID versionIn(EncryptionMaterials written) {
    ByteBuffer bytes = ByteBuffer.wrap(wrapped(edk(written))).position(28);
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  private static void awaitTrue(Supplier<Boolean> condition) {
    while (!condition.get()) {
      LockSupport.parkNanos(100_000); // the test's time limit ends this
    }
  }

  // ---- Time

  @Test
  void keys_withinTheirTime_areFetchedOnce() {
    EncryptionMaterials written = subject.encrypt();
    subject.decrypt(written);
    clock.advance(TTL.minus(GRACE));
    subject.encrypt();
    subject.decrypt(written);
    assertThat(source.fetches()).containsExactly(ID, ID + " " + FIRST);
  }

  @Test
  void keys_revoked_workToTheEndOfTheirTimeAndNotAMillisecondLonger() {
    EncryptionMaterials written = subject.encrypt();
    subject.decrypt(written);
    source.deny(true);
    clock.advance(TTL);
    subject.encrypt();
    subject.decrypt(written);
    clock.advance(Duration.ofMillis(1));
    assertFails(subject::encrypt, FailureReason.KEY_SOURCE_FAILED, "denied");
    assertFails(() -> subject.decrypt(written), FailureReason.KEY_SOURCE_FAILED, "denied");
    source.deny(false);
    assertThat(subject.decrypt(written).dataKey()).isEqualTo(written.dataKey());
  }

  @Test
  void keys_rotated_areNoticedWithTheNextFetch() {
    subject.encrypt();
    source.rotate();
    clock.advance(TTL.minus(GRACE));
    assertThat(versionIn(subject.encrypt())).isEqualTo(FIRST);
    clock.advance(Duration.ofMillis(1));
    assertThat(versionIn(subject.encrypt())).isEqualTo(SECOND);
  }

  @Test
  void keys_inTheGracePeriod_oneFetchesAndTheOthersDoNotWait() {
    subject.encrypt();
    clock.advance(TTL.minus(GRACE).plusMillis(1));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    source.rotate();
    CompletableFuture<EncryptionMaterials> fetching = subject.encrypting(writing(CONTEXT));
    awaitTrue(() -> source.fetches().size() == 2);
    for (int i = 0; i < 5; i++) {
      assertThat(versionIn(subject.encrypt())).isEqualTo(FIRST);
    }
    assertThat(fetching).isNotDone();
    gate.complete(null);
    assertThat(versionIn(BranchKeysUnderTest.join(fetching))).isEqualTo(SECOND);
    assertThat(source.fetches()).hasSize(2);
  }

  @Test
  void keys_inTheGracePeriodSourceFails_restForTheInterval() {
    subject.encrypt();
    source.deny(true);
    clock.advance(TTL.minus(GRACE).plusMillis(1));
    subject.encrypt();
    subject.encrypt();
    clock.advance(Duration.ofMillis(999));
    subject.encrypt();
    assertThat(source.fetches()).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    subject.encrypt();
    subject.encrypt();
    assertThat(source.fetches()).hasSize(3);
  }

  @Test
  void keys_ttlShorterThanTheGracePeriod_graceIsHalfOfIt() {
    Subject brief =
        subject(setup -> setup.branchKeyId(ID).ttl(Duration.ofSeconds(4)).cache(cache().build()));
    brief.encrypt();
    clock.advance(Duration.ofSeconds(2));
    brief.encrypt();
    assertThat(source.fetches()).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    brief.encrypt();
    assertThat(source.fetches()).hasSize(2);
  }

  @Test
  void refresh_warmKeys_asksAnew() {
    EncryptionMaterials written = subject.encrypt();
    subject.decrypt(written);
    kept.refresh();
    subject.encrypt();
    subject.decrypt(written);
    assertThat(source.fetches()).hasSize(4);
  }

  // ---- Sharing

  @Test
  void cache_none_fetchesEveryTime() {
    Subject uncached =
        subject(setup -> setup.branchKeyId(ID).ttl(TTL).cache(BranchKeyCache.none()));
    EncryptionMaterials written = uncached.encrypt();
    uncached.encrypt();
    uncached.decrypt(written);
    uncached.decrypt(written);
    assertThat(source.fetches()).hasSize(4);
  }

  @Test
  void cache_sharedWithOnePartition_sharesKeysOfOneStore() {
    BranchKeyCache shared = cache().build();
    Consumer<HierarchicalKeyring.Builder<?>> common =
        setup -> setup.ttl(TTL).cache(shared).partitionId("p");
    EncryptionMaterials written = subject(common.andThen(s -> s.branchKeyId(ID))).encrypt();
    Subject twin = subject(common.andThen(s -> s.branchKeyId(ID)));
    twin.encrypt();
    assertThat(source.fetches()).hasSize(1);
    twin.decrypt(written);
    subject(common.andThen(s -> s.branchKeyId(ID))).decrypt(written);
    assertThat(source.fetches()).as("writing and reading are two keys").hasSize(2);

    subject(common.andThen(s -> s.branchKeyId("other"))).encrypt();
    assertThat(source.fetches()).as("another branch key").hasSize(3);
    subject(common.andThen(s -> s.branchKeyId(ID).partitionId("q"))).encrypt();
    assertThat(source.fetches()).as("another partition").hasSize(4);
    subject(setup -> setup.ttl(TTL).cache(shared).branchKeyId(ID)).encrypt();
    assertThat(source.fetches()).as("a partition of its own").hasSize(5);
    BranchKeysForTest otherStore = new BranchKeysForTest("Other");
    subject(otherStore, common.andThen(s -> s.branchKeyId(ID))).encrypt();
    assertThat(otherStore.fetches()).as("another store").hasSize(1);
    BranchKeysForTest sameName = new BranchKeysForTest("Logical");
    subject(sameName, common.andThen(s -> s.branchKeyId(ID))).encrypt();
    assertThat(sameName.fetches()).as("the same store, by its logical name").isEmpty();
    assertThat(shared.size()).isEqualTo(6);
  }

  @Test
  void cache_sharedByTwoTimesToLive_eachJudgesByItsOwn() {
    BranchKeyCache shared = cache().gracePeriod(Duration.ZERO).build();
    Consumer<HierarchicalKeyring.Builder<?>> common =
        setup -> setup.cache(shared).partitionId("p").branchKeyId(ID);
    Subject patient = subject(common.andThen(s -> s.ttl(TTL)));
    Subject brief = subject(common.andThen(s -> s.ttl(Duration.ofMinutes(1))));
    patient.encrypt();
    clock.advance(Duration.ofMinutes(2));
    patient.encrypt();
    assertThat(source.fetches()).hasSize(1);
    brief.encrypt();
    assertThat(source.fetches()).hasSize(2);
  }

  @Test
  void cache_full_forgetsTheOneNotUsedForLongest() {
    BranchKeyCache small = cache().maxSize(2).build();
    Consumer<HierarchicalKeyring.Builder<?>> common =
        setup -> setup.ttl(TTL).cache(small).partitionId("p");
    for (String id : List.of("a", "b", "a", "c", "a", "b")) {
      subject(common.andThen(s -> s.branchKeyId(id))).encrypt();
    }
    assertThat(source.fetches()).containsExactly("a", "b", "c", "b");
    assertThat(small.size()).isEqualTo(2);
  }

  // ---- Storms

  @Test
  void coldKey_manyCallers_isFetchedOnce() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    List<CompletableFuture<EncryptionMaterials>> callers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      callers.add(subject.encrypting(writing(CONTEXT)));
    }
    awaitTrue(() -> source.fetches().size() == 1);
    gate.complete(null);
    callers.forEach(caller -> assertThat(BranchKeysUnderTest.join(caller).dataKey()).isPresent());
    assertThat(source.fetches()).hasSize(1);
  }

  @Test
  void coldKey_fetchFails_isNotRemembered() {
    source.deny(true);
    assertFails(subject::encrypt, FailureReason.KEY_SOURCE_FAILED, "denied");
    source.deny(false);
    assertThat(subject.encrypt().dataKey()).isPresent();
    assertThat(source.fetches()).hasSize(2);
  }

  @Test
  void coldKeys_manyDifferent_areFetchedAFewAtATime() {
    int fanOut = 3;
    BranchKeyCache few = cache().fanOut(fanOut).build();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    List<CompletableFuture<EncryptionMaterials>> callers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String id = "tenant-" + i;
      callers.add(subject(s -> s.branchKeyId(id).ttl(TTL).cache(few)).encrypting(writing(CONTEXT)));
    }
    awaitTrue(() -> source.fetches().size() == fanOut);
    assertThat(callers).noneMatch(CompletableFuture::isDone);
    assertThat(source.fetches()).hasSize(fanOut);
    gate.complete(null);
    callers.forEach(caller -> assertThat(BranchKeysUnderTest.join(caller).dataKey()).isPresent());
    assertThat(source.fetches()).hasSize(12);
  }

  @Test
  void coldKey_fetchBeyondItsTime_isNotWaitedFor() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    CompletableFuture<EncryptionMaterials> hung = subject.encrypting(writing(CONTEXT));
    awaitTrue(() -> source.fetches().size() == 1);
    source.waitFor(CompletableFuture.completedFuture(null));
    clock.advance(Duration.ofSeconds(10).plusMillis(1));
    assertThat(subject.encrypt().dataKey()).isPresent();
    assertThat(hung).isNotDone();
    gate.complete(null);
    assertThat(BranchKeysUnderTest.join(hung).dataKey()).isPresent();
    assertThat(source.fetches()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxSize", "fanOut", "gracePeriod", "graceInterval", "inFlightTtl"})
  void cache_outOfRange_throwsIllegalArgument(String setting) {
    BranchKeyCache.Builder builder = BranchKeyCache.builder();
    switch (setting) {
      case "maxSize" -> builder.maxSize(0);
      case "fanOut" -> builder.fanOut(0);
      case "gracePeriod" -> builder.gracePeriod(Duration.ofMillis(-1));
      case "graceInterval" -> builder.graceInterval(Duration.ofMillis(-1));
      default -> builder.inFlightTtl(Duration.ZERO);
    }
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not");
  }

  // ---- What listeners are told

  private static final String WRITTEN = "fetched BranchKeyStore ENCRYPT";
  private static final String READ = "fetched BranchKeyStore DECRYPT";

  private final RecordedEvents events = new RecordedEvents();

  private Subject told(BranchKeyCache cache) {
    return subject(
        setup ->
            setup.branchKeyId(ID).ttl(TTL).cache(cache).partitionId("shared").listener(events));
  }

  @Test
  void listener_fetchesAndHits_areToldByUse() {
    Subject told = told(kept);
    EncryptionMaterials written = told.encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN);
    told.encrypt();
    assertThat(events.drain()).containsExactly("reused BranchKeyStore ENCRYPT");
    told.decrypt(written);
    told.decrypt(written);
    assertThat(events.drain()).containsExactly(READ, "reused BranchKeyStore DECRYPT");
    kept.refresh();
    told.encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN);
    clock.advance(TTL.plusMillis(1));
    told.decrypt(written);
    assertThat(events.drain()).containsExactly(READ);
  }

  @Test
  void listener_noCache_everyItemIsAFetch() {
    Subject told = told(BranchKeyCache.none());
    told.decrypt(told.encrypt());
    told.encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN, READ, WRITTEN);
  }

  @Test
  void listener_cacheSharedByTwoKeyrings_secondOneReuses() {
    BranchKeyCache shared = cache().build();
    told(shared).encrypt();
    told(shared).encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN, "reused BranchKeyStore ENCRYPT");
  }

  @Test
  void listener_fetchDenied_isToldWithItsReason() {
    Subject told = told(cache().build());
    source.deny(true);
    assertFails(told::encrypt, FailureReason.KEY_SOURCE_FAILED, "denied");
    assertThat(events.drain()).containsExactly(WRITTEN + " KEY_SOURCE_FAILED");
  }

  @Test
  void listener_deniedWithinTheGrace_failureIsToldThoughTheOldKeyServes() {
    Subject told = told(cache().gracePeriod(GRACE).build());
    told.encrypt();
    source.deny(true);
    clock.advance(TTL.minus(GRACE).plusMillis(1));
    told.encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN, WRITTEN + " KEY_SOURCE_FAILED");
  }

  @Test
  void listener_callersWhoWaitForOneFetch_reuse() {
    Subject told = told(cache().build());
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    CompletableFuture<EncryptionMaterials> first = told.encrypting(writing(CONTEXT));
    awaitTrue(() -> source.fetches().size() == 1);
    CompletableFuture<EncryptionMaterials> second = told.encrypting(writing(CONTEXT));
    gate.complete(null);
    BranchKeysUnderTest.join(first);
    BranchKeysUnderTest.join(second);
    assertThat(events.drain()).containsExactlyInAnyOrder(WRITTEN, "reused BranchKeyStore ENCRYPT");
  }

  @Test
  void listener_fetchThatWaitsItsTurn_isToldOnceAndAsAFetch() {
    BranchKeyCache narrow = cache().fanOut(1).build();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    CompletableFuture<EncryptionMaterials> first = told(narrow).encrypting(writing(CONTEXT));
    awaitTrue(() -> source.fetches().size() == 1);
    Subject other =
        subject(setup -> setup.branchKeyId("other").ttl(TTL).cache(narrow).listener(events));
    CompletableFuture<EncryptionMaterials> second = other.encrypting(writing(CONTEXT));
    assertThat(events.drain()).isEmpty();
    gate.complete(null);
    BranchKeysUnderTest.join(first);
    BranchKeysUnderTest.join(second);
    assertThat(events.drain()).containsExactly(WRITTEN, WRITTEN);
  }
}
