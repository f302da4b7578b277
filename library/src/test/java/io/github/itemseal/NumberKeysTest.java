package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.KmsKeyring;
import io.github.itemseal.keyring.KmsKeyringSettings;
import io.github.itemseal.keyring.StaticBranchKeys;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import io.github.itemseal.testkit.InMemoryKms;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Numbers as keys, in every notation that DynamoDB takes: what is written as one text and read as
 * another of the same number opens, where keys are bound to it.
 */
class NumberKeysTest {
  private static final List<List<String>> NOTATIONS =
      List.of(
          List.of("20", "20.0", "2E1", "020", "+20"),
          List.of("10000000000", "1.0E10", "1e+10"),
          List.of("1.5", "1.50", "01.5", "15E-1"),
          List.of("0.001", "1E-3", ".001", "0.0010"),
          List.of("0", "-0", "0.00", "0E5"),
          List.of("-7.25", "-7.250", "-725e-2"));

  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey();

  private static Stream<Arguments> writtenAndRead() {
    return NOTATIONS.stream()
        .flatMap(
            texts ->
                texts.stream()
                    .flatMap(written -> texts.stream().map(read -> Arguments.of(written, read))));
  }

  private ItemEncryptor encryptor(ItemFormat format) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk", "sk")))
            .actions(AttributeActions.encryptAndSign())
            .writes(format)
            .build());
  }

  private ItemEncryptor ddbec(KmsSettings settings) {
    return encryptor(
        Ddbec.using(
            KmsMaterialsProvider.of(kms.client(), settings),
            KmsMaterialsProvider.of(kms.asyncClient(), settings)));
  }

  private static Map<String, AttributeValue> itemAt(String sortKey) {
    return Map.of(
        "pk", AttributeValue.fromN("1.0"),
        "sk", AttributeValue.fromN(sortKey),
        "a", AttributeValue.fromS("secret"));
  }

  private static Map<String, AttributeValue> at(
      String sortKey, Map<String, AttributeValue> stored) {
    Map<String, AttributeValue> changed = new HashMap<>(stored);
    changed.put("sk", AttributeValue.fromN(sortKey));
    return changed;
  }

  private static void assertOpens(ItemEncryptor encryptor, String written, String read) {
    Map<String, AttributeValue> expected = itemAt(read);
    assertThat(encryptor.decryptItem(at(read, encryptor.encryptItem(itemAt(written)))))
        .isEqualTo(expected);
    assertThat(
            encryptor
                .decryptItemAsync(at(read, encryptor.encryptItemAsync(itemAt(written)).join()))
                .join())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("writtenAndRead")
  void ddbecUnderKms_anyNotation_opensInAnyOther(String written, String read) {
    assertOpens(ddbec(KmsSettings.forKey(key).build()), written, read);
  }

  @ParameterizedTest
  @MethodSource("writtenAndRead")
  void dbeUnderKms_anyNotation_opensInAnyOther(String written, String read) {
    ItemFormat format =
        Dbe.using(
            KmsKeyring.of(kms.client(), KmsKeyringSettings.forKey(key).build()),
            KmsKeyring.of(kms.asyncClient(), KmsKeyringSettings.forKey(key).build()));
    assertOpens(encryptor(format), written, read);
  }

  /** The old clients bound what the application wrote; such an item may lie in a file. */
  @Test
  void ddbecUnderKms_boundToTheTextOfAnOldClient_opensWhereTheTextIsThat() {
    KmsSettings old =
        KmsSettings.forKey(key)
            .encryptionContext(
                (context, entries) -> {
                  Map<String, String> bound = new HashMap<>(entries);
                  bound.put("pk", "1.0");
                  bound.put("sk", "1.50");
                  return bound;
                })
            .build();
    Map<String, AttributeValue> stored = ddbec(old).encryptItem(itemAt("1.50"));
    ItemEncryptor reader = ddbec(KmsSettings.forKey(key).build());

    assertThat(reader.decryptItem(stored)).isEqualTo(itemAt("1.50"));
    assertThat(reader.decryptItemAsync(stored).join()).isEqualTo(itemAt("1.50"));
    assertThatThrownBy(() -> reader.decryptItem(at("1.5", stored)))
        .isInstanceOf(ItemAuthenticationException.class);
  }

  /** What chooses a key by a number must see the same number when the item is read. */
  @Test
  void keySources_anyNotation_seeCanonicalNumbers() {
    CopyOnWriteArraySet<String> seen = new CopyOnWriteArraySet<>();
    KmsSettings byNumber =
        KmsSettings.forKeyOf(
                context -> {
                  seen.add(context.attributes().get("sk").n());
                  return key;
                })
            .build();
    Keyring byBranch =
        HierarchicalKeyring.builder(
                StaticBranchKeys.of(BranchKey.of("b", new UUID(0, 1), Map.of(), new byte[32])))
            .ttl(Duration.ofMinutes(1))
            .branchKeyIdSupplier(
                attributes -> {
                  seen.add(attributes.get("sk").n());
                  return "b";
                })
            .build();

    for (ItemEncryptor encryptor : List.of(ddbec(byNumber), encryptor(Dbe.using(byBranch)))) {
      encryptor.decryptItem(at("1.5", encryptor.encryptItem(itemAt("1.50"))));
    }

    assertThat(seen).containsExactly("1.5");
  }
}
