package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.TestKeys;
import java.util.Map;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The changes of keys that docs/keys.md describes. */
class KeyChangeTest {
  private static final SecretKey NEW_MAC = TestKeys.hmac("HmacSHA512");
  private static final Map<String, AttributeValue> ITEM =
      Map.of("pk", AttributeValue.fromS("p"), "ssn", AttributeValue.fromS("078-05-1120"));

  private static LocalMaterialsProvider ofYear(String year, int bits) {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(TestKeys.aes(bits))
        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
        .materialDescription(Map.of("keys", year))
        .build();
  }

  private static ItemEncryptor encryptor(LocalMaterialsProvider provider) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.encryptAndSign())
            .writes(Ddbec.using(provider))
            .build());
  }

  private record ByYear(LocalMaterialsProvider old, LocalMaterialsProvider current)
      implements LocalMaterialsProvider {
    @Override
    public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
      return current.encryptionMaterials(context);
    }

    @Override
    public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
      boolean isOld = context.materialDescription().get("keys").filter("2025"::equals).isPresent();
      return (isOld ? old : current).decryptionMaterials(context);
    }
  }

  @Test
  void provider_thatChoosesByDescription_readsBothAndWritesTheNew() {
    LocalMaterialsProvider old = ofYear("2025", 128);
    LocalMaterialsProvider current = ofYear("2026", 256);
    ItemEncryptor both = encryptor(new ByYear(old, current));
    assertThat(both.decryptItem(encryptor(old).encryptItem(ITEM))).isEqualTo(ITEM);
    assertThat(both.decryptItem(both.encryptItem(ITEM))).isEqualTo(ITEM);
    assertThat(encryptor(current).decryptItem(both.encryptItem(ITEM))).isEqualTo(ITEM);
    assertThatThrownBy(() -> encryptor(old).decryptItem(both.encryptItem(ITEM)))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void signingKeys_twoMacs_readTheOldAndWriteTheNew() {
    SecretKey aes = TestKeys.aes(256);
    Map<String, AttributeValue> stored =
        encryptor(staticKeys(aes, SigningKeys.mac(TestKeys.hmac()))).encryptItem(ITEM);
    ItemEncryptor changing = encryptor(staticKeys(aes, SigningKeys.of(NEW_MAC, TestKeys.hmac())));
    assertThat(changing.decryptItem(stored)).isEqualTo(ITEM);
    assertThat(
            encryptor(staticKeys(aes, SigningKeys.mac(NEW_MAC)))
                .decryptItem(changing.encryptItem(ITEM)))
        .isEqualTo(ITEM);
  }

  private static LocalMaterialsProvider staticKeys(SecretKey aes, SigningKeys signingKeys) {
    return StaticMaterialsProvider.builder().encryptionKey(aes).signingKeys(signingKeys).build();
  }
}
