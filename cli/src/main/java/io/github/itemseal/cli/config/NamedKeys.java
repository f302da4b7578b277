package io.github.itemseal.cli.config;

import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The named keys of the file: all that are there are checked, and fetched where they are used. */
final class NamedKeys {
  private final Map<String, KeyConfig> keys;
  private final KeyMaterial.Surroundings surroundings;

  private NamedKeys(Map<String, KeyConfig> keys, KeyMaterial.Surroundings surroundings) {
    this.keys = keys;
    this.surroundings = surroundings;
  }

  static NamedKeys from(Map<String, ConfigNode> nodes, KeyMaterial.Surroundings surroundings) {
    Map<String, KeyConfig> keys = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          KeyConfig key = KeyConfig.from(node);
          if (key.isThere(surroundings)) {
            ResolvedKey unused = key.resolve(surroundings); // refused here if it is broken
          }
          keys.put(name, key);
        });
    return new NamedKeys(keys, surroundings);
  }

  /**
   * The reference to a key, which must exist.
   *
   * <p>The name is not quoted where it does not: people put keys there.
   */
  ConfigNode requireName(ConfigNode reference) {
    if (!keys.containsKey(reference.text())) {
      throw reference.error(
          "names no key of 'keys'",
          keys.isEmpty()
              ? "add a top-level field 'keys'"
              : "keys: " + String.join(", ", keys.keySet()));
    }
    return reference;
  }

  /** The AES key that a reference names. */
  SecretKey aesKey(ConfigNode reference) {
    return require(reference, SecretKey.class, "AES", "an AES key", "name a key of algorithm AES");
  }

  /** The public key of an algorithm, RSA or EC, that a reference names. */
  PublicKey publicKey(ConfigNode reference, String algorithm) {
    return require(
        reference,
        PublicKey.class,
        algorithm,
        "a public %s key".formatted(algorithm),
        "name a key of algorithm %s and type public".formatted(algorithm));
  }

  /** The private key of an algorithm, RSA or EC, that a reference names. */
  PrivateKey privateKey(ConfigNode reference, String algorithm) {
    return require(
        reference,
        PrivateKey.class,
        algorithm,
        "a private %s key".formatted(algorithm),
        "name a key of algorithm %s and type private".formatted(algorithm));
  }

  private <K extends Key> K require(
      ConfigNode reference, Class<K> kind, String algorithm, String wanted, String hint) {
    Key key = resolve(reference).key();
    if (!kind.isInstance(key) || !key.getAlgorithm().equals(algorithm)) {
      throw reference.error("is not " + wanted, hint);
    }
    return kind.cast(key);
  }

  /** Whether the bytes of a key that has no name can be had here. */
  boolean isThere(KeyMaterial material) {
    return material.isThere(surroundings);
  }

  /** The bytes of a key that has no name. */
  byte[] load(KeyMaterial material) {
    return material.load(surroundings);
  }

  ResolvedKey resolve(ConfigNode reference) {
    @Nullable KeyConfig key = keys.get(requireName(reference).text());
    if (key == null) {
      throw new IllegalStateException("requireName found it");
    }
    return key.resolve(surroundings);
  }
}
