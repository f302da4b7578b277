package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.UnsupportedRequestException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** A safe update with a condition of the caller's. */
class SafeUpdateConditionTest extends SafeUpdateFixture {
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
}
