package io.github.itemseal.testing;

import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.keyring.RawEcdhKeyring;
import io.github.itemseal.keyring.RawRsaKeyring;
import io.github.itemseal.keyring.RsaKeyPadding;
import io.github.itemseal.keyring.StaticBranchKeys;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Keyrings of this library as vectors describe them. */
public final class VectorKeyrings {
  private VectorKeyrings() {}

  /**
   * The keyring of a reader.
   *
   * @param keyring the member of the vector
   */
  public static Keyring of(Map<String, Object> keyring, VectorKeys keys) {
    return switch (text(keyring, "type")) {
      case "raw-aes" ->
          RawAesKeyring.of(
              text(keyring, "namespace"), text(keyring, "name"), keys.secret(text(keyring, "key")));
      case "raw-rsa" ->
          RawRsaKeyring.builder(
                  text(keyring, "namespace"),
                  text(keyring, "name"),
                  RsaKeyPadding.valueOf(text(keyring, "padding").replace("_MGF1", "")))
              .publicKey(keys.pair(text(keyring, "publicKey")).getPublic())
              .privateKey(keys.pair(text(keyring, "privateKey")).getPrivate())
              .build();
      case "raw-ecdh" ->
          RawEcdhKeyring.discovery(keys.pair(text(keyring, "privateKey")).getPrivate());
      case "multi" ->
          MultiKeyring.of(
              Stream.concat(
                      Stream.of(Json.object(keyring.get("generator"))),
                      Json.objects(keyring.get("children")).stream())
                  .map(part -> of(part, keys))
                  .toArray(Keyring[]::new));
      case "hierarchical" ->
          HierarchicalKeyring.builder(branchKeys(keyring, keys))
              .branchKeyId(text(keyring, "branchKeyId"))
              .ttl(Duration.ofHours(1))
              .build();
      default -> throw new IllegalArgumentException("Unknown keyring " + keyring.get("type"));
    };
  }

  private static StaticBranchKeys branchKeys(Map<String, Object> keyring, VectorKeys keys) {
    return StaticBranchKeys.of(
        Json.objects(keyring.get("branchKeys")).stream()
            .map(
                key ->
                    BranchKey.of(
                        text(key, "id"),
                        UUID.fromString(text(key, "version")),
                        Map.of(),
                        keys.secret(text(key, "key")).getEncoded()))
            .toArray(BranchKey[]::new));
  }

  private static String text(Map<String, Object> json, String member) {
    return (String) json.get(member);
  }
}
