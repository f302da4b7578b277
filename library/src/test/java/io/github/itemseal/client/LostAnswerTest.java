package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.DynamoDbFault;
import io.github.itemseal.testkit.FaultyDynamoDb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Writes that were executed although nobody said so: an update recognises its own, and counts once.
 * Values come back as the service gives them.
 */
class LostAnswerTest extends SafeUpdateFixture {
  private static final UpdateRetry QUICK =
      UpdateRetry.standard().delays(Duration.ZERO, Duration.ofMillis(1));

  private final FaultyDynamoDb faults = FaultyDynamoDb.seeded(16);
  private final WriteHooks hooks = new WriteHooks();

  @BeforeEach
  void openOverFaults() {
    faults.canonicalizeValues();
    openFaulty(faults, hooks, mixed(), QUICK);
  }

  /** Signed attributes of every type that DynamoDB rewrites, unsigned ones, encrypted ones. */
  private TableEncryption mixed() {
    return TableEncryption.of(TableInfo.of(PEOPLE, TableIndex.of("id")))
        .actions(
            AttributeActions.encryptAndSign()
                .with("texts", CryptoAction.SIGN_ONLY)
                .with("numbers", CryptoAction.SIGN_ONLY)
                .with("price", CryptoAction.SIGN_ONLY)
                .with("deep", CryptoAction.SIGN_ONLY)
                .with("city", CryptoAction.SIGN_ONLY)
                .with("note", CryptoAction.DO_NOTHING))
        .writes(format.format())
        .build();
  }

  private static Map<String, AttributeValue> rewritten() {
    AttributeValue texts = AttributeValue.fromSs(List.of("z", "m", "a"));
    AttributeValue numbers = AttributeValue.fromNs(List.of("3", "1.0", "2E+1"));
    AttributeValue price = AttributeValue.fromN("10.50");
    return Map.of(
        "texts",
        texts,
        "numbers",
        numbers,
        "price",
        price,
        "deep",
        AttributeValue.fromM(Map.of("list", AttributeValue.fromL(List.of(texts, numbers, price)))),
        "note",
        price);
  }

  private static Map<String, AttributeValue> countedWith(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> counted = increment("count").apply(item);
    counted.putAll(rewritten());
    return counted;
  }

  private String count(String id) {
    return writer(mixed()).table(PEOPLE).getItem(key(id)).orElseThrow().get("count").n();
  }

  private void putCounters() {
    for (String id : List.of("ann", "bob")) {
      writer(mixed())
          .table(PEOPLE)
          .putItem(Map.of("id", s(id), "count", AttributeValue.fromN("1")));
    }
  }

  private List<UpdatedItem> updateBoth() {
    return updateAll(
        List.of(ann(LostAnswerTest::countedWith).build(), bob(increment("count")).build()));
  }

  // ---- one item ----

