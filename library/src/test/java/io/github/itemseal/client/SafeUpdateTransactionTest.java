package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.ItemUpdateException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Safe updates of several items in one transaction. */
class SafeUpdateTransactionTest extends SafeUpdateFixture {
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
