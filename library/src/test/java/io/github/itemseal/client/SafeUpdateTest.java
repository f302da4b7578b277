package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.UnsupportedRequestException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A safe update of one item: what is written, and what happens when others write in between. */
class SafeUpdateTest extends SafeUpdateFixture {
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
}
