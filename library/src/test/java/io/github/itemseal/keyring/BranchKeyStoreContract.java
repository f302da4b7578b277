package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.FakeClock;
import io.github.itemseal.testing.Threads;
import io.github.itemseal.testkit.InMemoryKms;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** What both kinds of branch key store do, on DynamoDB Local and the KMS of the test kit. */
abstract class BranchKeyStoreContract {
  private static final AtomicInteger TABLES = new AtomicInteger();
  private static final String ID = "tenant-1";
  private static final Map<String, String> CONTEXT = Map.of("department", "admin", "city", "Köln");

  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  static DynamoDbClient client;
  static DynamoDbAsyncClient asyncClient;

  final DynamoDbProbe probe = new DynamoDbProbe();
  final FakeClock clock = new FakeClock();
  private final InMemoryKms kms = InMemoryKms.inRegion("eu-west-1");
  private final String kmsArn = kms.createKey();
  private String table;
  private BranchKeysUnderTest store;

  /** Everything a test may vary of a store. */
  record Setup(InMemoryKms kms, String table, String logicalName, BranchKeyProtection protection) {}

  abstract BranchKeysUnderTest store(Setup setup);

  @BeforeAll
  static void openClients() {
    client = DYNAMO_DB.client();
    asyncClient = DYNAMO_DB.asyncClient();
  }

  @BeforeEach
  void createTable() {
    table = newTable();
    store = store(BranchKeyProtection.kmsKey(kmsArn));
  }

  static String newTable() {
    String name = "BranchKeys" + TABLES.incrementAndGet();
    BranchKeyStore.createTable(client, name);
    return name;
  }

  private BranchKeysUnderTest store(BranchKeyProtection protection) {
    return store(new Setup(kms, table, "Logical", protection));
  }

  private Map<String, AttributeValue> row(String id, String type) {
    return client.getItem(get -> get.tableName(table).key(key(id, type))).item();
  }

  private static Map<String, AttributeValue> key(String id, String type) {
    return Map.of("branch-key-id", AttributeValue.fromS(id), "type", AttributeValue.fromS(type));
  }

