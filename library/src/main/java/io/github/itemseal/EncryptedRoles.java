package io.github.itemseal;

import io.github.itemseal.ItemsealListener.PlaintextNeeded;
import io.github.itemseal.ItemsealListener.PlaintextRole;
import io.github.itemseal.internal.listener.Notices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of a table that DynamoDB uses in a role that needs plaintext, while the
 * configuration encrypts them. A role that DynamoDB tells of never takes the encryption away: an
 * item with such an attribute is not written, until a person has decided by name. Immutable.
 */
final class EncryptedRoles {
  /** Of a table that stores items as they are. */
  static final EncryptedRoles NONE = new EncryptedRoles(List.of(), List.of());

  private final List<PlaintextNeeded> undecided;
  private final List<PlaintextNeeded> byName;

  private EncryptedRoles(List<PlaintextNeeded> undecided, List<PlaintextNeeded> byName) {
    this.undecided = undecided;
    this.byName = byName;
  }

  /**
   * The roles that a table's description gives to encrypted attributes.
   *
   * @param actions with the table's keys protected
   */
  static EncryptedRoles of(TableInfo table, String logicalName, AttributeActions actions) {
    Map<String, PlaintextNeeded> undecided = new LinkedHashMap<>();
    for (SecondaryIndex index : table.secondaryIndexes()) {
      for (String name : index.keys().attributes()) {
        if (actions.actionFor(name).encrypts() && !actions.isNamed(name)) {
          undecided.putIfAbsent(
              name,
              new PlaintextNeeded(
                  logicalName, name, PlaintextRole.INDEX_KEY, Optional.of(index.name())));
        }
      }
    }
    List<PlaintextNeeded> byName = new ArrayList<>();
    List<PlaintextNeeded> byDefault = new ArrayList<>(undecided.values());
    table
        .timeToLiveAttribute()
        .filter(name -> actions.actionFor(name).encrypts())
        .map(
            name ->
                new PlaintextNeeded(
                    logicalName, name, PlaintextRole.TIME_TO_LIVE, Optional.empty()))
        .ifPresent(
            needed -> (actions.isNamed(needed.attribute()) ? byName : byDefault).add(needed));
    return new EncryptedRoles(List.copyOf(byDefault), List.copyOf(byName));
  }

  /**
   * Refuses an item that has an attribute which is encrypted by default in such a role.
   *
   * @throws ForbiddenItemException naming the attribute, its role and the ways out
   */
  void requireNone(Map<String, AttributeValue> item, ResolvedTable table) {
    for (PlaintextNeeded needed : undecided) {
      if (item.containsKey(needed.attribute())) {
        FailureSubject subject = table.subject().withAttribute(needed.attribute());
        throw switch (needed.role()) {
          case INDEX_KEY ->
              new ForbiddenItemException(
                  FailureReason.INDEX_KEY_ENCRYPTED,
                  subject,
                  ("The %s is a key of the index '%s', but it is encrypted by default, so that the"
                          + " index cannot work: items with it are not written. Decide by name:"
                          + " SIGN_ONLY or DO_NOTHING, and the index has it in plaintext; or"
                          + " ENCRYPT_AND_SIGN, and the index sees ciphertext.")
                      .formatted(subject.describe(), needed.index().orElseThrow()));
          case TIME_TO_LIVE ->
              new ForbiddenItemException(
                  FailureReason.TIME_TO_LIVE_ENCRYPTED,
                  subject,
                  ("The %s says when items expire, but it is encrypted by default, so that they never"
                          + " would: items with it are not written. Decide by name: SIGN_ONLY or"
                          + " DO_NOTHING, and items expire; or ENCRYPT_AND_SIGN, and they never do.")
                      .formatted(subject.describe()));
        };
      }
    }
  }

  /** Tells of every encrypted attribute in such a role. */
  void tell(Notices notices) {
    undecided.forEach(needed -> notices.tell(to -> to.plaintextNeeded(needed)));
    byName.forEach(needed -> notices.tell(to -> to.plaintextNeeded(needed)));
  }
}
