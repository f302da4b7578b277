package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.StaticBranchKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A {@code keyStore} of {@code type: static}: branch keys in the configuration. */
record StaticBranchKeysConfig(List<Version> versions, Optional<KeyNode> beaconKey) {
  private static final int KEY_BYTES = 32;

  /** A key and where it stands. */
  record KeyNode(ConfigNode place, KeyMaterial material) {
    /** Refused if it is there and no such key. */
    static KeyNode from(ConfigNode node, NamedKeys keys) {
      KeyNode key = new KeyNode(node, KeyMaterial.from(node));
      if (keys.isThere(key.material)) {
        byte[] unused = key.load(keys);
      }
      return key;
    }

    byte[] load(NamedKeys keys) {
      byte[] key = keys.load(material);
      if (key.length != KEY_BYTES) {
        throw place.error("is not a key of 32 bytes", "branch keys and beacon keys have 32 bytes");
      }
      return key;
    }
  }

  /** One version of a branch key. */
  record Version(String id, UUID version, KeyNode key) {}

  static StaticBranchKeysConfig from(ConfigNode node, NamedKeys keys) {
    ConfigNode.Fields fields = node.fields("type", "branchKeys", "beaconKey");
    ConfigNode list =
        fields.required("branchKeys", "a list of versions, each with id, version and material");
    List<Version> versions = new ArrayList<>();
    Set<List<Object>> names = new HashSet<>();
    for (ConfigNode element : list.elements()) {
      ConfigNode.Fields version = element.fields("id", "version", "material");
      String id = version.required("id", "the branch key id").text();
      UUID uuid = uuid(version.required("version", "the UUID of the version"));
      if (!names.add(List.of(id, uuid))) {
        throw element.error("gives a version twice", "give each version once");
      }
      versions.add(
          new Version(
              id,
              uuid,
              KeyNode.from(version.required("material", "base64, file or env: 32 bytes"), keys)));
    }
    if (versions.isEmpty()) {
      throw list.error("is empty", "give it a version of a branch key");
    }
    return new StaticBranchKeysConfig(
        List.copyOf(versions),
        fields.optional("beaconKey").map(place -> KeyNode.from(place, keys)));
  }

  private static UUID uuid(ConfigNode node) {
    try {
      UUID uuid = UUID.fromString(node.text());
      if (uuid.toString().equals(node.text())) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // the same as a strange spelling
    }
    throw node.error("is not a UUID", "in lower case, 8-4-4-4-12 digits");
  }

  StaticBranchKeys build(NamedKeys keys) {
    StaticBranchKeys store =
        StaticBranchKeys.of(
            versions.stream()
                .map(v -> BranchKey.of(v.id(), v.version(), Map.of(), v.key().load(keys)))
                .toArray(BranchKey[]::new));
    return beaconKey.map(key -> store.withBeaconKey(key.load(keys))).orElse(store);
  }
}
