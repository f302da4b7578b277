package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.ItemVector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vector of {@code testvectors/ddbec}: what it is and, where it is refused, why. */
class ItemVectorTest {
  private static final List<ItemVector> VECTORS = ItemVector.all(ItemVector.DDBEC);

  static List<ItemVector> vectors() {
    return VECTORS;
  }

  @Test
  void vectors_ofAllFiles_areManyOfBothKinds() {
    assertThat(VECTORS.stream().filter(ItemVector::isValid)).hasSizeGreaterThan(100);
    assertThat(VECTORS.stream().filter(vector -> !vector.isValid())).hasSizeGreaterThan(100);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void decryptItem_vector_hasItsResult(ItemVector vector) {
    for (boolean readsPythonDialect : List.of(true, false)) {
      ItemEncryptor encryptor = encryptor(vector, readsPythonDialect);
      if (vector.isValid()) {
        assertThat(CanonicalItems.of(encryptor.decryptItem(vector.stored())))
            .isEqualTo(CanonicalItems.of(vector.item().orElseThrow()));
        continue;
      }
      assertThatThrownBy(() -> encryptor.decryptItem(vector.stored()))
          .isInstanceOf(ItemsealException.class)
          .satisfies(
              e -> {
                assertThat(e.getClass().getSimpleName()).isEqualTo(vector.exception());
                assertThat(((ItemsealException) e).reason())
                    .isEqualTo(FailureReason.valueOf(vector.reason()));
                assertThat(((ItemsealException) e).subject().tableName()).contains(vector.table());
                assertThat(e).hasMessageFindingMatch("(?i)item|attribute");
              });
    }
  }

  private static ItemEncryptor encryptor(ItemVector vector, boolean readsPythonDialect) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(vector.table(), vector.tableKeys()))
            .actions(vector.actions())
            .writes(Ddbec.using(vector.materialsProvider()).readsPythonDialect(readsPythonDialect))
            .build());
  }
}
