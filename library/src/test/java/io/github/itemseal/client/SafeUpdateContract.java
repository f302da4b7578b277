package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.testing.LocalDynamoDb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What a safe update does, blocking or asynchronous, in either format, against DynamoDB Local.
 * Other writers come in between by being called from the change itself, so that nothing depends on
 * time.
 */
@ParameterizedClass
@EnumSource(StoredFormat.class)
abstract class SafeUpdateContract {
  static LocalDynamoDb dynamoDb;
  static DynamoDbClient plain;

  @Parameter StoredFormat format;

  /** Another writer, always blocking. */
  private EncryptedDynamoDbClient other;

  @BeforeAll
  static void startDynamoDb() {
    dynamoDb = LocalDynamoDb.start();
    plain = dynamoDb.client();
  }

  @AfterAll
  static void stopDynamoDb() {
    plain.close();
    dynamoDb.close();
  }

  @BeforeEach
  void createTable() {
    TestTables.create(plain, PEOPLE);
    other = writer(format.encryption());
    open(format.encryption(), UpdateRetry.standard());
  }

  @AfterEach
  void deleteTable() {
    plain.deleteTable(request -> request.tableName(PEOPLE));
  }

  private static EncryptedDynamoDbClient writer(TableEncryption encryption) {
    return EncryptedDynamoDbClient.builder().client(plain).table(encryption).build();
  }

  /** Makes the client under test, instead of the one before. */
  abstract void open(TableEncryption encryption, UpdateRetry retry);

  abstract UpdatedItem update(ItemUpdate update);

  abstract List<UpdatedItem> updateAll(List<ItemUpdate> updates);

  static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private void put(String id, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("id", s(id));
    other.table(PEOPLE).putItem(item);
  }

  private Map<String, AttributeValue> read(String id) {
    return other.table(PEOPLE).getItem(key(id)).orElseThrow();
  }

  private static Map<String, AttributeValue> stored(String id) {
    return plain.getItem(get -> get.tableName(PEOPLE).key(key(id)).consistentRead(true)).item();
  }

  private static void setRaw(String id, String name, AttributeValue value) {
    plain.updateItem(
        raw ->
            raw.tableName(PEOPLE)
                .key(key(id))
                .updateExpression("SET #n = :v")
                .expressionAttributeNames(Map.of("#n", name))
                .expressionAttributeValues(Map.of(":v", value)));
  }

  private static UnaryOperator<Map<String, AttributeValue>> set(String name, String value) {
    return item -> {
      item.put(name, s(value));
      return item;
    };
  }

  static UnaryOperator<Map<String, AttributeValue>> increment(String name) {
    return item -> {
      long before = item.containsKey(name) ? Long.parseLong(item.get(name).n()) : 0;
      item.put(name, AttributeValue.fromN(Long.toString(before + 1)));
      return item;
    };
  }

  /** A change during whose first call something else happens. */
  private static UnaryOperator<Map<String, AttributeValue>> meanwhile(
      Runnable interference, UnaryOperator<Map<String, AttributeValue>> change) {
    AtomicInteger calls = new AtomicInteger();
    return item -> {
      if (calls.getAndIncrement() == 0) {
        interference.run();
      }
      return change.apply(item);
    };
  }

  private static ItemUpdate.Builder ann(UnaryOperator<Map<String, AttributeValue>> change) {
    return ItemUpdate.of(PEOPLE, key("ann"), change);
  }

  private UpdatedItem updateAnn(UnaryOperator<Map<String, AttributeValue>> change) {
    return update(ann(change).build());
  }

  // ---- the item itself ----

  @Test
  void update_unchangedButSealedAnew_isWrittenAndReadsTheSame() {
    put("ann", Map.of("city", s("Oslo"), "ssn", s("1")));
    Map<String, AttributeValue> before = stored("ann");
    UpdatedItem updated =
        update(ItemUpdate.of(PEOPLE, key("ann"), item -> item).sealAnew().build());
    assertThat(updated.written()).isTrue();
    assertThat(stored("ann").get("ssn")).isNotEqualTo(before.get("ssn"));
    assertThat(read("ann")).containsEntry("ssn", s("1")).containsEntry("city", s("Oslo"));
  }

  @Test
  void update_item_isSealedWithTheChange() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo"), "old", s("gone")));

