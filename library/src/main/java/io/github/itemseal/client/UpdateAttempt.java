package io.github.itemseal.client;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.internal.request.AskedKey;
import io.github.itemseal.internal.request.GuardedUpdate;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.StoredItemLimit;
import io.github.itemseal.internal.value.DynamoDbEquality;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One attempt of a safe update, without its calls: what the change makes of the item that was read,
 * and the write that follows from it. What the blocking and the asynchronous update share.
 * Immutable.
 */
final class UpdateAttempt {
  private final ItemUpdate update;
  private final ProtectedTable table;
  private final Map<String, AttributeValue> stored;
  private final @Nullable Map<String, AttributeValue> old;
  private final Map<String, AttributeValue> item;

  /**
   * Applies the change.
   *
   * @param stored the item as it was read, empty if there is none
   * @param opened the same in plaintext
   * @throws io.github.itemseal.ItemAuthenticationException if the item has another key
   * @throws ItemUpdateException if there is no item and none is to be created, or the change does
   *     not leave the key as it is
   */
  UpdateAttempt(
      ItemUpdate update,
      ProtectedTable table,
      Map<String, AttributeValue> stored,
      Map<String, AttributeValue> opened) {
    this.update = update;
    this.table = table;
    this.stored = stored;
    this.old = stored.isEmpty() ? null : opened;
    if (old != null) {
      AskedKey.require(table, stored, update.key());
    }
    Map<String, AttributeValue> before =
        old != null ? old : update.start().orElseThrow(this::absent);
    this.item = update.applyTo(before);
    requireKeyOf(old != null ? old : update.key());
  }

  private void requireKeyOf(Map<String, AttributeValue> before) {
    for (String name : table.info().primaryIndex().orElseThrow().attributes()) {
      @Nullable AttributeValue value = before.get(name); // a key without it is DynamoDB's to refuse
      if (value != null && !DynamoDbEquality.same(value, item.get(name))) {
        throw failure(
            FailureReason.KEY_ATTRIBUTE_CHANGED,
            name,
            "An update cannot change the key %s: put a new item and delete the old one.");
      }
    }
  }

  private ItemUpdateException absent() {
    return failure(
        FailureReason.ITEM_ABSENT,
        null,
        "There is no such %s to update: put it first, or say createIfAbsent().");
  }

  /** The exception for an update whose last attempt met other writers too. */
  static ItemUpdateException contended(FailureSubject subject, int attempts) {
    return new ItemUpdateException(
        FailureReason.UPDATE_CONTENDED,
        subject,
        ("Other writers changed the %s in between at each of %s attempts. Nothing was written: try"
                + " again later, or allow more attempts with UpdateRetry.")
            .formatted(subject.describe(), attempts));
  }

  private ItemUpdateException failure(
      FailureReason reason, @Nullable String attribute, String message) {
    FailureSubject subject = subjectOf(table);
    FailureSubject precise = attribute == null ? subject : subject.withAttribute(attribute);
    return new ItemUpdateException(reason, precise, message.formatted(precise.describe()));
  }

  static FailureSubject subjectOf(ProtectedTable table) {
    return FailureSubject.table(table.info().name())
        .withKeyNames(table.info().primaryIndex().orElseThrow().attributes());
  }

  ProtectedTable table() {
    return table;
  }

  /** Whether the item must be sealed and written. */
  boolean isChanged() {
    return old == null || update.sealsAnew() || !DynamoDbEquality.sameEntries(old, item);
  }

  /** Whether DynamoDB need not be asked again: nothing to write, and no condition. */
  boolean isNothing() {
    return !isChanged() && !hasCondition();
  }

  /** Whether the caller has a condition of his own. */
  boolean hasCondition() {
    return update.condition().expression() != null;
  }

  /** Whether the caller's condition holds of a stored item, empty if there is none. */
  boolean conditionHolds(Map<String, AttributeValue> stored) {
    return update.condition().holds(stored);
  }

  /** The plaintext item to be. */
  Map<String, AttributeValue> item() {
    return item;
  }

  /** The stored item as it was read. */
  Map<String, AttributeValue> stored() {
    return stored;
  }

  /** The same in plaintext, if there was one. */
  Optional<Map<String, AttributeValue>> old() {
    return Optional.ofNullable(old);
  }

  /**
   * The write, once the item is sealed; with the stored item itself if it did not change.
   *
   * @throws io.github.itemseal.ItemTooLargeException if DynamoDB cannot store it
   */
  GuardedUpdate write(Map<String, AttributeValue> sealed) {
    Map<String, AttributeValue> fitting = StoredItemLimit.require(table, item, sealed);
    return new GuardedUpdate(
        table, update.tableName(), update.key(), stored, fitting, update.condition());
  }

  UpdatedItem outcome(int attempts) {
    return new UpdatedItem(item, old(), isChanged(), attempts);
  }

  static List<UpdatedItem> outcomes(List<UpdateAttempt> attempts, int number) {
    return attempts.stream().map(attempt -> attempt.outcome(number)).toList();
  }
}
