package io.github.itemseal.cli.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The named keys of the file, fetched when a provider asks for them. */
final class NamedKeys {
  private final Map<String, KeyConfig> keys;
  private final KeyMaterial.Surroundings surroundings;

  private NamedKeys(Map<String, KeyConfig> keys, KeyMaterial.Surroundings surroundings) {
    this.keys = keys;
    this.surroundings = surroundings;
  }

  static NamedKeys from(Map<String, ConfigNode> nodes, KeyMaterial.Surroundings surroundings) {
    Map<String, KeyConfig> keys = new LinkedHashMap<>();
    nodes.forEach((name, node) -> keys.put(name, KeyConfig.from(node)));
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
