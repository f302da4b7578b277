package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Ddbec;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.materials.MostRecentProviders.Setup;
import io.github.itemseal.materials.MostRecentProviders.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which version of which material items are written and read with. */
class MostRecentVersionsTest extends MostRecentFixture {
  @Test
  void encrypt_noVersionYet_createsVersion0() {
    Map<String, AttributeValue> stored = subject.encrypt(item(1));
    assertThat(versionOf(stored)).isZero();
    assertThat(elsewhere.versions(NAME)).containsExactly(0L);
    assertThat(subject.decrypt(stored)).isEqualTo(item(1));
  }

  @Test
  void encrypt_severalVersions_usesTheNewest() {
    for (int i = 0; i < 3; i++) {
      elsewhere.newProvider(NAME);
    }
    assertThat(versionOf(subject.encrypt(item(1)))).isEqualTo(2);
  }

  @Test
  void encrypt_rotatedElsewhere_followsAfterTheTtlOrRefresh() {
    subject.encrypt(item(1));
    elsewhere.newProvider(NAME);
    clock.advance(TTL);
    assertThat(versionOf(subject.encrypt(item(1)))).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(versionOf(subject.encrypt(item(1)))).isEqualTo(1);
    elsewhere.newProvider(NAME);
    subject.refresh();
    assertThat(versionOf(subject.encrypt(item(1)))).isEqualTo(2);
  }

  @Test
  void decrypt_oldVersion_isRead() {
    Map<String, AttributeValue> old = subject.encrypt(item(1));
    elsewhere.newProvider(NAME);
    subject.refresh();
    Map<String, AttributeValue> young = subject.encrypt(item(2));
    assertThat(versionOf(young)).isEqualTo(1);
    assertThat(subject.decrypt(old)).isEqualTo(item(1));
    assertThat(subject.decrypt(young)).isEqualTo(item(2));
  }

  @Test
  void decrypt_itemOfAnotherMaterial_throwsMaterialsUnavailable() {
    Map<String, AttributeValue> stored =
        subject(new Setup(table, "invoices", null, TTL, GRACE, 10)).encrypt(item(1));
    subject.encrypt(item(1));
    assertThatThrownBy(() -> subject.decrypt(stored))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("another material of a MetaStore than 'orders'");
  }

  @Test
  void decrypt_itemWithoutMetaId_throwsMalformed() {
    Map<String, AttributeValue> stored =
        encryptor(Ddbec.using(rowKeysOfEverybody())).encryptItem(item(1));
    assertThatThrownBy(() -> subject.decrypt(stored))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("amzn-ddb-meta-id");
    assertCalls(0, 0, 0, 0);
  }

  @Test
  void materialNameOf_severalMaterials_eachItemHasItsOwn() {
    Subject tenants =
        subject(
            new Setup(
                table,
                "default",
                context -> context.attributes().get("id").s().equals("item1") ? "one" : "two",
                TTL,
                GRACE,
                10));
    elsewhere.getOrCreate("two", 4);
    Map<String, AttributeValue> one = tenants.encrypt(item(1));
    Map<String, AttributeValue> two = tenants.encrypt(item(2));
    assertThat(one.get("*amzn-ddb-map-desc*").b().asUtf8String()).contains("one#0");
    assertThat(two.get("*amzn-ddb-map-desc*").b().asUtf8String()).contains("two#4");
    assertThat(tenants.decrypt(one)).isEqualTo(item(1));
    assertThat(tenants.decrypt(two)).isEqualTo(item(2));
    assertThat(elsewhere.maxVersion("default")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#b"})
  void materialNameOf_impossibleName_throwsIllegalArgument(String name) {
    Subject tenants = subject(new Setup(table, NAME, context -> name, TTL, GRACE, 10));
    assertThatThrownBy(() -> tenants.encrypt(item(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contains no '#'");
  }

  @Test
  void materialNameOf_null_fails() {
    Subject tenants = subject(new Setup(table, NAME, context -> null, TTL, GRACE, 1));
    assertThatThrownBy(() -> tenants.encrypt(item(1)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("gave null");
  }

  @Test
  void rotation_underLoad_everyItemIsReadable() throws Exception {
    ConcurrentLinkedQueue<Map<String, AttributeValue>> written = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Void>> writers = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        int first = t * 100;
        writers.add(
            threads.submit(
                () -> {
                  for (int i = first; i < first + 100; i++) {
                    written.add(subject.encrypt(item(i)));
                    clock.advance(Duration.ofSeconds(20));
                  }
                  return null;
                }));
      }
      for (int i = 0; i < 8; i++) {
        elsewhere.newProvider(NAME);
        clock.advance(Duration.ofMinutes(2));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    Subject reader = subject(new Setup(table));
    Map<String, Integer> read = new HashMap<>();
    for (Map<String, AttributeValue> stored : written) {
      read.merge(reader.decrypt(stored).get("x").n(), 1, Integer::sum);
    }
    assertThat(read).hasSize(600).allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void inspection_showsWhatIsCached() {
    assertThat(subject.materialName()).isEqualTo(NAME);
    assertThat(subject.ttl()).isEqualTo(TTL);
    assertThat(subject.currentVersion()).isEmpty();
    assertThat(subject.lastUpdated()).isEmpty();
    elsewhere.newProvider(NAME);
    assertThat(subject.currentVersion()).hasValue(0);
    Instant before = clock.instant();
    subject.encrypt(item(1));
    assertThat(subject.lastUpdated()).contains(before);
    elsewhere.newProvider(NAME);
    assertThat(subject.currentVersion()).hasValue(0);
    clock.advance(BEYOND);
    assertThat(subject.currentVersion()).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"PT0S,PT0S,1", "PT-1S,PT0S,1", "PT1S,PT-0.001S,1", "PT1S,PT0S,0"})
  void build_outOfRange_throwsIllegalArgument(Duration ttl, Duration grace, int cacheSize) {
    assertThatThrownBy(() -> subject(new Setup(table, NAME, null, ttl, grace, cacheSize)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#b"})
  void build_impossibleName_throwsIllegalArgument(String name) {
    assertThatThrownBy(() -> subject(new Setup(table, name, null, TTL, GRACE, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contains no '#'");
  }
}