  @ParameterizedTest
  @EnumSource(names = "ANSWER_LOST.*", mode = EnumSource.Mode.MATCH_ALL)
  void update_answerLost_isAppliedOnce(DynamoDbFault fault) {
    putCounters();
    faults.next("UpdateItem", fault);
    UpdatedItem updated = updateAnn(LostAnswerTest::countedWith);
    assertThat(updated.attempts()).isOne();
    assertThat(faults.count(fault)).isOne();
    assertThat(count("ann")).isEqualTo("2");
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWER_LOST.*", mode = EnumSource.Mode.MATCH_ALL)
  void update_answerLostAndNoImages_isAppliedOnce(DynamoDbFault fault) {
    putCounters();
    faults.dropConditionImages().next("UpdateItem", fault);
    updateAnn(LostAnswerTest::countedWith);
    assertThat(count("ann")).isEqualTo("2");
  }

  @Test
  void update_createdAndAnswerLost_isAppliedOnce() {
    faults.next("UpdateItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    update(ann(LostAnswerTest::countedWith).createIfAbsent().build());
    assertThat(count("ann")).isEqualTo("1");
  }

  @Test
  void update_unsignedAttributeChangedByOtherBeforeTheSecondSending_isAppliedOnce() {
    putCounters();
    hooks.afterWrites.add(() -> setRaw("ann", "note", s("theirs")));
    faults.next("UpdateItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    updateAnn(LostAnswerTest::countedWith);
    assertThat(count("ann")).isEqualTo("2");
    assertThat(stored("ann")).containsEntry("note", s("theirs"));
  }

  @Test
  void update_conflictWithATransactionAtTheSecondSending_isAppliedOnce() {
    putCounters();
    hooks.afterWrites.add(() -> hooks.refusal.set(TransactionConflictException.builder().build()));
    faults.next("UpdateItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    assertThat(updateAnn(LostAnswerTest::countedWith).attempts()).isOne();
    assertThat(count("ann")).isEqualTo("2");
  }

  @Test
  void update_conflictAtTheLastAttempt_isLookedUpBeforeItIsGivenUp() {
    openFaulty(faults, hooks, mixed(), QUICK.attempts(1));
    putCounters();
    hooks.afterWrites.add(() -> hooks.refusal.set(TransactionConflictException.builder().build()));
    faults.next("UpdateItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    updateAnn(LostAnswerTest::countedWith);
    assertThat(count("ann")).isEqualTo("2");

    hooks.refusal.set(TransactionConflictException.builder().build());
    assertThatThrownBy(() -> updateAnn(LostAnswerTest::countedWith))
        .isInstanceOf(ItemUpdateException.class)
        .hasMessageContaining("at each of 1 attempts");
    assertThat(count("ann")).isEqualTo("2");
  }

  @Test
  void update_throttledAtTheSecondSending_isLookedUpBeforeItFails() {
    putCounters();
    DynamoDbException throttled = throttled();
    hooks.afterWrites.add(() -> hooks.refusal.set(throttled));
    faults.next("UpdateItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    updateAnn(LostAnswerTest::countedWith);
    assertThat(count("ann")).isEqualTo("2");

    hooks.refusal.set(throttled);
    assertThatThrownBy(() -> updateAnn(LostAnswerTest::countedWith)).isSameAs(throttled);
    assertThat(count("ann")).isEqualTo("2");
  }

  private static DynamoDbException throttled() {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("ThrottlingException").build())
            .build();
  }

  @Test
  void update_notExecutedAndNoAnswer_failsWithWhatTheSdkSays() {
    putCounters();
    SdkClientException failure = SdkClientException.create("no connection");
    hooks.refusal.set(failure);
    assertThatThrownBy(() -> updateAnn(LostAnswerTest::countedWith)).isSameAs(failure);
    assertThat(count("ann")).isEqualTo("1");
  }

  @Test
  void update_otherWriterOnTop_isAppliedToTheirs() {
    putCounters();
    hooks.afterWrites.add(
        () -> writer(mixed()).table(PEOPLE).update(key("ann"), increment("theirs")));
    UpdatedItem updated = updateAnn(LostAnswerTest::countedWith);
    assertThat(updated.attempts()).isOne();
    assertThat(count("ann")).isEqualTo("2");
  }

  @Test
  void update_keySourceDownWhenTheOwnWriteIsRecognised_succeeds() {
    AtomicBoolean down = new AtomicBoolean();
    openFaulty(faults, hooks, format.with(format.failingFormat(down)), QUICK);
    put("ann", Map.of("count", AttributeValue.fromN("1")));
    put("bob", Map.of("count", AttributeValue.fromN("1")));
    for (boolean withoutImages : List.of(false, true)) {
      if (withoutImages) {
        faults.dropConditionImages();
      }
      down.set(false);
      hooks.afterWrites.add(() -> down.set(true));
      faults.next("UpdateItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
      updateAnn(increment("count"));
      down.set(false);
      hooks.afterWrites.add(() -> down.set(true));
      faults.next("TransactWriteItems", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
      updateAll(List.of(ann(increment("count")).build(), bob(increment("count")).build()));
    }
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("5"));
    assertThat(read("bob")).containsEntry("count", AttributeValue.fromN("3"));
  }

  /** Nothing of such an item is random: what docs/updates.md says of it. */
  @Test
  void update_nothingRandomAndAnswerLost_isAppliedTwice() {
    TableEncryption fixed =
        TableEncryption.of(TableInfo.of(PEOPLE, TableIndex.of("id")))
            .actions(AttributeActions.withDefault(CryptoAction.SIGN_ONLY))
            .writes(
                Ddbec.using(
                    StaticMaterialsProvider.builder()
                        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                        .build()))
            .build();
    openFaulty(faults, hooks, fixed, QUICK);
    update(ann(increment("count")).createIfAbsent().build());
    faults.next("UpdateItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED);
    updateAnn(increment("count"));
    assertThat(stored("ann")).containsEntry("count", AttributeValue.fromN("3"));
  }

  // ---- transactions ----

  @ParameterizedTest
  @EnumSource(names = "ANSWER_LOST.*", mode = EnumSource.Mode.MATCH_ALL)
  void updateAll_answerLost_isAppliedOnce(DynamoDbFault fault) {
    putCounters();
    faults.next("TransactWriteItems", fault);
    assertThat(updateBoth()).extracting(UpdatedItem::attempts).containsExactly(1, 1);
    assertThat(List.of(count("ann"), count("bob"))).containsExactly("2", "2");
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWER_LOST.*", mode = EnumSource.Mode.MATCH_ALL)
  void updateAll_answerLostAndNoImages_isAppliedOnce(DynamoDbFault fault) {
    putCounters();
    faults.dropConditionImages().next("TransactWriteItems", fault);
    updateBoth();
    assertThat(List.of(count("ann"), count("bob"))).containsExactly("2", "2");
  }

  @Test
  void updateAll_oneItemWrittenByOtherBeforeTheSecondSending_isAppliedOnce() {
    putCounters();
    hooks.afterWrites.add(
        () -> writer(mixed()).table(PEOPLE).update(key("ann"), increment("count")));
    faults.next("TransactWriteItems", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    updateBoth();
    assertThat(List.of(count("ann"), count("bob"))).containsExactly("3", "2");
  }

  @Test
  void updateAll_checkedItemAndAnswerLost_isAppliedOnce() {
    putCounters();
    faults.next("TransactWriteItems", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    updateAll(List.of(ann(increment("count")).build(), bob(item -> item).build()));
    assertThat(List.of(count("ann"), count("bob"))).containsExactly("2", "1");
  }

  // ---- many ----

  @Test
  void update_manyWithLostAnswers_areExact() {
    putCounters();
    for (DynamoDbFault fault : DynamoDbFault.values()) {
      if (fault.name().startsWith("ANSWER_LOST")) {
        faults.sometimes(0.1, fault, "UpdateItem", "TransactWriteItems");
      }
    }
    for (int i = 0; i < 40; i++) {
      updateAnn(LostAnswerTest::countedWith);
      updateBoth();
    }
    assertThat(List.of(count("ann"), count("bob"))).containsExactly("81", "41");
  }
}
