package io.github.itemseal.fuzz;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.List;

/** Fuzz target: decryption of DDBEC items that were changed ({@link ItemAttack}). */
public final class DdbecItemFuzz {
  private static final SigningKeys MAC = SigningKeys.mac(TestKeys.hmac());
  private static final ItemEncryptor STATIC =
      encryptor(
          StaticMaterialsProvider.builder()
              .encryptionKey(TestKeys.aes(128))
              .signingKeys(MAC)
              .build());
  private static final ItemEncryptor WRAPPED =
      encryptor(
          WrappedMaterialsProvider.builder()
              .wrappingKey(TestKeys.aes(256))
              .signingKeys(MAC)
              .build());
  private static final List<ItemAttack.Target> TARGETS =
      List.of(
          ItemAttack.Target.of(STATIC, FuzzItems.small("a")),
          ItemAttack.Target.of(STATIC, FuzzItems.small("b")),
          ItemAttack.Target.of(WRAPPED, FuzzItems.small("a")),
          ItemAttack.Target.of(WRAPPED, FuzzItems.everyType("a")));

  private DdbecItemFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    ItemAttack.run(TARGETS, data);
  }

  private static ItemEncryptor encryptor(LocalMaterialsProvider provider) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(
                AttributeActions.encryptAndSign()
                    .with("plain", CryptoAction.SIGN_ONLY)
                    .with(FuzzItems.LOOSE, CryptoAction.DO_NOTHING))
            .writes(Ddbec.using(provider))
            .build());
  }
}
