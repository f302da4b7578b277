package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.ItemVector;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the vectors call valid is so for the original of the second format too, forged ones
 * included.
 */
class ItemVectorOriginalTest {
  static List<ItemVector> validVectors() {
    return ItemVector.all(ItemVector.DBE).stream().filter(ItemVector::isValid).toList();
  }

  static List<ItemVector> invalidVectors() {
    return ItemVector.all(ItemVector.DBE).stream().filter(vector -> !vector.isValid()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("validVectors")
  void original_validVector_isRead(ItemVector vector) {
    assertThat(CanonicalItems.of(original(vector).decryptItem(vector.stored())))
        .isEqualTo(CanonicalItems.of(vector.item().orElseThrow()));
  }

  /** An exception of its own or of what it runs on, and never an item. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidVectors")
  void original_invalidVector_isRefused(ItemVector vector) {
    assertThatThrownBy(() -> original(vector).decryptItem(vector.stored()))
        .isInstanceOfAny(RuntimeException.class, StackOverflowError.class);
  }

  private static DbeOriginal original(ItemVector vector) {
    DbeTable table =
        new DbeTable(
            vector.table(),
            vector.partitionKey(),
            vector.sortKey().orElse(null),
            vector.actions().exceptions(),
            vector.unsignedAttributes(),
            vector.unsignedPrefix().orElse(null),
            DbeTable.HMAC_ONLY);
    return new DbeOriginal(table, OriginalVectorKeyrings.of(vector.keyring(), vector.keys()));
  }
}
