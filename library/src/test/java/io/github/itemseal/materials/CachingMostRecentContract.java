package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.FakeClock;
import io.github.itemseal.testing.RecordedEvents;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What both kinds of caching most-recent provider do, on DynamoDB Local. */
@Timeout(120)
abstract class CachingMostRecentContract {
  static final Duration TTL = Duration.ofMinutes(10);
  static final Duration GRACE = Duration.ofMillis(500);
  private static final Duration BEYOND = TTL.plus(GRACE).plusMillis(1);
  private static final String NAME = "orders";
  private static final AtomicInteger TABLES = new AtomicInteger();

  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  static DynamoDbClient client;
  static DynamoDbAsyncClient asyncClient;

  final FakeClock clock = new FakeClock();
  final RecordedEvents events = new RecordedEvents();
  final DynamoDbProbe probe = new DynamoDbProbe();
  final CountingProvider rowKeys = new CountingProvider(rowKeysOfEverybody());

  /** Everything a test may vary of a provider. */
  record Setup(
      String table,
      String materialName,
      Function<EncryptionContext, String> materialNameOf,
      Duration ttl,
      Duration grace,
      int cacheSize) {
    Setup(String table) {
      this(table, NAME, null, TTL, GRACE, 1000);
    }
  }

  /** A provider at work on items, of either kind. */
  interface Subject {
    Map<String, AttributeValue> encrypt(Map<String, AttributeValue> item);

    Map<String, AttributeValue> decrypt(Map<String, AttributeValue> item);

    void refresh();

    String materialName();

    Duration ttl();

    OptionalLong currentVersion();

    Optional<Instant> lastUpdated();
  }

  abstract Subject subject(Setup setup);

  private String table;

  /** Another process: an own client, own caches. */
  private MetaStore elsewhere;

  private Subject subject;

  @BeforeAll
  static void openClients() {
    client = DYNAMO_DB.client();
    asyncClient = DYNAMO_DB.asyncClient();
  }

  @BeforeEach
  void createTable() {
    table = "Keys" + TABLES.incrementAndGet();
    MetaStore.createTable(client, table);
    elsewhere =
        MetaStore.builder(client).tableName(table).protectedBy(rowKeysOfEverybody()).build();
    subject = subject(new Setup(table));
  }

  private static WrappedMaterialsProvider rowKeysOfEverybody() {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(TestKeys.aes(256))
        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
        .build();
  }

  static ItemEncryptor encryptor(Ddbec format) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("Items", TableIndex.of("id")))
            .actions(AttributeActions.encryptAndSign())
            .writes(format)
            .build());
  }

  static Map<String, AttributeValue> item(int i) {
    return Map.of("id", AttributeValue.fromS("item" + i), "x", AttributeValue.fromN("" + i));
  }

  private static int versionOf(Map<String, AttributeValue> stored) {
    String description = stored.get("*amzn-ddb-map-desc*").b().asUtf8String();
    int at = description.indexOf(NAME + "#") + NAME.length() + 1;
    return description.charAt(at) - '0'; // versions of these tests have one digit
  }

  private void reset() {
    probe.reset();
    rowKeys.reset();
  }

  private void assertCalls(int queries, int gets, int puts, int rowDecryptions) {
    assertThat(
            List.of(
                probe.count(QueryRequest.class),
                probe.count(GetItemRequest.class),
                probe.count(PutItemRequest.class),
                rowKeys.decryptions()))
        .as("queries, gets, puts, decryptions of rows")
        .containsExactly(queries, gets, puts, rowDecryptions);
  }

  // ---- What is read and written

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

  // ---- Rotation under load

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

  // ---- Inspection, configuration

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
