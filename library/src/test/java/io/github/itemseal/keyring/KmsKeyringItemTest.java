package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testkit.InMemoryKms;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whole items under KMS keys: what KMS is asked, and that it binds the item's table and key. */
class KmsKeyringItemTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("pk", AttributeValue.fromS("p"), "ssn", AttributeValue.fromS("secret"));

  private final InMemoryKms kms = InMemoryKms.create();
  private final String first = kms.createKey();
  private final String second = kms.createKey();

  private Keyring keyring(String key) {
    return KmsKeyring.of(kms.client(), KmsKeyringSettings.forKey(key).build());
  }

  private AsyncKeyring asyncKeyring(String key) {
    return KmsKeyring.of(kms.asyncClient(), KmsKeyringSettings.forKey(key).build());
  }

  private static ItemEncryptor encryptor(String table, Dbe format) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(table, TableIndex.of("pk")))
            .actions(AttributeActions.encryptAndSign().with("pk", CryptoAction.SIGN_ONLY))
            .writes(format)
            .build());
  }

  @Test
  void oneKey_blockingAndAsync_eachReadsTheOtherWithOneCall() {
    ItemEncryptor encryptor = encryptor("T", Dbe.using(keyring(first), asyncKeyring(first)));
    Map<String, AttributeValue> stored = encryptor.encryptItem(ITEM);
    assertThat(encryptor.decryptItemAsync(stored).join()).isEqualTo(ITEM);
    assertThat(encryptor.decryptItem(encryptor.encryptItemAsync(ITEM).join())).isEqualTo(ITEM);
    assertThat(kms.calls())
        .extracting(InMemoryKms.Call::operation)
        .containsExactly("GenerateDataKey", "Decrypt", "GenerateDataKey", "Decrypt");
    assertThat(kms.calls().get(0).encryptionContext())
        .containsEntry("aws-crypto-table-name", "T")
        .containsEntry("aws-crypto-partition-name", "pk")
        .containsKeys("aws-crypto-attr.pk", "aws-crypto-public-key");
  }

  @Test
  void severalKeys_eachAlone_reads() {
    ItemEncryptor writer =
        encryptor("T", Dbe.using(MultiKeyring.of(keyring(first), keyring(second))));
    Map<String, AttributeValue> stored = writer.encryptItem(ITEM);
    assertThat(kms.calls())
        .extracting(InMemoryKms.Call::operation)
        .containsExactly("GenerateDataKey", "GenerateDataKey");
    assertThat(encryptor("T", Dbe.using(keyring(second))).decryptItem(stored)).isEqualTo(ITEM);
    assertThat(encryptor("T", Dbe.using(keyring(first))).decryptItem(stored)).isEqualTo(ITEM);
    assertThat(kms.calls()).hasSize(4);
  }

  @Test
  void decryptItem_ofAnotherTable_throwsAuthentication() {
    Map<String, AttributeValue> stored =
        encryptor("T", Dbe.using(keyring(first))).encryptItem(ITEM);
    ItemEncryptor other = encryptor("U", Dbe.using(keyring(first)));
    assertThatThrownBy(() -> other.decryptItem(stored))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }
}