  private void put(Map<String, AttributeValue> row) {
    client.putItem(put -> put.tableName(table).item(row));
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static void assertUnavailable(
      ThrowingCallable call, FailureReason reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(reason);
  }

  private List<String> kmsOperations() {
    return kms.calls().stream().map(InMemoryKms.Call::operation).toList();
  }

  // ---- Creating

  @Test
  void createKey_newKey_storesTheSpecifiedRows() {
    clock.advance(Duration.ofNanos(123_456_789));
    UUID version = store.createKey(ID, CONTEXT).version();
    Map<String, AttributeValue> common =
        Map.of(
            "branch-key-id", s(ID),
            "create-time", s("2026-01-01T00:00:00.123456Z"),
            "kms-arn", s(kmsArn),
            "hierarchy-version", AttributeValue.fromN("1"),
            "aws-crypto-ec:department", s("admin"),
            "aws-crypto-ec:city", s("Köln"));
    String versionType = "branch:version:" + version;
    assertThat(withoutEnc(row(ID, versionType)))
        .isEqualTo(with(common, Map.of("type", s(versionType))));
    assertThat(withoutEnc(row(ID, "branch:ACTIVE")))
        .isEqualTo(with(common, Map.of("type", s("branch:ACTIVE"), "version", s(versionType))));
    assertThat(withoutEnc(row(ID, "beacon:ACTIVE")))
        .isEqualTo(with(common, Map.of("type", s("beacon:ACTIVE"))));
    assertThat(client.scan(scan -> scan.tableName(table)).count()).isEqualTo(3);
  }

  private static Map<String, AttributeValue> withoutEnc(Map<String, AttributeValue> row) {
    assertThat(row.get("enc").b()).isNotNull();
    Map<String, AttributeValue> rest = new HashMap<>(row);
    rest.remove("enc");
    return rest;
  }

  private static <V> Map<String, V> with(Map<String, V> one, Map<String, V> other) {
    Map<String, V> both = new HashMap<>(one);
    both.putAll(other);
    return both;
  }

  @Test
  void createKey_newKey_asksKmsAsSpecified() {
    String versionType = "branch:version:" + store.createKey(ID, CONTEXT).version();
    Map<String, String> common =
        Map.of(
            "branch-key-id", ID,
            "tablename", "Logical",
            "create-time", "2026-01-01T00:00:00.000000Z",
            "kms-arn", kmsArn,
            "hierarchy-version", "1",
            "aws-crypto-ec:department", "admin",
            "aws-crypto-ec:city", "Köln");
    assertThat(kms.calls())
        .containsExactly(
            new InMemoryKms.Call(
                "GenerateDataKeyWithoutPlaintext",
                kmsArn,
                with(common, Map.of("type", versionType)),
                List.of()),
            new InMemoryKms.Call(
                "ReEncrypt",
                kmsArn,
                with(common, Map.of("type", "branch:ACTIVE", "version", versionType)),
                List.of()),
            new InMemoryKms.Call(
                "GenerateDataKeyWithoutPlaintext",
                kmsArn,
                with(common, Map.of("type", "beacon:ACTIVE")),
                List.of()));
    assertThat(probe.count(TransactWriteItemsRequest.class)).isEqualTo(1);
    assertThat(probe.requests()).hasSize(1);
  }

  @Test
  void createKey_readRightAfter_isThereByConsistentReads() {
    BranchKeyVersion created = store.createKey(ID, CONTEXT);
    BranchKey active = store.activeKey(ID);
    BranchKey version = store.keyVersion(ID, created.version());
    BeaconKey beacon = store.beaconKey(ID);
    assertThat(created.branchKeyId()).isEqualTo(ID);
    assertThat(active.version()).isEqualTo(created.version());
    assertThat(active.branchKeyId()).isEqualTo(ID);
    assertThat(active.encryptionContext()).isEqualTo(CONTEXT);
    assertThat(active.key()).isEqualTo(version.key()).isNotEqualTo(beacon.key());
    assertThat(active.key().getEncoded()).hasSize(32);
    assertThat(beacon.encryptionContext()).isEqualTo(CONTEXT);
    assertThat(beacon.branchKeyId()).isEqualTo(ID);
    assertThat(probe.requests())
        .filteredOn(GetItemRequest.class::isInstance)
        .hasSize(3)
        .allSatisfy(read -> assertThat(((GetItemRequest) read).consistentRead()).isTrue());
  }

  @Test
  void createKey_noId_isARandomUuid() {
    String id = store.createKey().branchKeyId();
    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    assertThat(store.activeKey(id).encryptionContext()).isEmpty();
    assertThat(store.createKey().branchKeyId()).isNotEqualTo(id);
  }

  @Test
  void createKey_ownIdWithoutContext_throwsIllegalArgument() {
    assertThatThrownBy(() -> store.createKey(ID, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs an encryption context");
    assertThatThrownBy(() -> store.createKey(ID, Map.of("", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every name");
    assertThatThrownBy(() -> store.createKey("", CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id is empty");
    assertThat(kms.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"branch:ACTIVE", "beacon:ACTIVE"})
  void createKey_anyOfItsRowsIsThere_throwsAndLeavesEverything(String type) {
    put(with(key(ID, type), Map.of("mine", s("x"))));
    assertUnavailable(
        () -> store.createKey(ID, CONTEXT),
        FailureReason.MATERIAL_CONFLICT,
        "create branch key 'tenant-1': there is one already. Nothing was stored.");
    assertThat(row(ID, type)).containsKey("mine");
    assertThat(client.scan(scan -> scan.tableName(table)).count()).isEqualTo(1);
  }

  // ---- Rotating

  @Test
  void versionKey_existingKey_makesANewActiveVersion() {
    UUID first = store.createKey(ID, CONTEXT).version();
    BranchKey before = store.activeKey(ID);
    BeaconKey beacon = store.beaconKey(ID);
    clock.advance(Duration.ofDays(1));
    UUID second = store.versionKey(ID).version();
    assertThat(second).isNotEqualTo(first);
    BranchKey active = store.activeKey(ID);
    assertThat(active.version()).isEqualTo(second);
    assertThat(active.encryptionContext()).isEqualTo(CONTEXT);
    assertThat(active.key())
        .isEqualTo(store.keyVersion(ID, second).key())
        .isNotEqualTo(before.key());
    assertThat(store.keyVersion(ID, first).key()).isEqualTo(before.key());
    assertThat(store.beaconKey(ID).key()).isEqualTo(beacon.key());
    assertThat(store.versions(ID)).containsExactly(first, second);
    String type = "branch:version:" + second;
    assertThat(row(ID, type))
        .containsOnlyKeys(
            "branch-key-id",
            "type",
            "enc",
            "create-time",
            "kms-arn",
            "hierarchy-version",
            "aws-crypto-ec:department",
            "aws-crypto-ec:city")
        .containsEntry("create-time", s("2026-01-02T00:00:00.000000Z"));
    assertThat(row(ID, "branch:ACTIVE"))
        .containsEntry("version", s(type))
        .containsEntry("create-time", s("2026-01-02T00:00:00.000000Z"));
  }

  @Test
  void versions_moreThanAPageHolds_areAllListed() {
    List<UUID> versions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      versions.add(new UUID(0, i));
      Map<String, AttributeValue> row = new HashMap<>(key(ID, "branch:version:" + new UUID(0, i)));
      row.put("create-time", s("2026-01-0" + (9 - i)));
      row.put("aws-crypto-ec:long", s("x".repeat(390_000))); // a page is 1 MB of rows
      put(row);
    }
    Collections.reverse(versions); // oldest first
    assertThat(store.versions(ID)).containsExactlyElementsOf(versions);
    assertThat(probe.requests())
        .hasSizeGreaterThan(1)
        .hasOnlyElementsOfType(QueryRequest.class)
        .allMatch(request -> ((QueryRequest) request).consistentRead());
  }

  @Test
  void versionKey_existingKey_callsAsFewAsSpecified() {
    store.createKey(ID, CONTEXT);
    probe.reset();
    int before = kms.calls().size();
    store.versionKey(ID);
    assertThat(kmsOperations().subList(before, kms.calls().size()))
        .containsExactly("ReEncrypt", "GenerateDataKeyWithoutPlaintext", "ReEncrypt");
    assertThat(probe.requests())
        .extracting(Object::getClass)
        .containsExactly(GetItemRequest.class, TransactWriteItemsRequest.class);
  }

  @Test
  void versionKey_noSuchKey_throwsNotFound() {
    assertUnavailable(
        () -> store.versionKey("nobody"),
        FailureReason.MATERIAL_VERSION_NOT_FOUND,
        "no row 'branch:ACTIVE' of branch key 'nobody'");
  }

  @Test
  void versionKey_rotatedMeanwhile_storesNothingAndThrows() {
    UUID first = store.createKey(ID, CONTEXT).version();
    List<UUID> other = new ArrayList<>();
    probe.once("transactWriteItems", () -> other.add(store.versionKey(ID).version()));
    assertThatThrownBy(() -> store.versionKey(ID))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("rotate branch key 'tenant-1': somebody else rotated it")
        .hasCauseInstanceOf(TransactionCanceledException.class)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.MATERIAL_CONFLICT);
    assertThat(store.activeKey(ID).version()).isEqualTo(other.get(0));
    assertThat(store.versions(ID)).containsExactlyInAnyOrder(first, other.get(0));
  }

  @Test
  void versionKey_activeKeyEncryptedAnewMeanwhile_storesNothingAndThrows() {
    UUID first = store.createKey(ID, CONTEXT).version();
    Map<String, AttributeValue> active = row(ID, "branch:ACTIVE");
    AttributeValue other = AttributeValue.fromB(SdkBytes.fromUtf8String("other ciphertext"));
    probe.once("transactWriteItems", () -> put(with(active, Map.of("enc", other))));
    assertUnavailable(
        () -> store.versionKey(ID), FailureReason.MATERIAL_CONFLICT, "Nothing was stored");
    assertThat(row(ID, "branch:ACTIVE")).containsEntry("enc", other);
    assertThat(store.versions(ID)).containsExactly(first);
  }

  @Test
  void versionKey_activeKeyDeletedMeanwhile_doesNotBringItBack() {
    store.createKey(ID, CONTEXT);
    probe.once(
        "transactWriteItems",
        () -> client.deleteItem(d -> d.tableName(table).key(key(ID, "branch:ACTIVE"))));
    assertUnavailable(
        () -> store.versionKey(ID), FailureReason.MATERIAL_CONFLICT, "Nothing was stored");
    assertThat(row(ID, "branch:ACTIVE")).isEmpty();
  }

  @Test
  void versionKey_manyThreads_everyVersionHasOneSuccessorAndNoneIsLost() throws Exception {
    int threads = 6;
    int rotationsEach = 4;
    store.createKey(ID, CONTEXT);
    probe.reset();
    AtomicInteger lost = new AtomicInteger();
    Set<UUID> made = ConcurrentHashMap.newKeySet();
    Threads.each(
        threads,
        thread -> {
          BranchKeysUnderTest mine = store(BranchKeyProtection.kmsKey(kmsArn));
          for (int i = 0; i < rotationsEach; ) {
            try {
              made.add(mine.versionKey(ID).version());
              i++;
            } catch (MaterialsUnavailableException e) {
              assertThat(e.reason()).isEqualTo(FailureReason.MATERIAL_CONFLICT);
              lost.incrementAndGet();
            }
          }
        });
    List<UUID> stored = store.versions(ID);
    assertThat(stored).hasSize(1 + threads * rotationsEach).containsAll(made);
    assertThat(stored).allSatisfy(v -> assertThat(store.keyVersion(ID, v).version()).isEqualTo(v));
    assertThat(lost).as("the threads were in each other's way").hasPositiveValue();

    // Every version but the active one was replaced once, by the version that was made from it.
    UUID active = store.activeKey(ID).version();
    List<String> replaced =
        probe.requests().stream()
            .flatMap(r -> r instanceof TransactWriteItemsRequest w ? Stream.of(w) : Stream.empty())
            .map(TransactWriteItemsRequest::transactItems)
            .filter(items -> made.contains(versionIn(items)))
            .map(items -> items.get(1).put().expressionAttributeValues().get(":version").s())
            .toList();
    assertThat(replaced)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            stored.stream()
                .filter(v -> !v.equals(active))
                .map(v -> "branch:version:" + v)
                .toList());
  }

  private static UUID versionIn(List<TransactWriteItem> items) {
    String type = items.get(0).put().item().get("type").s();
    return UUID.fromString(type.substring("branch:version:".length()));
  }

  // ---- Reading

  @Test
  void activeKey_rowsMadeByHand_areRead() {
    byte[] plaintext = new byte[32];
    plaintext[7] = 7;
    UUID version = UUID.randomUUID();
    Map<String, String> texts =
        new TreeMap<>(
            Map.of(
                "branch-key-id", ID,
                "type", "branch:ACTIVE",
                "version", "branch:version:" + version,
                "create-time", "2023-06-03T19:03:29.358000Z",
                "kms-arn", kmsArn,
                "hierarchy-version", "1",
                "aws-crypto-ec:a", "b"));
    Map<String, AttributeValue> row = new HashMap<>();
    texts.forEach((name, text) -> row.put(name, s(text)));
    row.put("hierarchy-version", AttributeValue.fromN("1"));
    row.put(
        "enc",
        AttributeValue.fromB(
            kms.client()
                .encrypt(
                    e ->
                        e.keyId(kmsArn)
                            .plaintext(SdkBytes.fromByteArray(plaintext))
                            .encryptionContext(with(texts, Map.of("tablename", "Logical"))))
                .ciphertextBlob()));
    put(row);
    BranchKey key = store.activeKey(ID);
    assertThat(key.key().getEncoded()).isEqualTo(plaintext);
    assertThat(key.version()).isEqualTo(version);
    assertThat(key.encryptionContext()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void reading_anyKey_isOneGetAndOneDecrypt() {
    UUID version = store.createKey(ID, CONTEXT).version();
    probe.reset();
    int before = kms.calls().size();
    store.activeKey(ID);
    store.keyVersion(ID, version);
    store.beaconKey(ID);
    assertThat(probe.requests()).hasSize(3).hasOnlyElementsOfType(GetItemRequest.class);
    assertThat(kmsOperations().subList(before, kms.calls().size()))
        .containsExactly("Decrypt", "Decrypt", "Decrypt");
  }

  @Test
  void keyVersion_noSuchVersion_throwsWithoutAskingKms() {
    store.createKey(ID, CONTEXT);
    UUID unknown = UUID.fromString("11111111-2222-3333-4444-555555555555");
    int before = kms.calls().size();
    assertUnavailable(
        () -> store.keyVersion(ID, unknown),
        FailureReason.MATERIAL_VERSION_NOT_FOUND,
        "no row 'branch:version:11111111-2222-3333-4444-555555555555'");
    assertThat(kms.calls()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"version", "create-time", "aws-crypto-ec:department", "aws-crypto-ec:new"})
  void activeKey_attributeChanged_isNotAuthentic(String attribute) {
    store.createKey(ID, CONTEXT);
    String other =
        attribute.equals("version")
            ? "branch:version:11111111-2222-3333-4444-555555555555"
            : "changed";
    put(with(row(ID, "branch:ACTIVE"), Map.of(attribute, s(other))));
    assertUnavailable(
        () -> store.activeKey(ID), FailureReason.NOT_AUTHENTIC, "read branch key 'tenant-1'");
    assertUnavailable(
        () -> store.versionKey(ID), FailureReason.NOT_AUTHENTIC, "rotate branch key 'tenant-1'");
    assertThat(store.versions(ID)).hasSize(1);
  }

  @Test
  void activeKey_encOfAnotherRow_isNotAuthentic() {
    UUID version = store.createKey(ID, CONTEXT).version();
    Map<String, AttributeValue> beacon = row(ID, "beacon:ACTIVE");
    put(with(row(ID, "branch:ACTIVE"), Map.of("enc", beacon.get("enc"))));
    assertUnavailable(() -> store.activeKey(ID), FailureReason.NOT_AUTHENTIC, "read branch key");
    assertThat(store.keyVersion(ID, version).version()).isEqualTo(version);
  }

  @Test
  void activeKey_otherLogicalName_isNotAuthentic() {
    store.createKey(ID, CONTEXT);
    BranchKeysUnderTest other =
        store(new Setup(kms, table, "Other", BranchKeyProtection.kmsKey(kmsArn)));
    assertUnavailable(
        () -> other.activeKey(ID), FailureReason.NOT_AUTHENTIC, "its first one with logicalName(");
  }

  @ParameterizedTest
  @CsvSource({
    "hierarchy-version, N, 2, MATERIAL_TYPE_UNKNOWN, not of hierarchy version 1",
    "hierarchy-version, S, 1, MATERIAL_INCOMPLETE, another type",
    "version, S, branch:version:X, MATERIAL_INCOMPLETE, names no version",
    "version, S, 11111111-2222-3333-4444-555555555555, MATERIAL_INCOMPLETE, names no version",
    "version, S, branch:version:1-2-3-4-5, MATERIAL_INCOMPLETE, names no version",
    "create-time, N, 1, MATERIAL_INCOMPLETE, another type",
    "tablename, S, Logical, MATERIAL_INCOMPLETE, another type",
    "enc, S, text, MATERIAL_INCOMPLETE, no encrypted key",
    "kms-arn, S, arn:aws:kms:eu-west-1:000000000000:key/other, MATERIALS_MISMATCH, configured KMS key",
    "kms-arn, S, alias/x, MATERIALS_MISMATCH, configured KMS key",
  })
  void activeKey_oddRow_throwsWithoutAskingKms(
      String attribute, String type, String text, FailureReason reason, String message) {
    store.createKey(ID, CONTEXT);
    put(
        with(
            row(ID, "branch:ACTIVE"),
            Map.of(attribute, type.equals("N") ? AttributeValue.fromN(text) : s(text))));
    int before = kms.calls().size();
    assertUnavailable(() -> store.activeKey(ID), reason, message);
    assertThat(kms.calls()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33, 64})
  void activeKey_keyOfAnotherLength_throws(int bytes) {
    store.createKey(ID, CONTEXT);
    Map<String, AttributeValue> row = new HashMap<>(row(ID, "branch:ACTIVE"));
    Map<String, String> context = new HashMap<>(Map.of("tablename", "Logical"));
    withoutEnc(row).forEach((name, v) -> context.put(name, v.s() == null ? v.n() : v.s()));
    SdkBytes ciphertext =
        kms.client()
            .encrypt(
                e ->
                    e.keyId(kmsArn)
                        .plaintext(SdkBytes.fromByteArray(new byte[bytes]))
                        .encryptionContext(context))
            .ciphertextBlob();
    put(with(row, Map.of("enc", AttributeValue.fromB(ciphertext))));
    assertUnavailable(
        () -> store.activeKey(ID), FailureReason.MATERIAL_INCOMPLETE, "its key has not 32 bytes");
  }

  // ---- Which KMS key

  @Test
  void discovery_anyKey_readsButDoesNotWrite() {
    UUID version = store.createKey(ID, CONTEXT).version();
    int before = kms.calls().size();
    BranchKeysUnderTest reader = store(BranchKeyProtection.discovery());
    assertThat(reader.activeKey(ID).key()).isEqualTo(store.keyVersion(ID, version).key());
    assertThat(kms.calls().get(before).keyId()).isEqualTo(kmsArn);
    probe.reset();
    assertUnavailable(
        () -> reader.versionKey(ID), FailureReason.KEY_NOT_CONFIGURED, "discovery mode");
    assertUnavailable(() -> reader.createKey(), FailureReason.KEY_NOT_CONFIGURED, "discovery mode");
    assertThat(probe.requests()).isEmpty();
  }

  @Test
  void multiRegionKey_replicaElsewhere_readsAndRotatesWhatTheOtherMade() {
    InMemoryKms other = InMemoryKms.inRegion("us-west-2");
    String here = kms.createMultiRegionKey();
    String there = kms.replicate(here, other);
    BranchKeysUnderTest mine = store(BranchKeyProtection.kmsMultiRegionKey(here));
    BranchKeysUnderTest theirs =
        store(new Setup(other, table, "Logical", BranchKeyProtection.kmsMultiRegionKey(there)));
    UUID first = mine.createKey(ID, CONTEXT).version();
    UUID second = theirs.versionKey(ID).version();
    assertThat(mine.activeKey(ID).version()).isEqualTo(second);
    assertThat(theirs.activeKey(ID).key()).isEqualTo(mine.activeKey(ID).key());
    assertThat(theirs.keyVersion(ID, first).key()).isEqualTo(mine.keyVersion(ID, first).key());
    assertThat(theirs.beaconKey(ID).key()).isEqualTo(mine.beaconKey(ID).key());
    assertThat(other.calls())
        .isNotEmpty()
        .allSatisfy(
            call -> {
              assertThat(call.keyId()).isEqualTo(there);
              assertThat(call.encryptionContext()).containsEntry("kms-arn", here);
            });

    BranchKeysUnderTest exact =
        store(new Setup(other, table, "Logical", BranchKeyProtection.kmsKey(there)));
    assertUnavailable(
        () -> exact.activeKey(ID), FailureReason.MATERIALS_MISMATCH, "configured KMS key");
    BranchKeysUnderTest found =
        store(
            new Setup(
                other, table, "Logical", BranchKeyProtection.multiRegionDiscovery("us-west-2")));
    assertThat(found.activeKey(ID).version()).isEqualTo(second);
    assertUnavailable(
        () -> found.versionKey(ID), FailureReason.KEY_NOT_CONFIGURED, "discovery mode");
    BranchKeysUnderTest literal =
        store(new Setup(other, table, "Logical", BranchKeyProtection.discovery()));
    assertThatThrownBy(() -> literal.activeKey(ID))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(NotFoundException.class);
  }

  @Test
  void multiRegionDiscovery_singleRegionKey_isAskedByItsArn() {
    store.createKey(ID, CONTEXT);
    int before = kms.calls().size();
    store(BranchKeyProtection.multiRegionDiscovery("eu-west-1")).activeKey(ID);
    assertThat(kms.calls().get(before).keyId()).isEqualTo(kmsArn);
  }

  @Test
  void grantTokens_given_goWithEveryRequest() {
    BranchKeysUnderTest granted =
        store(BranchKeyProtection.kmsKey(kmsArn).grantTokens("one", "two"));
    granted.createKey(ID, CONTEXT);
    granted.versionKey(ID);
    granted.activeKey(ID);
    assertThat(kms.calls())
        .hasSize(7)
        .allSatisfy(call -> assertThat(call.grantTokens()).containsExactly("one", "two"));
  }

  // ---- Failures

  @ParameterizedTest
  @ValueSource(strings = {"GenerateDataKeyWithoutPlaintext", "ReEncrypt"})
  void createKey_kmsDenies_throwsAndStoresNothing(String operation) {
    kms.deny(operation);
    assertThatThrownBy(() -> store.createKey(ID, CONTEXT))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("create branch key 'tenant-1'; the cause says why")
        .rootCause()
        .hasMessageContaining("User is not authorized to perform: kms:" + operation);
    assertThatThrownBy(() -> store.createKey(ID, CONTEXT))
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.KEY_SOURCE_FAILED);
    assertThat(client.scan(scan -> scan.tableName(table)).count()).isZero();
  }

  @Test
  void activeKey_kmsDenies_throwsWithCause() {
    store.createKey(ID, CONTEXT);
    kms.deny("Decrypt");
    assertUnavailable(
        () -> store.activeKey(ID), FailureReason.KEY_SOURCE_FAILED, "the cause says why");
    kms.allow("Decrypt");
    assertThat(store.activeKey(ID).branchKeyId()).isEqualTo(ID);
  }

  @Test
  void anyCall_noSuchTable_throwsTableNotFound() {
    BranchKeysUnderTest nowhere =
        store(new Setup(kms, "Nowhere", "Logical", BranchKeyProtection.kmsKey(kmsArn)));
    assertUnavailable(() -> nowhere.activeKey(ID), FailureReason.TABLE_NOT_FOUND, "'Nowhere'");
    assertUnavailable(() -> nowhere.versions(ID), FailureReason.TABLE_NOT_FOUND, "list");
    assertUnavailable(() -> nowhere.versionKey(ID), FailureReason.TABLE_NOT_FOUND, "rotate");
  }

  @Test
  void createKey_dynamoDbFails_throwsWithCause() {
    probe.fail("transactWriteItems", DynamoDbProbe.serviceError("ThrottlingException"));
    assertUnavailable(
        () -> store.createKey(ID, CONTEXT), FailureReason.KEY_SOURCE_FAILED, "the cause says why");
  }
}
