package io.github.itemseal.interop;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.testing.RandomItems;

/** Both clients on one table, whose keys are {@code pk} and {@code sk}. */
final class Tables {
  static final String NAME = "Tést テ😀";

  private Tables() {}

  static OldClient oldClient(ProviderPair pair) {
    return new OldClient(pair.old(), NAME, RandomItems.PARTITION_KEY, RandomItems.SORT_KEY);
  }

  static ItemEncryptor itemseal(ProviderPair pair, AttributeActions actions) {
    return itemseal(pair.ours(), actions);
  }

  /** Without the Python dialect: an agreement with the Java client must not depend on it. */
  static ItemEncryptor itemseal(LocalMaterialsProvider provider, AttributeActions actions) {
    return itemseal(provider, actions, false);
  }

  static ItemEncryptor itemseal(
      LocalMaterialsProvider provider, AttributeActions actions, boolean readsPythonDialect) {
    return ItemEncryptor.of(
        TableEncryption.of(
                TableInfo.of(NAME, TableIndex.of(RandomItems.PARTITION_KEY, RandomItems.SORT_KEY)))
            .actions(actions)
            .writes(Ddbec.using(provider).readsPythonDialect(readsPythonDialect))
            .build());
  }
}