    UpdatedItem updated =
        updateAnn(
            item -> {
              item.put("ssn", s("2"));
              item.put("new", s("here"));
              item.remove("old");
              return item;
            });

    Map<String, AttributeValue> expected =
        Map.of("id", s("ann"), "ssn", s("2"), "city", s("Oslo"), "new", s("here"));
    assertThat(read("ann")).isEqualTo(expected);
    assertThat(stored("ann").get("ssn").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(updated.item()).isEqualTo(expected);
    assertThat(updated.oldItem().orElseThrow())
        .containsEntry("ssn", s("1"))
        .containsEntry("old", s("gone"));
    assertThat(updated.written()).isTrue();
    assertThat(updated.attempts()).isOne();
  }

  @Test
  void update_changeReturnsAnEqualItem_writesNothing() {
    put("ann", Map.of("ssn", s("1")));
    Map<String, AttributeValue> before = stored("ann");

    UpdatedItem updated = updateAnn(item -> Map.copyOf(item));

    assertThat(updated.written()).isFalse();
    assertThat(updated.item()).isEqualTo(updated.oldItem().orElseThrow());
    assertThat(stored("ann")).isEqualTo(before);
  }

  @Test
  void update_changeThrows_passesItOnAndWritesNothing() {
    put("ann", Map.of("ssn", s("1")));
    Map<String, AttributeValue> before = stored("ann");
    IllegalStateException failure = new IllegalStateException("not enough money");

    assertThatThrownBy(
            () ->
                updateAnn(
                    item -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(stored("ann")).isEqualTo(before);
  }

  @Test
  void update_changeReturnsNull_isRefused() {
    put("ann", Map.of("ssn", s("1")));
    assertThatThrownBy(() -> updateAnn(item -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("return the item");
  }

  @Test
  void update_changeOfAKeyAttribute_isRefusedByName() {
    put("ann", Map.of("ssn", s("1")));
    ItemUpdateException failure =
        catchThrowableOfType(ItemUpdateException.class, () -> updateAnn(set("id", "bob")));
    assertThat(failure).hasMessageContaining("cannot change the key attribute 'id' of table");
    assertThat(failure.reason()).isEqualTo(FailureReason.KEY_ATTRIBUTE_CHANGED);
  }

  @Test
  void update_keyAttributeLeftOut_isRefusedByName() {
    put("ann", Map.of("ssn", s("1")));
    assertThatThrownBy(() -> updateAnn(item -> Map.of("ssn", s("2"))))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("attribute 'id'");
  }

  @Test
  void update_noSuchItem_isRefusedAndCreatesNone() {
    ItemUpdateException failure =
        catchThrowableOfType(ItemUpdateException.class, () -> updateAnn(set("ssn", "1")));
    assertThat(failure).hasMessageContaining("createIfAbsent()");
    assertThat(failure.reason()).isEqualTo(FailureReason.ITEM_ABSENT);
    assertThat(stored("ann")).isEmpty();
  }

  @Test
  void update_fourHundredAttributes_fitIntoOneExpression() {
    Map<String, AttributeValue> many = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      many.put("attribute-number-" + i, s("value " + i));
    }
    put("ann", many);
    updateAnn(increment("count"));
    assertThat(read("ann")).hasSize(402).containsEntry("count", AttributeValue.fromN("1"));
  }

  @Test
  void update_moreAttributesThanAnExpressionHolds_isRefused() {
    Map<String, AttributeValue> many = new HashMap<>();
    for (int i = 0; i < 600; i++) {
      many.put("a" + i, s(""));
    }
    put("ann", many);
    UnsupportedRequestException failure =
        catchThrowableOfType(
            UnsupportedRequestException.class, () -> updateAnn(increment("count")));
    assertThat(failure).hasMessageContaining("concerns 603 attributes");
    assertThat(failure.reason()).isEqualTo(FailureReason.TOO_MANY_ATTRIBUTES);
  }

  // ---- other writers ----

  @Test
  void update_otherWriterInBetween_isAppliedToWhatThatOneWrote() {
    put("ann", Map.of("count", AttributeValue.fromN("1")));

    UpdatedItem updated =
        updateAnn(
            meanwhile(
                () -> other.table(PEOPLE).update(key("ann"), increment("count")),
                increment("count")));

    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("3"));
    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(updated.oldItem().orElseThrow()).containsEntry("count", AttributeValue.fromN("2"));
  }

  @Test
  void update_otherWriterInBetweenAtEveryAttempt_isGivenUp() {
    open(format.encryption(), UpdateRetry.standard().attempts(3));
    put("ann", Map.of("count", AttributeValue.fromN("0")));

    ItemUpdateException failure =
        catchThrowableOfType(
            ItemUpdateException.class,
            () ->
                updateAnn(
                    item -> {
                      other.table(PEOPLE).update(key("ann"), increment("count"));
                      return increment("mine").apply(item);
                    }));

    assertThat(failure).hasMessageContaining("at each of 3 attempts");
    assertThat(failure.reason()).isEqualTo(FailureReason.UPDATE_CONTENDED);
    assertThat(read("ann"))
        .containsEntry("count", AttributeValue.fromN("3"))
        .doesNotContainKey("mine");
  }

  @Test
  void update_itemDeletedInBetween_isNotBroughtBack() {
    put("ann", Map.of("ssn", s("1")));
    assertThatThrownBy(
            () ->
                updateAnn(
                    meanwhile(() -> other.table(PEOPLE).deleteItem(key("ann")), set("ssn", "2"))))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("There is no such item");
    assertThat(stored("ann")).isEmpty();
  }

  @Test
  void update_unsignedAttributeWrittenInBetween_isKept() {
    put("ann", Map.of("ssn", s("1"), "note", s("old")));

    UpdatedItem updated =
        updateAnn(meanwhile(() -> setRaw("ann", "note", s("theirs")), set("ssn", "2")));

    assertThat(updated.attempts()).isOne();
    assertThat(read("ann")).containsEntry("ssn", s("2")).containsEntry("note", s("theirs"));
  }

  @Test
  void update_unsignedAttributeWrittenByBoth_isAppliedToTheirs() {
    put("ann", Map.of("ssn", s("1"), "note", s("old")));

    UpdatedItem updated =
        updateAnn(
            meanwhile(
                () -> setRaw("ann", "note", s("theirs")),
                item -> {
                  item.put("note", s(item.get("note").s() + " and mine"));
                  return item;
                }));

    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("note", s("theirs and mine"));
  }

  @Test
  void update_unsignedAttributeAddedByBoth_isAppliedToTheirs() {
    put("ann", Map.of("ssn", s("1")));
    UpdatedItem updated =
        updateAnn(
            meanwhile(
                () -> setRaw("ann", "note", s("theirs")),
                item -> {
                  item.merge("note", s("mine"), (a, b) -> s(a.s() + " and " + b.s()));
                  return item;
                }));
    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("note", s("theirs and mine"));
  }

  @Test
  void update_unsignedAttributeNobodyNamedAddedInBetween_isKept() {
    open(format.unheardOfIsUnsigned(), UpdateRetry.standard());
    update(ann(set("ssn", "1")).createIfAbsent().build());

    UpdatedItem updated =
        updateAnn(meanwhile(() -> setRaw("ann", ":unheard-of", s("theirs")), set("ssn", "2")));

    assertThat(updated.attempts()).isOne();
    assertThat(stored("ann")).containsEntry(":unheard-of", s("theirs"));
    assertThat(updateAnn(item -> item).item()).containsEntry("ssn", s("2"));
  }

  // ---- attackers ----

  @Test
  void update_tamperedItem_failsAuthenticationAndWritesNothing() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    setRaw("ann", "city", s("Rome"));
    Map<String, AttributeValue> tampered = stored("ann");

    assertThatThrownBy(() -> updateAnn(set("ssn", "2")))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
    assertThat(stored("ann")).isEqualTo(tampered);
  }

  @Test
  void update_signatureTamperedInBetween_failsAuthentication() {
    put("ann", Map.of("ssn", s("1")));
    byte[] signature = stored("ann").get(format.signature).b().asByteArray();
    signature[0] ^= 1;
    AttributeValue forged = AttributeValue.fromB(SdkBytes.fromByteArray(signature));
    assertThatThrownBy(
            () ->
                updateAnn(
                    meanwhile(() -> setRaw("ann", format.signature, forged), set("ssn", "2"))))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void update_signedAttributeTamperedInBetween_isStillNoticed() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    updateAnn(meanwhile(() -> setRaw("ann", "city", s("Rome")), set("ssn", "2")));
    assertThatThrownBy(() -> read("ann")).isInstanceOf(ItemAuthenticationException.class);
  }

  // ---- creating ----

  @Test
  void update_createIfAbsent_startsFromTheKey() {
    UpdatedItem created = update(ann(increment("count")).createIfAbsent().build());
    assertThat(created.oldItem()).isEmpty();
    assertThat(created.written()).isTrue();
    assertThat(read("ann")).isEqualTo(Map.of("id", s("ann"), "count", AttributeValue.fromN("1")));
  }

  @Test
  void update_createIfAbsentWithAnItem_startsFromThat() {
    update(ann(increment("count")).createIfAbsent(Map.of("ssn", s("1"))).build());
    assertThat(read("ann"))
        .isEqualTo(Map.of("id", s("ann"), "ssn", s("1"), "count", AttributeValue.fromN("1")));
  }

  @Test
  void update_createIfAbsentUnchanged_createsTheStart() {
    update(ann(item -> item).createIfAbsent().build());
    assertThat(read("ann")).isEqualTo(key("ann"));
  }

  @Test
  void update_createdByOtherInBetween_isAppliedToTheirs() {
    UpdatedItem updated =
        update(
            ann(meanwhile(
                    () -> put("ann", Map.of("count", AttributeValue.fromN("5"))),
                    increment("count")))
                .createIfAbsent()
                .build());
    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("6"));
  }

