package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.TestKeys;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class StaticMaterialsProviderTest {
  private final StaticMaterialsProvider provider =
      StaticMaterialsProvider.builder()
          .encryptionKey(TestKeys.aes(256))
          .signingKeys(SigningKeys.mac(TestKeys.hmac()))
          .materialDescription(Map.of("key", "2026"))
          .build();

  private static EncryptionContext contextOf(Map<String, String> description) {
    return EncryptionContext.builder()
        .tableName("T")
        .materialDescription(MaterialDescription.of(description))
        .build();
  }

  @Test
  void encryptionMaterials_carryTheConfiguredDescription() {
    assertThat(provider.encryptionMaterials(contextOf(Map.of())).materialDescription().entries())
        .isEqualTo(Map.of("key", "2026"));
  }

  @Test
  void decryptionMaterials_itemSaysMore_areGiven() {
    DecryptionMaterials materials =
        provider.decryptionMaterials(contextOf(Map.of("key", "2026", "other", "x")));
    assertThat(materials.decryptionKey()).contains(TestKeys.aes(256));
  }

  @Test
  void decryptionMaterials_itemSaysOtherwise_throwMismatch() {
    for (Map<String, String> description :
        List.of(Map.<String, String>of(), Map.of("key", "2025"))) {
      assertThatThrownBy(() -> provider.decryptionMaterials(contextOf(description)))
          .isInstanceOfSatisfying(
              MaterialsUnavailableException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.MATERIALS_MISMATCH))
          .hasMessageContaining("does not match that of the static keys");
      assertThatThrownBy(() -> provider.decryptionMaterialsAsync(contextOf(description)).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(MaterialsUnavailableException.class);
    }
  }

  @Test
  void encryptionKey_notAes_throws() {
    StaticMaterialsProvider.Builder builder = StaticMaterialsProvider.builder();
    assertThatThrownBy(() -> builder.encryptionKey(new SecretKeySpec(new byte[16], "DESede")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got algorithm 'DESede'");
    assertThatThrownBy(() -> builder.encryptionKey(new SecretKeySpec(new byte[15], "AES")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("120 bits");
  }

  @Test
  void materialDescription_reservedEntry_throwsWithTheFix() {
    assertThatThrownBy(
            () ->
                StaticMaterialsProvider.builder()
                    .materialDescription(Map.of("amzn-ddb-map-signingAlg", "SHA512withRSA")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'amzn-ddb-map-signingAlg' is written by the library")
        .hasMessageContaining("signingWith");
  }

  @Test
  void build_withoutSigningKeys_throws() {
    assertThatThrownBy(() -> StaticMaterialsProvider.builder().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need signingKeys");
  }
}
