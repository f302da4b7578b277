package io.github.itemseal.interop;

import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.VectorKeys;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.PaddingScheme;
import software.amazon.cryptography.primitives.model.ECDHCurveSpec;

/** Keyrings of the original as vectors describe them. */
final class OriginalVectorKeyrings {
  private OriginalVectorKeyrings() {}

  /**
   * @param keyring the member of the vector
   */
  static IKeyring of(Map<String, Object> keyring, VectorKeys keys) {
    return switch (text(keyring, "type")) {
      case "raw-aes" ->
          OriginalKeyrings.rawAes(
              text(keyring, "namespace"), text(keyring, "name"), keys.secret(text(keyring, "key")));
      case "raw-rsa" ->
          OriginalKeyrings.rawRsa(
              text(keyring, "namespace"),
              text(keyring, "name"),
              publicKey(keyring, keys),
              privateKey(keyring, keys),
              PaddingScheme.valueOf(text(keyring, "padding")));
      case "raw-ecdh" -> rawEcdh(keyring, keys);
      case "multi" ->
          OriginalKeyrings.multi(
              of(Json.object(keyring.get("generator")), keys),
              Json.objects(keyring.get("children")).stream()
                  .map(child -> of(child, keys))
                  .toArray(IKeyring[]::new));
      case "hierarchical" -> hierarchical(keyring, keys);
      default -> throw new IllegalArgumentException("Unknown keyring " + keyring.get("type"));
    };
  }

  private static IKeyring rawEcdh(Map<String, Object> keyring, VectorKeys keys) {
    ECDHCurveSpec curve =
        ECDHCurveSpec.valueOf("ECC_NIST_" + text(keyring, "curve").replace("-", ""));
    return switch (text(keyring, "schema")) {
      case "static" ->
          OriginalKeyrings.rawEcdhStatic(
              privateKey(keyring, keys), publicKey(keyring, keys), curve);
      case "ephemeral" -> OriginalKeyrings.rawEcdhEphemeral(publicKey(keyring, keys), curve);
      default -> OriginalKeyrings.rawEcdhDiscovery(privateKey(keyring, keys), curve);
    };
  }

  private static IKeyring hierarchical(Map<String, Object> keyring, VectorKeys keys) {
    List<OriginalStaticKeys.BranchKey> branchKeys = new ArrayList<>();
    for (Map<String, Object> key : Json.objects(keyring.get("branchKeys"))) {
      branchKeys.add(
          new OriginalStaticKeys.BranchKey(
              text(key, "id"),
              text(key, "version"),
              SdkBytes.fromByteArray(keys.secret(text(key, "key")).getEncoded())));
    }
    return OriginalStaticKeys.store(branchKeys).keyring(text(keyring, "branchKeyId"));
  }

  private static PublicKey publicKey(Map<String, Object> keyring, VectorKeys keys) {
    return keys.pair(text(keyring, "publicKey")).getPublic();
  }

  private static PrivateKey privateKey(Map<String, Object> keyring, VectorKeys keys) {
    return keys.pair(text(keyring, "privateKey")).getPrivate();
  }

  private static String text(Map<String, Object> json, String member) {
    return (String) json.get(member);
  }
}
