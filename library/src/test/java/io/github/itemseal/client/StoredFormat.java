package io.github.itemseal.client;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.TestKeys;

/** The table of {@link TestTables} in either format, for tests that run on both. */
enum StoredFormat {
  DDBEC(Ddbec.SIGNATURE_ATTRIBUTE) {
    @Override
    ItemFormat format() {
      return Ddbec.using(TestTables.provider());
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
    TableEncryption unheardOfIsUnsigned() {
      return encryption();
    }

    @Override
    StoredFormat other() {
      return DDBEC;
    }
  };

  private static final TableInfo PEOPLE = TableInfo.of(TestTables.PEOPLE, TableIndex.of("id"));

  final String signature;

  StoredFormat(String signature) {
    this.signature = signature;
  }

  abstract ItemFormat format();

  /** A table whose attribute {@code :unheard-of} is unsigned, though no action names it. */
  abstract TableEncryption unheardOfIsUnsigned();

  abstract StoredFormat other();

  TableEncryption encryption() {
    return reading(format());
  }

  /** The same table, as it is while its items move to this format. */
  TableEncryption reading(ItemFormat... formats) {
    return TableEncryption.of(PEOPLE)
        .actions(
            AttributeActions.encryptAndSign()
                .with("city", CryptoAction.SIGN_ONLY)
                .with("note", CryptoAction.DO_NOTHING))
        .writes(format())
        .reads(formats)
        .build();
  }
}
