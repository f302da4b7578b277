package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.ItemVector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the vectors call valid is so for the old client too, derived items included. */
class ItemVectorOldClientTest {
  static List<ItemVector> validVectors() {
    return ItemVector.all(ItemVector.DDBEC).stream().filter(ItemVector::isValid).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("validVectors")
  void oldClient_validVector_isRead(ItemVector vector) {
    OldClient oldClient =
        new OldClient(
            OldProviders.of(vector.provider(), vector.keys(), Map.of()),
            vector.table(),
            vector.partitionKey(),
            vector.sortKey().orElse(null));

    assertThat(CanonicalItems.of(oldClient.decryptItem(vector.stored(), vector.actions())))
        .isEqualTo(CanonicalItems.of(vector.item().orElseThrow()));
  }
}
