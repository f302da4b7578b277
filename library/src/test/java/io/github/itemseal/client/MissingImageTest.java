package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.testkit.FaultyDynamoDb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * A failed condition that does not show its item, as with DAX, older emulators and some clients:
 * what is there decides whose condition it was.
 */
class MissingImageTest extends SafeUpdateFixture {
  private final WriteHooks hooks = new WriteHooks();
  private final AtomicInteger calls = new AtomicInteger();

  @BeforeEach
  void openWithoutImages() {
    openFaulty(
        FaultyDynamoDb.seeded(6).dropConditionImages().canonicalizeValues(),
        hooks,
        format.encryption(),
        UpdateRetry.standard().attempts(5).delays(Duration.ZERO, Duration.ofMillis(1)));
  }

  private UnaryOperator<Map<String, AttributeValue>> counted(
      UnaryOperator<Map<String, AttributeValue>> change) {
    return item -> {
      calls.incrementAndGet();
      return change.apply(item);
    };
  }

  private static ItemUpdate inRome(ItemUpdate.Builder update) {
    return update
        .conditionExpression("city = :rome")
        .expressionAttributeValues(Map.of(":rome", s("Rome")))
        .build();
  }

  @Test
  void update_callersConditionIsFalse_failsAtOnce() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () -> update(inRome(ann(counted(set("ssn", "2"))))));
    assertThat(failure.item()).containsEntry("ssn", s("1"));
    assertThat(calls).hasValue(1);
    assertThat(hooks.writes).hasValue(1);
    assertThat(hooks.reads).hasValue(2); // the item, and what is there
  }

  @Test
  void update_callersConditionIsFalseForANewItem_failsAtOnce() {
    assertThatThrownBy(() -> update(inRome(ann(counted(set("ssn", "2"))).createIfAbsent())))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(calls).hasValue(1);
    assertThat(stored("ann")).isEmpty();
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

  @Test
  void update_writtenByOtherInBetween_isAppliedToTheirs() {
    put("ann", Map.of("count", AttributeValue.fromN("1")));
    UpdatedItem updated =
        updateAnn(
            meanwhile(
                () -> other.table(PEOPLE).update(key("ann"), increment("count")),
                increment("count")));
    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("3"));
  }

  @Test
  void updateAll_callersConditionIsFalse_failsAtOnce() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    put("bob", Map.of("ssn", s("2"), "city", s("Oslo")));
    TransactionCanceledException failure =
        catchThrowableOfType(
            TransactionCanceledException.class,
            () ->
                updateAll(
                    List.of(ann(counted(set("ssn", "3"))).build(), inRome(bob(set("ssn", "4"))))));
    assertThat(failure.cancellationReasons().get(1).item()).containsEntry("ssn", s("2"));
    assertThat(calls).hasValue(1);
    assertThat(read("ann")).containsEntry("ssn", s("1"));
  }

  @Test
  void updateAll_createdByOtherInBetween_appliesAllAgain() {
    put("ann", Map.of("count", AttributeValue.fromN("1")));
    List<UpdatedItem> updated =
        updateAll(
            List.of(
                ann(increment("count")).build(),
                bob(meanwhile(
                        () -> put("bob", Map.of("count", AttributeValue.fromN("5"))),
                        increment("count")))
                    .createIfAbsent()
                    .build()));
    assertThat(updated).extracting(UpdatedItem::attempts).containsExactly(2, 2);
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("2"));
    assertThat(read("bob")).containsEntry("count", AttributeValue.fromN("6"));
  }

  /** The refusal is of an earlier moment: who caused it has gone again when the item is read. */
  @Test
  void update_createdAndDeletedByOthersInBetween_isNotTakenForTheCallersCondition() {
    hooks.refusal.set(ConditionalCheckFailedException.builder().message("failed").build());

    UpdatedItem updated =
        update(
            ann(counted(set("ssn", "2")))
                .createIfAbsent()
                .conditionExpression("attribute_not_exists(city)")
                .build());

    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(calls).hasValue(2);
    assertThat(read("ann")).containsEntry("ssn", s("2"));
  }

  @Test
  void update_changedAndChangedBackByOthersInBetween_isNotTakenForTheCallersCondition() {
    put("ann", Map.of("ssn", s("1"), "city", s("Rome")));
    hooks.refusal.set(ConditionalCheckFailedException.builder().message("failed").build());

    UpdatedItem updated = update(inRome(ann(set("ssn", "2"))));

    assertThat(updated.attempts()).isEqualTo(2);
    assertThat(read("ann")).containsEntry("ssn", s("2"));
  }

  @Test
  void updateAll_createdAndDeletedByOthersInBetween_isNotTakenForTheCallersCondition() {
    put("ann", Map.of("count", AttributeValue.fromN("1")));
    hooks.refusal.set(
        TransactionCanceledException.builder()
            .message("failed")
            .cancellationReasons(
                reason -> reason.code("None"), reason -> reason.code("ConditionalCheckFailed"))
            .build());

    List<UpdatedItem> updated =
        updateAll(
            List.of(
                ann(increment("count")).build(),
                bob(increment("count"))
                    .createIfAbsent()
                    .conditionExpression("attribute_not_exists(city)")
                    .build()));

    assertThat(updated).extracting(UpdatedItem::attempts).containsExactly(2, 2);
    assertThat(read("ann")).containsEntry("count", AttributeValue.fromN("2"));
    assertThat(read("bob")).containsEntry("count", AttributeValue.fromN("1"));
  }
}
