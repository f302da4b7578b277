package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

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

  @ParameterizedTest(name = "{0}")
  @MethodSource("validVectors")
  void original_validVector_isRead(ItemVector vector) {
    DbeTable table =
        new DbeTable(
            vector.table(),
            vector.partitionKey(),
            vector.sortKey().orElse(null),
            vector.actions().exceptions(),
            vector.unsignedAttributes(),
            vector.unsignedPrefix().orElse(null),
            DbeTable.HMAC_ONLY);
    DbeOriginal original =
        new DbeOriginal(table, OriginalVectorKeyrings.of(vector.keyring(), vector.keys()));

    assertThat(CanonicalItems.of(original.decryptItem(vector.stored())))
        .isEqualTo(CanonicalItems.of(vector.item().orElseThrow()));
  }
}
