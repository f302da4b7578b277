package io.github.itemseal.interop;

import static io.github.itemseal.CryptoAction.ENCRYPT_AND_SIGN;
import static io.github.itemseal.CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;
import static io.github.itemseal.CryptoAction.SIGN_ONLY;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.VectorKeys;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Under what a vector of the second format is written and read.
 *
 * @param table name, keys, actions and suite
 * @param keyring who writes, as in the file
 * @param reader who reads, as in the file
 */
record DbeVectorSetup(DbeTable table, Map<String, Object> keyring, Map<String, Object> reader)
    implements VectorSubject {
  static final String NAMESPACE = "test";
  static final String KEY_NAME = "aes";

  /** Members of a keyring that name keys. */
  private static final Set<String> KEY_MEMBERS = Set.of("key", "publicKey", "privateKey");

  /**
   * Table {@code T} with keys {@code pk} and {@code sk}; {@code a}, {@code b} and {@code c} are
   * encrypted, {@code d} is signed, {@code u} and what begins with a colon is not.
   */
  static DbeVectorSetup of(int version, AlgorithmSuite suite, Map<String, Object> keyring) {
    CryptoAction key = version == 1 ? SIGN_ONLY : SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;
    Map<String, CryptoAction> actions = new TreeMap<>();
    actions.put("pk", key);
    actions.put("sk", key);
    actions.put("a", ENCRYPT_AND_SIGN);
    actions.put("b", ENCRYPT_AND_SIGN);
    actions.put("c", ENCRYPT_AND_SIGN);
    actions.put("d", SIGN_ONLY);
    return new DbeVectorSetup(
        new DbeTable("T", "pk", "sk", actions, Set.of("u"), ":", suite), keyring, keyring);
  }

  /** Item format 1 without ECDSA, AES-256. */
  static DbeVectorSetup simple() {
    return of(1, DbeTable.HMAC_ONLY, rawAes(256));
  }

  static Map<String, Object> rawAes(int bits) {
    Map<String, Object> keyring = new LinkedHashMap<>();
    keyring.put("type", "raw-aes");
    keyring.put("namespace", NAMESPACE);
    keyring.put("name", KEY_NAME);
    keyring.put("key", "test-aes-" + bits);
    return keyring;
  }

  DbeVectorSetup with(String attribute, CryptoAction action) {
    return new DbeVectorSetup(table.with(attribute, action), keyring, reader);
  }

  DbeVectorSetup named(String logicalTableName) {
    return new DbeVectorSetup(table.named(logicalTableName), keyring, reader);
  }

  DbeVectorSetup readBy(Map<String, Object> other) {
    return new DbeVectorSetup(table, keyring, other);
  }

  /** For raw AES keyrings. */
  DbeForger forger() {
    return new DbeForger(
        table,
        (String) keyring.get("namespace"),
        (String) keyring.get("name"),
        new VectorKeys(KEYS).secret((String) keyring.get("key")));
  }

  @Override
  public Map<String, AttributeValue> stored(Map<String, AttributeValue> item) {
    return new DbeOriginal(table, OriginalVectorKeyrings.of(keyring, new VectorKeys(KEYS)))
        .encryptItem(item);
  }

  @Override
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", table.name());
    json.put("partitionKey", table.partitionKey());
    if (table.sortKey() != null) {
      json.put("sortKey", table.sortKey());
    }
    Map<String, Object> attributes = new TreeMap<>();
    table.actions().forEach((name, action) -> attributes.put(name, action.name()));
    Map<String, Object> actions = new LinkedHashMap<>();
    actions.put("default", ENCRYPT_AND_SIGN.name());
    actions.put("attributes", attributes);
    json.put("actions", actions);
    json.put("unsignedAttributes", List.copyOf(new TreeSet<>(table.unsigned())));
    if (table.unsignedPrefix() != null) {
      json.put("unsignedPrefix", table.unsignedPrefix());
    }
    json.put("keyring", reader);
    return json;
  }

  @Override
  public Collection<String> keyNames() {
    return keyNames(reader);
  }

  /** The names of the keys in a keyring, and in those that it holds. */
  static Set<String> keyNames(Map<String, Object> keyring) {
    Set<String> names = new TreeSet<>();
    keyring.forEach(
        (member, value) -> {
          if (KEY_MEMBERS.contains(member)) {
            names.add((String) value);
          } else if (value instanceof Map) {
            names.addAll(keyNames(Json.object(value)));
          } else if (value instanceof List) {
            Json.objects(value).forEach(element -> names.addAll(keyNames(element)));
          }
        });
    return names;
  }
}
