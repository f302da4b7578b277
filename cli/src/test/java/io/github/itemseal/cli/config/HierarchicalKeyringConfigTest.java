package io.github.itemseal.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.DecryptionMaterials;
import io.github.itemseal.keyring.EncryptionMaterials;
import io.github.itemseal.keyring.Keyring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hierarchical keyring whose branch keys are in the configuration. */
class HierarchicalKeyringConfigTest {
  private static final String ID = "bd3842ff-3076-4092-9918-4395730050b8";
  private static final String VERSION = "e9ce18a3-edb5-4272-9f86-1cacb7997ff6";
  private static final String KEY = "tJwf65epYvUt5HMiQsl/6jlvLxS0tgdjIuvFy2BLIwg=";

  private final Map<String, Object> version =
      new HashMap<>(Map.of("id", ID, "version", VERSION, "material", Map.of("base64", KEY)));
  private final List<Object> versions = new ArrayList<>(List.of(version));
  private final Map<String, Object> store =
      new HashMap<>(
          Map.of("type", "static", "branchKeys", versions, "beaconKey", Map.of("base64", KEY)));
  private final Map<String, Object> keyring =
      new HashMap<>(
          Map.of("type", "hierarchical", "branchKeyId", ID, "ttl", "PT10M", "keyStore", store));

  private Keyring build() {
    NamedKeys keys = NamedKeys.from(Map.of(), new KeyMaterial.Surroundings(Path.of("."), Map.of()));
    try (AwsClients clients = new AwsClients()) {
      return HierarchicalKeyringConfig.from(ConfigNode.root(keyring), keys).build(keys, clients);
    }
  }

  @Test
  void build_staticKeys_givesAKeyringThatReadsWhatItWrote() {
    Keyring ring = build();
    AlgorithmSuite suite = AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
    EncryptionMaterials written = ring.onEncrypt(EncryptionMaterials.builder(suite).build());
    assertThat(written.encryptedDataKeys().get(0).providerInfo().asUtf8String()).isEqualTo(ID);
    assertThat(
            build()
                .onDecrypt(DecryptionMaterials.builder(suite, written.encryptedDataKeys()).build())
                .dataKey())
        .isPresent()
        .isEqualTo(written.dataKey());
  }

  @ParameterizedTest
  @CsvSource({
    "version, E9CE18A3-EDB5-4272-9F86-1CACB7997FF6, keyStore.branchKeys[0].version: is not a UUID",
    "version, 1-2-3-4-5, keyStore.branchKeys[0].version: is not a UUID",
    "extra, x, keyStore.branchKeys[0].extra: is not a known field",
  })
  void from_oddVersion_isRefusedWithItsPath(String field, String value, String message) {
    version.put(field, value);
    assertRefused(message);
  }

  @Test
  void from_oddStore_isRefusedWithItsPath() {
    versions.add(version);
    assertRefused("keyStore.branchKeys[1]: gives a version twice");
    versions.remove(1);
    version.put("id", "other");
    assertRefused("branchKeyId: names no branch key of 'keyStore'");
    versions.clear();
    assertRefused("keyStore.branchKeys: is empty");
    store.put("type", "other");
    assertRefused("keyStore.type: has an unknown value");
    keyring.put("ttl", "PT0S");
    assertRefused("ttl: must be more than zero");
    keyring.remove("branchKeyId");
    assertRefused("branchKeyId: is missing");
  }

  @Test
  void build_keyOfAnotherLength_isRefusedWithItsPath() {
    version.put("material", Map.of("base64", "AAEC"));
    assertRefused("keyStore.branchKeys[0].material: is not a key of 32 bytes");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::build)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
