package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.materials.AsyncCryptographicMaterialsProvider;
import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.DecryptionMaterials;
import io.github.itemseal.materials.EncryptionMaterials;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class TableEncryptionTest {
  private static final TableInfo PEOPLE = TableInfo.of("People", TableIndex.of("id"));
  private static final Ddbec DDBEC =
      Ddbec.using(
          StaticMaterialsProvider.builder()
              .encryptionKey(TestKeys.aes(256))
              .signingKeys(SigningKeys.mac(TestKeys.hmac()))
              .build());

  private static TableEncryption.Builder people(AttributeActions actions) {
    return TableEncryption.of(PEOPLE).actions(actions).writes(DDBEC);
  }

  @Test
  void build_keyToBeEncrypted_throws() {
    AttributeActions actions =
        AttributeActions.encryptAndSign().with("id", CryptoAction.ENCRYPT_AND_SIGN);
    assertThatThrownBy(() -> people(actions).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'id' is a key of the table and cannot be encrypted");
  }

  @Test
  void withTable_describedLater_keyToBeEncryptedThrows() {
    TableEncryption encryption =
        TableEncryption.of(TableInfo.named("People"))
            .actions(AttributeActions.encryptAndSign().with("id", CryptoAction.ENCRYPT_AND_SIGN))
            .writes(DDBEC)
            .build();
    assertThatThrownBy(() -> encryption.withTable(PEOPLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'id' is a key");
  }

  @Test
  void build_actionTheFormatDoesNotKnow_throws() {
    AttributeActions actions =
        AttributeActions.encryptAndSign()
            .with("a", CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT);
    assertThatThrownBy(() -> people(actions).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT: use SIGN_ONLY");
  }

  @Test
  void build_readsWithoutWhatIsWritten_throws() {
    assertThatThrownBy(
            () -> people(AttributeActions.encryptAndSign()).reads(Plaintext.readable()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'People' writes DDBEC but does not read it");
  }

  @Test
  void build_formatReadTwice_throws() {
    assertThatThrownBy(() -> people(AttributeActions.encryptAndSign()).reads(DDBEC, DDBEC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("DDBEC is named twice");
  }

  @Test
  void build_defaults_readWhatIsWrittenUnderTheTablesName() {
    TableEncryption encryption = people(AttributeActions.encryptAndSign()).build();
    assertThat(encryption.reads()).containsExactly(DDBEC);
    assertThat(encryption.logicalTableName()).isEqualTo("People");
  }

  @Test
  void itemEncryptor_keysUnknown_throwsWithTheFix() {
    TableEncryption encryption =
        TableEncryption.of(TableInfo.named("People"))
            .actions(AttributeActions.encryptAndSign())
            .writes(DDBEC)
            .build();
    assertThatThrownBy(() -> ItemEncryptor.of(encryption))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keys of table 'People' are unknown")
        .hasMessageContaining("refreshIndexedAttributes");
  }

  @Test
  void itemEncryptor_secondaryIndexKey_isSignedOnlyUnlessNamed() {
    TableInfo indexed =
        TableInfo.of(
            "People",
            TableIndex.of("id"),
            SecondaryIndex.global("byEmail", TableIndex.of("email"), IndexProjection.all()),
            SecondaryIndex.global("byToken", TableIndex.of("token"), IndexProjection.all()));
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(indexed)
                .actions(
                    AttributeActions.encryptAndSign().with("token", CryptoAction.ENCRYPT_AND_SIGN))
                .writes(DDBEC)
                .build());
    assertThat(encryptor.actions().actionFor("id")).isEqualTo(CryptoAction.SIGN_ONLY);
    assertThat(encryptor.actions().actionFor("email")).isEqualTo(CryptoAction.SIGN_ONLY);
    assertThat(encryptor.actions().actionFor("token")).isEqualTo(CryptoAction.ENCRYPT_AND_SIGN);
    assertThat(encryptor.actions().actionFor("ssn")).isEqualTo(CryptoAction.ENCRYPT_AND_SIGN);
  }

  @Test
  void build_writesWhatIsForReadingOnly_throws() {
    assertThatThrownBy(
            () ->
                TableEncryption.of(PEOPLE)
                    .actions(AttributeActions.encryptAndSign())
                    .writes(Plaintext.readable())
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("say Plaintext.writable()");
  }

  @Test
  void decryptItem_projectionOfATableWithoutActions_isReturned() {
    ItemEncryptor encryptor =
        ItemEncryptor.of(people(AttributeActions.withDefault(CryptoAction.DO_NOTHING)).build());
    Map<String, AttributeValue> part = Map.of("note", AttributeValue.fromS("x"));
    assertThat(encryptor.decryptItem(part)).isEqualTo(part);
  }

  @Test
  void encryptItem_keySourceWithoutKeys_throwsMismatch() {
    CryptographicMaterialsProvider none =
        new CryptographicMaterialsProvider() {
          @Override
          public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
            return null;
          }

          @Override
          public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
            return null;
          }
        };
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(PEOPLE)
                .actions(AttributeActions.encryptAndSign())
                .writes(Ddbec.using(none))
                .build());
    assertThatThrownBy(() -> encryptor.encryptItem(Map.of("id", AttributeValue.fromS("1"))))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("has no keys for the item of table 'People'");
  }

  @Test
  void encryptItemAsync_callerChangesItsMapMeanwhile_sealsTheItemThatWasChecked() {
    CompletableFuture<EncryptionMaterials> pending = new CompletableFuture<>();
    StaticMaterialsProvider keys =
        StaticMaterialsProvider.builder()
            .encryptionKey(TestKeys.aes(256))
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build();
    AsyncCryptographicMaterialsProvider slow =
        new AsyncCryptographicMaterialsProvider() {
          @Override
          public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
              EncryptionContext context) {
            return pending;
          }

          @Override
          public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
              EncryptionContext context) {
            return keys.decryptionMaterialsAsync(context);
          }
        };
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(PEOPLE)
                .actions(AttributeActions.encryptAndSign())
                .writes(Ddbec.using(slow))
                .build());
    Map<String, AttributeValue> item = new HashMap<>(Map.of("id", AttributeValue.fromS("1")));

    CompletableFuture<Map<String, AttributeValue>> sealed = encryptor.encryptItemAsync(item);
    item.clear();
    pending.complete(keys.encryptionMaterials(EncryptionContext.builder().build()));

    assertThat(encryptor.decryptItemAsync(sealed.join()).join())
        .isEqualTo(Map.of("id", AttributeValue.fromS("1")));
  }
}
