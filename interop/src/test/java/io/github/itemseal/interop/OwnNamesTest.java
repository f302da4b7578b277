package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.DynamoDBEncryptor;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.utils.EncryptionContextOperators;
import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.RandomItems;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The old client with everything overridden that it lets its users override: both attribute names,
 * the description base, and the table name.
 */
class OwnNamesTest {
  private static final int ITEMS = 50;
  private static final String DESCRIPTION = "~description";
  private static final String SIGNATURE = "~signature";
  private static final String BASE = "my-base-";

  static List<ProviderPair> pairs() {
    return ProviderPair.all().stream()
        // Their description names the algorithm under the usual base.
        .filter(pair -> !pair.name().matches("wrapped AES-256, SHA(384|512).*|.*ECDSA"))
        .toList();
  }

  private static OldClient oldClient(ProviderPair pair) {
    DynamoDBEncryptor encryptor = DynamoDBEncryptor.getInstance(pair.old(), BASE);
    encryptor.setMaterialDescriptionFieldName(DESCRIPTION);
    encryptor.setSignatureFieldName(SIGNATURE);
    encryptor.setEncryptionContextOverrideOperator(
        EncryptionContextOperators.overrideEncryptionContextTableName("Restored", Tables.NAME));
    return new OldClient(encryptor, "Restored", RandomItems.PARTITION_KEY, RandomItems.SORT_KEY);
  }

  private static ItemEncryptor itemseal(ProviderPair pair, AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(
                TableInfo.of(
                    "Restored", TableIndex.of(RandomItems.PARTITION_KEY, RandomItems.SORT_KEY)))
            .actions(actions)
            .writes(
                Ddbec.using(pair.ours())
                    .readsPythonDialect(false)
                    .attributeNames(DESCRIPTION, SIGNATURE)
                    .descriptionBase(BASE))
            .logicalTableName(Tables.NAME)
            .build());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void items_underOwnNames_areReadByBothSides(ProviderPair pair) {
    long seed = new Random().nextLong();
    System.out.println("OwnNamesTest " + pair + " seed " + seed);
    RandomItems items = new RandomItems(seed);
    OldClient old = oldClient(pair);
    for (int i = 0; i < ITEMS; i++) {
      Map<String, AttributeValue> item = items.item();
      AttributeActions actions =
          pair.encrypts()
              ? items.actionsFor(item).with("pk", CryptoAction.SIGN_ONLY)
              : AttributeActions.withDefault(CryptoAction.SIGN_ONLY);
      ItemEncryptor ours = itemseal(pair, actions);

      Map<String, AttributeValue> stored = old.encryptItem(item, ours.actions());
      assertThat(stored).containsKey(SIGNATURE).doesNotContainKey(Ddbec.SIGNATURE_ATTRIBUTE);
      assertThat(CanonicalItems.of(ours.decryptItem(stored)))
          .as("seed %d item %d", seed, i)
          .isEqualTo(CanonicalItems.of(item));

      Map<String, AttributeValue> read = old.decryptItem(ours.encryptItem(item), ours.actions());
      read.keySet().removeAll(Set.of(DESCRIPTION, SIGNATURE));
      assertThat(CanonicalItems.of(read))
          .as("seed %d item %d", seed, i)
          .isEqualTo(CanonicalItems.of(item));
    }
  }
}
