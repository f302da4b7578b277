package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaterialsTest {
  private static final AlgorithmSuite SUITE =
      AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;

  private static EncryptionMaterials with(Map<String, String> context) {
    return EncryptionMaterials.builder(SUITE).encryptionContext(context).build();
  }

  @Test
  void canonicalContext_keysBeyondTheBasicPlane_ascendByUtf8Bytes() {
    // U+FF61 is EF BD A1 and comes before U+10002, F0 90 80 82; by UTF-16 units it comes behind
    assertThat(HexFormat.of().formatHex(with(Map.of("𐀂", "b", "｡", "a")).canonicalContext()))
        .isEqualTo("0002" + "0003efbda1" + "000161" + "0004f0908082" + "000162");
  }

  @Test
  void canonicalContext_ofNothing_isNothing() {
    assertThat(with(Map.of()).canonicalContext()).isEmpty();
  }

  @Test
  void canonicalContext_changedByTheCaller_staysAsItWas() {
    EncryptionMaterials materials = with(Map.of("a", "b"));
    materials.canonicalContext()[0] = 9;
    assertThat(materials.canonicalContext()[0]).isZero();
  }

  @Test
  void build_entryTooLarge_throwsMalformed() {
    with(Map.of("a", "x".repeat(65_535)));
    assertThatThrownBy(() -> with(Map.of("a", "x".repeat(65_536))))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("more than 65535 bytes");
  }

  @Test
  void build_storedAndReproducedContextDisagree_throwsAuthentication() {
    assertThatThrownBy(
            () ->
                DecryptionMaterials.builder(SUITE, List.of())
                    .storedContext(Map.of("a", "1", "b", "2"))
                    .reproducedContext(Map.of("a", "2"))
                    .build())
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void build_storedAndReproducedContext_areOne() {
    DecryptionMaterials materials =
        DecryptionMaterials.builder(SUITE, List.of())
            .storedContext(Map.of("a", "1", "b", "2"))
            .reproducedContext(Map.of("a", "1", "c", "3"))
            .build();
    assertThat(materials.encryptionContext()).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
  }

  @Test
  void withWrappedKey_moreThanAnItemCarries_throws() {
    EncryptionMaterials materials = with(Map.of());
    for (int i = 0; i < EncryptionMaterials.MAX_ENCRYPTED_DATA_KEYS; i++) {
      materials = materials.withWrappedKey(new byte[32], "p", new byte[0], new byte[1]);
    }
    EncryptionMaterials full = materials;
    assertThatThrownBy(() -> full.withWrappedKey(new byte[32], "p", new byte[0], new byte[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at most 255");
  }

  @Test
  void withWrappedKey_intermediateKeyOfAnotherLength_throws() {
    assertThatThrownBy(
            () -> with(Map.of()).withWrappedKey(new byte[31], "p", new byte[0], new byte[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes, not 31");
  }

  @Test
  void withIntermediateKey_ofAnotherLength_throwsAuthentication() {
    EncryptedDataKey key =
        with(Map.of())
            .withWrappedKey(new byte[32], "p", new byte[0], new byte[1])
            .encryptedDataKeys()
            .get(0);
    DecryptionMaterials materials = DecryptionMaterials.builder(SUITE, List.of(key)).build();
    assertThat(materials.withIntermediateKey(key, new byte[32]).dataKey()).isPresent();
    assertThatThrownBy(() -> materials.withIntermediateKey(key, new byte[33]))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void toString_ofMaterials_showsNoKeys() {
    EncryptionMaterials materials =
        with(Map.of("secret", "value")).withWrappedKey(new byte[32], "p", new byte[0], new byte[1]);
    assertThat(materials.toString()).endsWith("encryptedDataKeys=1]").doesNotContain("secret");
  }
}
