package io.github.itemseal.keyring;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a row of a branch key store says beside its encrypted key: names of attributes and their
 * texts. AWS KMS binds the key to all of it, and to the store's logical name. Immutable and
 * thread-safe. Source: docs/keystore.md, "The table".
 */
final class BranchKeyRow {
  static final String BRANCH_KEY_ID = "branch-key-id";
  static final String TYPE = "type";
  static final String ENCRYPTED = "enc";
  static final String VERSION = "version";
  static final String CREATE_TIME = "create-time";
  static final String KMS_ARN = "kms-arn";
  static final String HIERARCHY_VERSION = "hierarchy-version";

  static final String ACTIVE = "branch:ACTIVE";
  static final String BEACON = "beacon:ACTIVE";
  static final String VERSION_PREFIX = "branch:version:";

  /** The only hierarchy there is: a branch key wraps the keys of items. */
  static final String HIERARCHY = "1";

  private static final String CONTEXT_PREFIX = "aws-crypto-ec:";
  private static final String LOGICAL_NAME = "tablename"; // in the KMS context only
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Map<String, String> entries;

  private BranchKeyRow(Map<String, String> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /** The row of a version that there was not yet. */
  static BranchKeyRow newVersion(
      BranchKeyVersion id, String kmsArn, Map<String, String> customContext, InstantSource clock) {
    Map<String, String> entries = new TreeMap<>();
    customContext.forEach((name, value) -> entries.put(CONTEXT_PREFIX + name, value));
    entries.put(BRANCH_KEY_ID, id.branchKeyId());
    entries.put(TYPE, VERSION_PREFIX + id.version());
    entries.put(CREATE_TIME, TIME.format(clock.instant()));
    entries.put(KMS_ARN, kmsArn);
    entries.put(HIERARCHY_VERSION, HIERARCHY);
    return new BranchKeyRow(entries);
  }

  /** The row of the beacon key that is made along with this version. */
  BranchKeyRow toBeacon() {
    return with(Map.of(TYPE, BEACON));
  }

  /** The row that makes this version the active one. */
  BranchKeyRow toActive() {
    return with(Map.of(TYPE, ACTIVE, VERSION, entries.get(TYPE)));
  }

  /** The row of the version that follows this active one. */
  BranchKeyRow toNextVersion(UUID version, InstantSource clock) {
    BranchKeyRow next =
        with(Map.of(TYPE, VERSION_PREFIX + version, CREATE_TIME, TIME.format(clock.instant())));
    Map<String, String> entries = new TreeMap<>(next.entries);
    entries.remove(VERSION);
    return new BranchKeyRow(entries);
  }

  private BranchKeyRow with(Map<String, String> changes) {
    Map<String, String> changed = new TreeMap<>(entries);
    changed.putAll(changes);
    return new BranchKeyRow(changed);
  }

  /**
   * What a stored row says; empty if an attribute has another type than it should.
   *
   * @param stored anybody's: the row is what it claims once KMS has decrypted its key
   */
  static Optional<BranchKeyRow> parse(Map<String, AttributeValue> stored) {
    Map<String, String> entries = new TreeMap<>();
    for (Map.Entry<String, AttributeValue> attribute : stored.entrySet()) {
      String name = attribute.getKey();
      if (name.equals(ENCRYPTED)) {
        continue;
      }
      AttributeValue value = attribute.getValue();
      String text = name.equals(HIERARCHY_VERSION) ? value.n() : value.s();
      if (text == null || name.equals(LOGICAL_NAME)) {
        return Optional.empty();
      }
      entries.put(name, text);
    }
    return Optional.of(new BranchKeyRow(entries));
  }

  /** The text of an attribute; empty if the row has none. */
  String text(String name) {
    return entries.getOrDefault(name, "");
  }

  /** The version that the row is of, or that an active row names; empty if it is none. */
  Optional<UUID> version() {
    return versionIn(text(TYPE).equals(ACTIVE) ? text(VERSION) : text(TYPE));
  }

  /** Which version of which branch key this row of a version is. */
  BranchKeyVersion name() {
    return new BranchKeyVersion(text(BRANCH_KEY_ID), version().orElseThrow());
  }

  /** The version in {@code branch:version:} and a UUID in lower case, its only spelling. */
  private static Optional<UUID> versionIn(String type) {
    if (!type.startsWith(VERSION_PREFIX)) {
      return Optional.empty();
    }
    String text = type.substring(VERSION_PREFIX.length());
    try {
      UUID version = UUID.fromString(text);
      return version.toString().equals(text) ? Optional.of(version) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What the branch key's creator bound to it. */
  Map<String, String> customContext() {
    Map<String, String> custom = new HashMap<>();
    entries.forEach(
        (name, value) -> {
          if (name.startsWith(CONTEXT_PREFIX)) {
            custom.put(name.substring(CONTEXT_PREFIX.length()), value);
          }
        });
    return custom;
  }

  /** What KMS binds the key to. */
  Map<String, String> kmsContext(String logicalName) {
    Map<String, String> context = new TreeMap<>(entries);
    context.put(LOGICAL_NAME, logicalName);
    return context;
  }

  /** The attributes to store, beside the encrypted key. */
  Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> attributes = new HashMap<>();
    entries.forEach(
        (name, text) ->
            attributes.put(
                name,
                name.equals(HIERARCHY_VERSION)
                    ? AttributeValue.fromN(text)
                    : AttributeValue.fromS(text)));
    return attributes;
  }
}
