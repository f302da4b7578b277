package io.github.itemseal.interop;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.testing.VectorKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Under what a vector of the first format is written and read.
 *
 * @param table the table name that the signature binds
 * @param partitionKey name of the partition key
 * @param sortKey name of the sort key, if there is one
 * @param actions with the keys as exceptions, because files say everything
 * @param provider the keys, as in the file
 * @param extraDescription what the old client is told on top, so that it writes another form
 */
record VectorSetup(
    String table,
    String partitionKey,
    @Nullable String sortKey,
    AttributeActions actions,
    Map<String, Object> provider,
    Map<String, String> extraDescription)
    implements VectorSubject {
  /** Table {@code T} with keys {@code pk} and {@code sk}; all else is encrypted. */
  static VectorSetup of(Map<String, Object> provider) {
    return new VectorSetup("T", "pk", "sk", AttributeActions.encryptAndSign(), provider, Map.of())
        .actions(AttributeActions.encryptAndSign());
  }

  /** AES-128 and HmacSHA256. */
  static VectorSetup ofStaticKeys() {
    return of(staticKeys("test-aes-128", "test-hmac-sha256"));
  }

  static Map<String, Object> staticKeys(@Nullable String encryptionKey, String signingKey) {
    Map<String, Object> provider = new LinkedHashMap<>();
    provider.put("type", "static");
    if (encryptionKey != null) {
      provider.put("encryptionKey", encryptionKey);
    }
    provider.put("signingKey", signingKey);
    return provider;
  }

  static Map<String, Object> wrapped(String wrappingKey, String signingKey) {
    Map<String, Object> provider = new LinkedHashMap<>();
    provider.put("type", "wrapped");
    provider.put("wrappingKey", wrappingKey);
    provider.put("signingKey", signingKey);
    return provider;
  }

  VectorSetup actions(AttributeActions changed) {
    AttributeActions withKeys =
        sortKey == null
            ? changed.withIndexKeys(partitionKey)
            : changed.withIndexKeys(partitionKey, sortKey);
    return new VectorSetup(table, partitionKey, sortKey, withKeys, provider, extraDescription);
  }

  VectorSetup action(String name, CryptoAction action) {
    return actions(actions.with(name, action));
  }

  VectorSetup table(String changed) {
    return new VectorSetup(changed, partitionKey, sortKey, actions, provider, extraDescription);
  }

  VectorSetup keys(String changedPartitionKey, @Nullable String changedSortKey) {
    return new VectorSetup(
            table,
            changedPartitionKey,
            changedSortKey,
            AttributeActions.encryptAndSign(),
            provider,
            extraDescription)
        .actions(AttributeActions.encryptAndSign());
  }

  /** The same with one more member of the provider. */
  VectorSetup provider(String member, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(provider);
    changed.put(member, value);
    return new VectorSetup(table, partitionKey, sortKey, actions, changed, extraDescription);
  }

  VectorSetup extraDescription(String name, String text) {
    return new VectorSetup(table, partitionKey, sortKey, actions, provider, Map.of(name, text));
  }

  @Override
  public Map<String, AttributeValue> stored(Map<String, AttributeValue> item) {
    return oldClient().encryptItem(item, actions);
  }

  OldClient oldClient() {
    return new OldClient(
        OldProviders.of(provider, new VectorKeys(KEYS), extraDescription),
        table,
        partitionKey,
        sortKey);
  }

  @Override
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", table);
    json.put("partitionKey", partitionKey);
    if (sortKey != null) {
      json.put("sortKey", sortKey);
    }
    Map<String, Object> exceptions = new LinkedHashMap<>();
    actions.exceptions().keySet().stream()
        .sorted()
        .forEach(name -> exceptions.put(name, actions.actionFor(name).name()));
    Map<String, Object> actionsJson = new LinkedHashMap<>();
    actionsJson.put("default", actions.defaultAction().name());
    actionsJson.put("attributes", exceptions);
    json.put("actions", actionsJson);
    json.put("provider", provider);
    return json;
  }

  @Override
  public List<String> keyNames() {
    return List.of("encryptionKey", "wrappingKey", "signingKey").stream()
        .filter(provider::containsKey)
        .map(member -> (String) provider.get(member))
        .toList();
  }
}
