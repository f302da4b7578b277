package io.github.itemseal.client;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.LocalKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.DecryptionMaterials;
import io.github.itemseal.materials.EncryptionMaterials;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.concurrent.atomic.AtomicBoolean;

/** The table of {@link TestTables} in either format, for tests that run on both. */
enum StoredFormat {
  DDBEC(Ddbec.SIGNATURE_ATTRIBUTE) {
    @Override
    ItemFormat format() {
      return Ddbec.using(TestTables.provider());
    }

    @Override
    ItemFormat failingFormat(AtomicBoolean down) {
      LocalMaterialsProvider provider = TestTables.provider();
      return Ddbec.using(
          new LocalMaterialsProvider() {
            @Override
            public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
              requireUp(down);
              return provider.encryptionMaterials(context);
            }

            @Override
            public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
              requireUp(down);
              return provider.decryptionMaterials(context);
            }
          });
    }

    @Override
    TableEncryption unheardOfIsUnsigned() {
      return TableEncryption.of(PEOPLE)
          .actions(
              AttributeActions.withDefault(CryptoAction.DO_NOTHING)
                  .with("id", CryptoAction.SIGN_ONLY)
                  .with("ssn", CryptoAction.ENCRYPT_AND_SIGN))
          .writes(format())
          .build();
    }

    @Override
    StoredFormat other() {
      return DBE;
    }
  },

  DBE(Dbe.FOOTER_ATTRIBUTE) {
    @Override
    ItemFormat format() {
      return Dbe.using(RawAesKeyring.of("tests", "aes", TestKeys.aes(256)))
          .unsignedAttributes("note")
          .unsignedPrefix(":");
    }

    @Override
    ItemFormat failingFormat(AtomicBoolean down) {
      LocalKeyring keyring = RawAesKeyring.of("tests", "aes", TestKeys.aes(256));
      return Dbe.using(
              new LocalKeyring() {
                @Override
                public io.github.itemseal.keyring.EncryptionMaterials onEncrypt(
                    io.github.itemseal.keyring.EncryptionMaterials materials) {
                  requireUp(down);
                  return keyring.onEncrypt(materials);
                }

                @Override
                public io.github.itemseal.keyring.DecryptionMaterials onDecrypt(
                    io.github.itemseal.keyring.DecryptionMaterials materials) {
                  requireUp(down);
                  return keyring.onDecrypt(materials);
                }
              })
          .unsignedAttributes("note");
    }

    @Override
    TableEncryption unheardOfIsUnsigned() {
      return encryption();
    }

    @Override
    StoredFormat other() {
      return DDBEC;
    }
  };

  private static final TableInfo PEOPLE = TableInfo.of(TestTables.PEOPLE, TableIndex.of("id"));

  private static final AttributeActions ACTIONS =
      AttributeActions.encryptAndSign()
          .with("city", CryptoAction.SIGN_ONLY)
          .with("note", CryptoAction.DO_NOTHING);

  final String signature;

  StoredFormat(String signature) {
    this.signature = signature;
  }

  abstract ItemFormat format();

  /** The same with a key source that fails as long as it is down. */
  abstract ItemFormat failingFormat(AtomicBoolean down);

  private static void requireUp(AtomicBoolean down) {
    if (down.get()) {
      throw new IllegalStateException("the key source is down");
    }
  }

  /** A table whose attribute {@code :unheard-of} is unsigned, though no action names it. */
  abstract TableEncryption unheardOfIsUnsigned();

  abstract StoredFormat other();

  TableEncryption encryption() {
    return reading(format());
  }

  /** The same table with another source of keys. */
  TableEncryption with(ItemFormat source) {
    return TableEncryption.of(PEOPLE).actions(ACTIONS).writes(source).build();
  }

  /** The same table, as it is while its items move to this format. */
  TableEncryption reading(ItemFormat... formats) {
    return TableEncryption.of(PEOPLE).actions(ACTIONS).writes(format()).reads(formats).build();
  }
}