  // ---- the caller's condition ----

  @Test
  void update_conditionHolds_writes() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    update(
        ann(set("ssn", "2"))
            .conditionExpression("#0 = :0 OR attribute_not_exists(city)") // names we would use too
            .expressionAttributeNames(Map.of("#0", "city"))
            .expressionAttributeValues(Map.of(":0", s("Oslo")))
            .build());
    assertThat(read("ann")).containsEntry("ssn", s("2"));
  }

  @Test
  void update_conditionInParentheses_isNotPutInParenthesesAgain() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    update(
        ann(set("ssn", "2"))
            .conditionExpression("(city = :city)")
            .expressionAttributeValues(Map.of(":city", s("Oslo")))
            .build());
    update(
        ann(set("ssn", "3"))
            .conditionExpression("(city = :rome) OR (city = :city)")
            .expressionAttributeValues(Map.of(":city", s("Oslo"), ":rome", s("Rome")))
            .build());
    assertThat(read("ann")).containsEntry("ssn", s("3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute_exists(#0)", // placeholders like those of the guard
        "city <> :0",
        "city = :0 OR attribute_exists(id)",
        "attribute_exists(id)) OR (attribute_exists(id)"
      })
  void update_conditionThatIsWrong_isDynamoDbsToRefuse(String condition) {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    assertThatThrownBy(() -> update(ann(set("ssn", "2")).conditionExpression(condition).build()))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Invalid ConditionExpression");
    assertThat(read("ann")).containsEntry("ssn", s("1"));
  }

  @Test
  void update_conditionFails_throwsTheSdksExceptionAtOnceWithThePlaintextItem() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    AtomicInteger calls = new AtomicInteger();

    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                update(
                    ann(item -> {
                          calls.incrementAndGet();
                          return set("ssn", "2").apply(item);
                        })
                        .conditionExpression("city = :rome OR attribute_exists(note)")
                        .expressionAttributeValues(Map.of(":rome", s("Rome")))
                        .build()));

    assertThat(failure.item()).containsEntry("ssn", s("1"));
    assertThat(calls).hasValue(1);
    assertThat(read("ann")).containsEntry("ssn", s("1"));
  }

  @Test
  void update_conditionAndUnchangedItem_isCheckedAndWritesNothing() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    Map<String, AttributeValue> before = stored("ann");
    ItemUpdate.Builder unchanged = ann(item -> item).conditionExpression("city = :city");

    assertThatThrownBy(
            () -> update(unchanged.expressionAttributeValues(Map.of(":city", s("Rome"))).build()))
        .isInstanceOf(ConditionalCheckFailedException.class);
    UpdatedItem checked =
        update(unchanged.expressionAttributeValues(Map.of(":city", s("Oslo"))).build());

    assertThat(checked.written()).isFalse();
    assertThat(stored("ann")).isEqualTo(before);
  }

  @Test
  void update_conditionFailsForANewItem_createsNothing() {
    assertThatThrownBy(
            () ->
                update(
                    ann(set("ssn", "1"))
                        .createIfAbsent()
                        .conditionExpression("attribute_exists(city)")
                        .build()))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(stored("ann")).isEmpty();
  }

  @Test
  void update_conditionThatFailsAfterAnotherWriter_isTheCallersNotAConflict() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    assertThatThrownBy(
            () ->
                update(
                    ann(meanwhile(
                            () -> other.table(PEOPLE).update(key("ann"), set("city", "Rome")),
                            set("ssn", "2")))
                        .conditionExpression("city = :city")
                        .expressionAttributeValues(Map.of(":city", s("Oslo")))
                        .build()))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(read("ann")).containsEntry("ssn", s("1")).containsEntry("city", s("Rome"));
  }

  @Test
  void update_conditionOnAnEncryptedAttribute_isRefusedByName() {
    put("ann", Map.of("ssn", s("1")));
    assertThatThrownBy(
            () ->
                update(
                    ann(set("ssn", "2"))
                        .conditionExpression("ssn = :one")
                        .expressionAttributeValues(Map.of(":one", s("1")))
                        .build()))
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining("attribute 'ssn'");
  }

  // ---- plaintext items of a table that is being encrypted ----

  private void openForMigration() {
    open(format.reading(format.format(), Plaintext.readable()), UpdateRetry.standard());
  }

  private static void putPlaintext(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("id", s("ann"));
    plain.putItem(put -> put.tableName(PEOPLE).item(item));
  }

  @Test
  void update_plaintextItem_isSealed() {
    openForMigration();
    putPlaintext(Map.of("ssn", s("1")));
    updateAnn(set("name", "Ann"));
    assertThat(stored("ann")).containsKey(format.signature);
    assertThat(read("ann")).containsEntry("ssn", s("1")).containsEntry("name", s("Ann"));
  }

  @ParameterizedTest
  @ValueSource(ints = {140, 160})
  void update_plaintextItemOfManyAttributes_isSealedOrRefusedByName(int attributes) {
    openForMigration();
    Map<String, AttributeValue> item = new HashMap<>(Map.of("id", s("ann")));
    for (int i = 0; i < attributes; i++) {
      item.put("a" + i, s("x"));
    }
    putPlaintext(item);
    if (attributes < 150) { // two operators each, of 300 that a condition holds
      updateAnn(set("ssn", "2"));
      assertThat(read("ann")).hasSize(attributes + 2).containsEntry("ssn", s("2"));
    } else {
      UnsupportedRequestException failure =
          catchThrowableOfType(UnsupportedRequestException.class, () -> updateAnn(set("ssn", "2")));
      assertThat(failure).hasMessageContaining("more than an expression of DynamoDB holds");
      assertThat(failure.reason()).isEqualTo(FailureReason.TOO_MANY_ATTRIBUTES);
    }
  }

  @Test
  void update_plaintextItemChangedInBetween_isAppliedToTheirs() {
    openForMigration();
    putPlaintext(Map.of("ssn", s("1")));
    UpdatedItem updated =
        updateAnn(meanwhile(() -> setRaw("ann", "ssn", s("theirs")), set("name", "Ann")));
    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("ssn", s("theirs")).containsEntry("name", s("Ann"));
  }

  @Test
  void update_namedAttributeAddedToPlaintextItemInBetween_isAppliedToTheirs() {
    openForMigration();
    putPlaintext(Map.of("ssn", s("1")));
    UpdatedItem updated =
        updateAnn(meanwhile(() -> setRaw("ann", "city", s("Oslo")), set("name", "Ann")));
    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("city", s("Oslo")).containsEntry("name", s("Ann"));
  }

  @Test
  void update_plaintextItemSealedByOtherInBetween_isAppliedToTheirs() {
    openForMigration();
    putPlaintext(Map.of("ssn", s("1")));
    UpdatedItem updated =
        updateAnn(meanwhile(() -> put("ann", Map.of("ssn", s("theirs"))), set("name", "Ann")));
    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("ssn", s("theirs")).containsEntry("name", s("Ann"));
  }

  @Test
  void update_plaintextItemDeletedInBetween_isNotBroughtBack() {
    openForMigration();
    putPlaintext(Map.of());
    assertThatThrownBy(
            () ->
                updateAnn(
                    meanwhile(() -> other.table(PEOPLE).deleteItem(key("ann")), set("ssn", "2"))))
        .isInstanceOf(ItemUpdateException.class);
    assertThat(stored("ann")).isEmpty();
  }

  // ---- items of a table that moves from the other format ----

  private void openForMove() {
    open(
        format.reading(format.format(), format.other().format(), Plaintext.readable()),
        UpdateRetry.standard());
  }

  private void putInTheOtherFormat(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("id", s("ann"));
    writer(format.other().encryption()).table(PEOPLE).putItem(item);
  }

  @Test
  void update_itemInTheOtherFormat_isSealedInTheOneWritten() {
    openForMove();
    putInTheOtherFormat(Map.of("ssn", s("1"), "city", s("Oslo"), "note", s("free")));

    updateAnn(set("name", "Ann"));

    assertThat(stored("ann"))
        .containsKey(format.signature)
        .doesNotContainKey(format.other().signature);
    assertThat(read("ann"))
        .isEqualTo(
            Map.of(
                "id", s("ann"),
                "ssn", s("1"),
                "city", s("Oslo"),
                "note", s("free"),
                "name", s("Ann")));
  }

  @Test
  void update_itemInTheOtherFormatComesBackEqual_staysAsItIs() {
    openForMove();
    putInTheOtherFormat(Map.of("ssn", s("1")));
    Map<String, AttributeValue> before = stored("ann");
    assertThat(updateAnn(item -> item).written()).isFalse();
    assertThat(stored("ann")).isEqualTo(before);
  }

  @Test
  void update_writtenByOtherInTheOtherFormatInBetween_isAppliedToTheirs() {
    openForMove();
    putInTheOtherFormat(Map.of("count", AttributeValue.fromN("1")));
    EncryptedDynamoDbClient old = writer(format.other().encryption());

    UpdatedItem updated =
        updateAnn(
            meanwhile(
                () -> old.table(PEOPLE).update(key("ann"), increment("count")),
                increment("count")));

    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("3"));
  }

  @Test
  void update_movedByOtherInBetween_isAppliedToTheirs() {
    openForMove();
    putInTheOtherFormat(Map.of("count", AttributeValue.fromN("1")));
    EncryptedDynamoDbClient mover =
        writer(format.reading(format.format(), format.other().format()));

    UpdatedItem updated =
        updateAnn(
            meanwhile(
                () -> mover.table(PEOPLE).update(key("ann"), increment("count")),
                increment("count")));

    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("3"));
  }

  @Test
  void update_sealedItemPutBackInTheOtherFormatInBetween_isAppliedToTheirs() {
    openForMove();
    put("ann", Map.of("count", AttributeValue.fromN("1")));
    UpdatedItem updated =
        updateAnn(
            meanwhile(
                () -> putInTheOtherFormat(Map.of("count", AttributeValue.fromN("7"))),
                increment("count")));
    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("8"));
  }

  @Test
  void updateAll_itemsOfBothFormats_areWrittenTogether() {
    openForMove();
    putInTheOtherFormat(Map.of("count", AttributeValue.fromN("1")));
    put("bob", Map.of("count", AttributeValue.fromN("1")));
    updateAll(List.of(ann(increment("count")).build(), bob(increment("count")).build()));
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("2"));
    assertThat(read("bob")).containsEntry("count", AttributeValue.fromN("2"));
  }

  // ---- several items in one transaction ----

  private static ItemUpdate.Builder bob(UnaryOperator<Map<String, AttributeValue>> change) {
    return ItemUpdate.of(PEOPLE, key("bob"), change);
  }

  @Test
  void updateAll_items_areWrittenTogether() {
    put("ann", Map.of("ssn", s("1")));

    List<UpdatedItem> updated =
        updateAll(
            List.of(
                ann(increment("count")).build(), bob(increment("count")).createIfAbsent().build()));

    assertThat(updated).extracting(UpdatedItem::written).containsExactly(true, true);
    assertThat(updated.get(1).oldItem()).isEmpty();
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("1"));
    assertThat(read("bob")).containsEntry("count", AttributeValue.fromN("1"));
  }

  @Test
  void updateAll_otherWriterInBetween_appliesAllAgain() {
    put("ann", Map.of("count", AttributeValue.fromN("1")));
    put("bob", Map.of("count", AttributeValue.fromN("1")));

    List<UpdatedItem> updated =
        updateAll(
            List.of(
                ann(increment("count")).build(),
                bob(meanwhile(
                        () -> other.table(PEOPLE).update(key("bob"), increment("count")),
                        increment("count")))
                    .build()));

    assertThat(updated).extracting(UpdatedItem::attempts).containsExactly(2, 2);
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("2"));
    assertThat(read("bob")).containsEntry("count", AttributeValue.fromN("3"));
  }

  @Test
  void updateAll_unchangedItemWrittenByOtherInBetween_appliesAllAgain() {
    put("ann", Map.of("count", AttributeValue.fromN("1")));
    put("bob", Map.of("count", AttributeValue.fromN("1")));

    List<UpdatedItem> updated =
        updateAll(
            List.of(
                ann(increment("count")).build(),
                bob(meanwhile(
                        () -> other.table(PEOPLE).update(key("bob"), increment("count")),
                        item -> item))
                    .build()));

    assertThat(updated).extracting(UpdatedItem::attempts).containsExactly(2, 2);
    assertThat(updated).extracting(UpdatedItem::written).containsExactly(true, false);
    assertThat(updated.get(1).item()).containsEntry("count", AttributeValue.fromN("2"));
  }

  @Test
  void updateAll_nothingChanges_writesNothing() {
    put("ann", Map.of("ssn", s("1")));
    Map<String, AttributeValue> before = stored("ann");
    assertThat(updateAll(List.of(ann(item -> item).build())))
        .extracting(UpdatedItem::written)
        .containsExactly(false);
    assertThat(stored("ann")).isEqualTo(before);
    assertThat(updateAll(List.of())).isEmpty();
  }

  @Test
  void updateAll_ownConditionFails_writesNoneAndShowsThePlaintextItem() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    put("bob", Map.of("ssn", s("2"), "city", s("Oslo")));

    TransactionCanceledException failure =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                updateAll(
                    List.of(
                        ann(set("ssn", "3")).build(),
                        bob(set("ssn", "4"))
                            .conditionExpression("city = :rome")
                            .expressionAttributeValues(Map.of(":rome", s("Rome")))
                            .build())));

    assertThat(failure.cancellationReasons().get(1).code()).isEqualTo("ConditionalCheckFailed");
    assertThat(failure.cancellationReasons().get(1).item()).containsEntry("ssn", s("2"));
    assertThat(read("ann")).containsEntry("ssn", s("1"));
    assertThat(read("bob")).containsEntry("ssn", s("2"));
  }

  @Test
  void updateAll_oneItemAbsent_writesNone() {
    put("ann", Map.of("ssn", s("1")));
    assertThatThrownBy(
            () -> updateAll(List.of(ann(set("ssn", "2")).build(), bob(set("ssn", "2")).build())))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("There is no such item");
    assertThat(read("ann")).containsEntry("ssn", s("1"));
  }

  @Test
  void updateAll_oneItemTwice_isDynamoDbsToRefuse() {
    put("ann", Map.of("ssn", s("1")));
    assertThatThrownBy(
            () -> updateAll(List.of(ann(set("ssn", "2")).build(), ann(set("ssn", "3")).build())))
        .hasMessageContaining("multiple operations on one item");
    assertThat(read("ann")).containsEntry("ssn", s("1"));
  }

  @Test
  void updateAll_otherWriterInBetweenAtEveryAttempt_isGivenUp() {
    open(format.encryption(), UpdateRetry.standard().attempts(2));
    put("ann", Map.of("count", AttributeValue.fromN("0")));
    assertThatThrownBy(
            () ->
                updateAll(
                    List.of(
                        ann(item -> {
                              other.table(PEOPLE).update(key("ann"), increment("count"));
                              return increment("mine").apply(item);
                            })
                            .build())))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("at each of 2 attempts");
    assertThat(read("ann")).doesNotContainKey("mine");
  }
}
