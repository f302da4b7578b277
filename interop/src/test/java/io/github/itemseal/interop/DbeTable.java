package io.github.itemseal.interop;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.keyring.AlgorithmSuite;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the items of a table are protected with the second format, for both libraries.
 *
 * @param name the table name that signatures bind
 * @param partitionKey name of the partition key
 * @param sortKey name of the sort key, if there is one
 * @param actions of every attribute, the keys among them
 * @param unsigned names of the attributes that are never signed
 * @param unsignedPrefix of the names of more of them
 * @param suite of new items
 */
record DbeTable(
    String name,
    String partitionKey,
    @Nullable String sortKey,
    Map<String, CryptoAction> actions,
    Collection<String> unsigned,
    @Nullable String unsignedPrefix,
    AlgorithmSuite suite) {
  static final AlgorithmSuite HMAC_ONLY =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
  static final AlgorithmSuite ECDSA =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;

  /** The item format, 1 or 2, that these actions write. */
  int version() {
    return actions.containsValue(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT) ? 2 : 1;
  }

  DbeTable named(String other) {
    return new DbeTable(other, partitionKey, sortKey, actions, unsigned, unsignedPrefix, suite);
  }

  DbeTable with(AlgorithmSuite other) {
    return new DbeTable(name, partitionKey, sortKey, actions, unsigned, unsignedPrefix, other);
  }

  DbeTable with(String attribute, CryptoAction action) {
    Map<String, CryptoAction> changed = new LinkedHashMap<>(actions);
    changed.put(attribute, action);
    return new DbeTable(name, partitionKey, sortKey, changed, unsigned, unsignedPrefix, suite);
  }
}
