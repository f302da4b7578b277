package io.github.itemseal.fuzz;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.TestKeys;
import java.util.List;

/** Fuzz target: decryption of DBE items that were changed ({@link ItemAttack}). */
public final class DbeItemFuzz {
  private static final List<ItemAttack.Target> TARGETS =
      List.of(
          ItemAttack.Target.of(encryptor(CryptoAction.SIGN_ONLY, 0), FuzzItems.small("a")),
          ItemAttack.Target.of(encryptor(CryptoAction.SIGN_ONLY, 0), FuzzItems.small("b")),
          ItemAttack.Target.of(
              encryptor(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT, 0),
              FuzzItems.small("a")),
          ItemAttack.Target.of(encryptor(CryptoAction.SIGN_ONLY, 0), FuzzItems.everyType("a")),
          ItemAttack.Target.of(encryptor(CryptoAction.SIGN_ONLY, 1), FuzzItems.small("a")));

  private DbeItemFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    ItemAttack.run(TARGETS, data);
  }

  private static ItemEncryptor encryptor(CryptoAction key, int suite) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(
                AttributeActions.encryptAndSign()
                    .with("pk", key)
                    .with("plain", CryptoAction.SIGN_ONLY))
            .writes(
                Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)))
                    .algorithmSuite(AlgorithmSuite.fromId(0x6700 | suite).orElseThrow())
                    .unsignedPrefix(ItemAttack.UNSIGNED))
            .build());
  }
}
