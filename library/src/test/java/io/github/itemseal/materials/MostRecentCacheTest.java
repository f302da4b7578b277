package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.materials.MostRecentProviders.Setup;
import io.github.itemseal.materials.MostRecentProviders.Subject;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** How often the store is asked, for how long keys are kept, and who is told. */
class MostRecentCacheTest extends MostRecentFixture {
  // ---- Calls counted

  @Test
  void decrypt_pageOfHundredItems_coldOneFetchWarmNone() {
    List<Map<String, AttributeValue>> page = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      page.add(subject.encrypt(item(i)));
    }
    Subject cold = subject(new Setup(table));
    reset();
    for (int i = 0; i < 100; i++) {
      assertThat(cold.decrypt(page.get(i))).isEqualTo(item(i));
    }
    assertCalls(0, 1, 0, 1);
    reset();
    page.forEach(cold::decrypt);
    assertCalls(0, 0, 0, 0);
  }

  @Test
  void encrypt_hundredItems_coldOneFetchWarmNone() {
    elsewhere.newProvider(NAME);
    for (int i = 0; i < 100; i++) {
      subject.encrypt(item(i));
    }
    assertCalls(1, 1, 0, 1);
  }

  @Test
  void encrypt_afterTheTtl_costsOneFetchAndNoWrite() {
    subject.encrypt(item(1));
    reset();
    clock.advance(BEYOND);
    subject.encrypt(item(1));
    subject.encrypt(item(1));
    assertCalls(1, 1, 0, 1);
  }

  @Test
  void decrypt_sixtyFourThreadsCold_oneFetch() throws Exception {
    Map<String, AttributeValue> stored = subject.encrypt(item(1));
    Subject cold = subject(new Setup(table));
    reset();
    Threads.each(64, thread -> assertThat(cold.decrypt(stored)).isEqualTo(item(1)));
    assertCalls(0, 1, 0, 1);
  }

  // ---- Time to live

  @Test
  void decrypt_expiredOldVersion_isFetchedAgainAndOnlyThat() {
    // The Python client evicts the current version instead, and keeps the old one for ever.
    Map<String, AttributeValue> old = subject.encrypt(item(1));
    elsewhere.newProvider(NAME);
    subject.refresh();
    subject.decrypt(old);
    clock.advance(TTL);
    Map<String, AttributeValue> young = subject.encrypt(item(2));
    clock.advance(GRACE.plusMillis(1));
    reset();
    subject.decrypt(old);
    assertCalls(0, 1, 0, 1);
    reset();
    subject.decrypt(young);
    subject.decrypt(old);
    assertCalls(0, 0, 0, 0);
  }

  @Test
  void decrypt_onlyReads_expireToo() {
    Map<String, AttributeValue> stored =
        encryptor(Ddbec.using(elsewhere.currentProvider(NAME))).encryptItem(item(1));
    for (int i = 0; i < 3; i++) {
      reset();
      assertThat(subject.decrypt(stored)).isEqualTo(item(1));
      assertCalls(0, 1, 0, 1);
      clock.advance(BEYOND);
    }
  }

  @Test
  void decrypt_steadyTraffic_fetchesTheKeysAgainAndAgain() {
    Map<String, AttributeValue> stored = subject.encrypt(item(1));
    reset();
    for (int i = 0; i < 60; i++) {
      clock.advance(Duration.ofMinutes(1));
      subject.decrypt(stored);
      subject.encrypt(item(1));
    }
    assertThat(rowKeys.decryptions()).isEqualTo(5); // after 11, 22, 33, 44 and 55 minutes
    assertThat(probe.count(QueryRequest.class)).isEqualTo(5);
    assertThat(probe.count(PutItemRequest.class)).isZero();
  }

  @Test
  void revokedKey_withinGraceStillUsed_beyondItNobodyGetsKeys() {
    Map<String, AttributeValue> stored = subject.encrypt(item(1));
    RuntimeException denied = DynamoDbProbe.serviceError("AccessDeniedException");
    rowKeys.fail(denied);
    clock.advance(TTL.plus(GRACE));
    assertThat(subject.decrypt(stored)).isEqualTo(item(1));
    assertThat(subject.decrypt(subject.encrypt(item(2)))).isEqualTo(item(2));
    clock.advance(TTL.plus(GRACE)); // the version was read anew, its keys were not
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> subject.decrypt(stored))
          .isInstanceOf(MaterialsUnavailableException.class)
          .hasCause(denied);
      assertThatThrownBy(() -> subject.encrypt(item(1)))
          .isInstanceOf(MaterialsUnavailableException.class)
          .hasCause(denied);
    }
    rowKeys.fail(null);
    assertThat(subject.decrypt(stored)).isEqualTo(item(1));
  }

  @Test
  void refresh_dropsEverything() {
    Map<String, AttributeValue> stored = subject.encrypt(item(1));
    subject.refresh();
    assertThat(subject.lastUpdated()).isEmpty();
    reset();
    subject.decrypt(stored);
    subject.encrypt(item(1));
    assertCalls(1, 1, 0, 1);
  }

  @Test
  void cacheSize_one_keepsOneVersion() {
    Subject small = subject(new Setup(table, NAME, null, TTL, GRACE, 1));
    Map<String, AttributeValue> old = small.encrypt(item(1));
    elsewhere.newProvider(NAME);
    small.refresh();
    small.encrypt(item(1));
    reset();
    small.decrypt(old);
    small.decrypt(old);
    small.encrypt(item(1));
    assertCalls(0, 2, 0, 2);
  }

  // ---- Faults

  @ParameterizedTest
  @CsvSource({
    "query, AccessDeniedException",
    "getItem, AccessDeniedException",
    "getItem, ThrottlingException",
    "putItem, AccessDeniedException"
  })
  void encrypt_callFails_throwsWithCauseAndCachesNothing(String operation, String code) {
    RuntimeException failure = DynamoDbProbe.serviceError(code);
    probe.fail(operation, failure);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> subject.encrypt(item(1)))
          .isInstanceOf(MaterialsUnavailableException.class)
          .hasCause(failure)
          .extracting(e -> ((ItemsealException) e).reason())
          .isEqualTo(FailureReason.KEY_SOURCE_FAILED);
    }
    assertThat(probe.requests()).as("tried again").hasSizeGreaterThan(1);
    probe.heal();
    Map<String, AttributeValue> stored = subject.encrypt(item(1));
    assertThat(encryptor(Ddbec.using(elsewhere.provider(NAME, 0))).decryptItem(stored))
        .isEqualTo(item(1));
  }

  @Test
  void decrypt_failsInTheMiddleOfAPage_laterItemsAreRead() {
    Map<String, AttributeValue> first = subject.encrypt(item(1));
    elsewhere.newProvider(NAME);
    subject.refresh();
    Map<String, AttributeValue> second = subject.encrypt(item(2));
    subject.refresh();
    assertThat(subject.decrypt(first)).isEqualTo(item(1));
    rowKeys.fail(DynamoDbProbe.serviceError("ThrottlingException"));
    assertThatThrownBy(() -> subject.decrypt(second))
        .isInstanceOf(MaterialsUnavailableException.class);
    assertThat(subject.decrypt(first)).as("still cached").isEqualTo(item(1));
    rowKeys.fail(null);
    assertThat(subject.decrypt(second)).isEqualTo(item(2));
  }

  @Test
  void decrypt_versionThatIsNotThere_throwsAndIsAskedForAgain() {
    Map<String, AttributeValue> stored = subject.encrypt(item(1));
    client.deleteItem(
        r ->
            r.tableName(table)
                .key(Map.of("N", AttributeValue.fromS(NAME), "V", AttributeValue.fromN("0"))));
    subject.refresh();
    reset();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> subject.decrypt(stored))
          .isInstanceOf(MaterialsUnavailableException.class)
          .hasMessageContaining("has no version 0");
    }
    assertCalls(0, 2, 0, 0);
  }

  // ---- What listeners are told

  private static final String WRITTEN = "fetched MetaStore ENCRYPT";
  private static final String READ = "fetched MetaStore DECRYPT";

  @Test
  void listener_versionsAndKeys_fetchesAndHitsAreToldByUse() {
    Map<String, AttributeValue> old = subject.encrypt(item(1));
    assertThat(events.drain())
        .as("the newest version, and its keys")
        .containsExactly(WRITTEN, WRITTEN);
    subject.encrypt(item(2));
    subject.decrypt(old);
    assertThat(events.drain())
        .containsExactly("reused MetaStore ENCRYPT", "reused MetaStore DECRYPT");
    elsewhere.newProvider(NAME);
    subject.refresh();
    subject.decrypt(old);
    subject.encrypt(item(3));
    assertThat(events.drain()).containsExactly(READ, WRITTEN, WRITTEN);
    clock.advance(BEYOND);
    subject.decrypt(old);
    assertThat(events.drain()).containsExactly(READ);
  }

  @Test
  void listener_storeFails_isToldWithItsReason() {
    probe.fail("query", DynamoDbProbe.serviceError("AccessDeniedException"));
    assertThatThrownBy(() -> subject.encrypt(item(1)))
        .isInstanceOf(MaterialsUnavailableException.class);
    assertThat(events.drain()).containsExactly(WRITTEN + " KEY_SOURCE_FAILED");
  }
}
