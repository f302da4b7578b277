package io.github.itemseal.keyring;

import static io.github.itemseal.keyring.BranchKeysForTest.FIRST;
import static io.github.itemseal.keyring.BranchKeysForTest.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Whole items whose data keys are wrapped with branch keys, one for each tenant. */
class HierarchicalItemsTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "pk", AttributeValue.fromS("tenant-1"),
          "sk", AttributeValue.fromN("7"),
          "secret", AttributeValue.fromS("x"),
          "region", AttributeValue.fromS("eu"));

  private final List<Map<String, AttributeValue>> seen = new ArrayList<>();
  private final StaticBranchKeys keys =
      StaticBranchKeys.of(key("tenant-1", FIRST), key("tenant-2", FIRST));

  private String tenantOf(Map<String, AttributeValue> attributes) {
    seen.add(attributes);
    return attributes.get("pk").s();
  }

  private ItemEncryptor encryptor(AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk", "sk")))
            .actions(actions)
            .writes(
                Dbe.using(
                    HierarchicalKeyring.builder(keys)
                        .branchKeyIdSupplier(this::tenantOf)
                        .ttl(Duration.ofMinutes(10))
                        .build()))
            .build());
  }

  @Test
  void item_version1_supplierSeesTheKeys() {
    ItemEncryptor encryptor = encryptor(AttributeActions.encryptAndSign());
    Map<String, AttributeValue> stored = encryptor.encryptItem(ITEM);
    assertThat(stored.get("aws_dbe_head").b().asByteArray()[0]).isEqualTo((byte) 1);
    assertThat(encryptor.decryptItem(stored)).isEqualTo(ITEM);
    assertThat(encryptor.decryptItemAsync(stored).join()).isEqualTo(ITEM);
    assertThat(seen)
        .hasSize(3)
        .allSatisfy(attributes -> assertThat(attributes).containsOnlyKeys("pk", "sk"));
  }

  @Test
  void item_version2_supplierSeesContextAttributesAndNames() {
    ItemEncryptor encryptor =
        encryptor(
            AttributeActions.encryptAndSign()
                .with("pk", CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT)
                .with("sk", CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT)
                .with("region", CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT));
    Map<String, AttributeValue> stored = encryptor.encryptItemAsync(ITEM).join();
    assertThat(stored.get("aws_dbe_head").b().asByteArray()[0]).isEqualTo((byte) 2);
    assertThat(encryptor.decryptItem(stored)).isEqualTo(ITEM);
    assertThat(seen)
        .hasSize(2)
        .allSatisfy(
            attributes ->
                assertThat(attributes)
                    .containsOnlyKeys(
                        "pk",
                        "sk",
                        "region",
                        "aws_dbe_table_name",
                        "aws_dbe_partition_name",
                        "aws_dbe_sort_name")
                    .containsEntry("aws_dbe_table_name", AttributeValue.fromS("T"))
                    .containsEntry("aws_dbe_sort_name", AttributeValue.fromS("sk"))
                    .containsEntry("region", AttributeValue.fromS("eu")));
  }

  @Test
  void item_movedToAnotherTenant_isNotOpened() {
    ItemEncryptor encryptor = encryptor(AttributeActions.encryptAndSign());
    Map<String, AttributeValue> stored = new HashMap<>(encryptor.encryptItem(ITEM));
    stored.put("pk", AttributeValue.fromS("tenant-2"));
    assertThatThrownBy(() -> encryptor.decryptItem(stored))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("name other keys");
  }
}
