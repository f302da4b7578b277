package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.ItemVector;
import io.github.itemseal.testing.VectorKeyrings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vector of {@code testvectors/dbe}: what it is and, where it is refused, why. */
class DbeItemVectorTest {
  private static final List<ItemVector> VECTORS = ItemVector.all(ItemVector.DBE);

  static List<ItemVector> vectors() {
    return VECTORS;
  }

  @Test
  void vectors_ofAllFiles_areManyOfBothKinds() {
    assertThat(VECTORS.stream().filter(ItemVector::isValid)).hasSizeGreaterThan(200);
    assertThat(VECTORS.stream().filter(vector -> !vector.isValid())).hasSizeGreaterThan(200);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void decryptItem_vector_hasItsResult(ItemVector vector) {
    ItemEncryptor encryptor = encryptor(vector);
    if (vector.isValid()) {
      assertThat(CanonicalItems.of(encryptor.decryptItem(vector.stored())))
          .isEqualTo(CanonicalItems.of(vector.item().orElseThrow()));
      return;
    }
    assertThatThrownBy(() -> encryptor.decryptItem(vector.stored()))
        .isInstanceOf(ItemsealException.class)
        .satisfies(
            e -> {
              assertThat(e.getClass().getSimpleName()).isEqualTo(vector.exception());
              assertThat(((ItemsealException) e).reason())
                  .isEqualTo(FailureReason.valueOf(vector.reason()));
              assertThat(e).hasMessageFindingMatch("(?i)item|attribute|key");
            });
  }

  private static ItemEncryptor encryptor(ItemVector vector) {
    Dbe dbe =
        Dbe.using(VectorKeyrings.of(vector.keyring(), vector.keys()))
            .maxDataKeys(255) // which one of them has
            .unsignedAttributes(vector.unsignedAttributes().toArray(String[]::new));
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(vector.table(), vector.tableKeys()))
            .actions(vector.actions())
            .writes(vector.unsignedPrefix().map(dbe::unsignedPrefix).orElse(dbe))
            .build());
  }
}
