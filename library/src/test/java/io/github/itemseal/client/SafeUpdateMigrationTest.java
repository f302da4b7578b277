package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.Plaintext;
import io.github.itemseal.UnsupportedRequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Safe updates in a table some of whose items are plaintext, or in the other format. */
class SafeUpdateMigrationTest extends SafeUpdateFixture {
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
}
