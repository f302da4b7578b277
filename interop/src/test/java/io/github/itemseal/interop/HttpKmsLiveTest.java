package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.EncryptionContext;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.DirectKmsMaterialProvider;
import com.amazonaws.services.kms.model.GenerateDataKeyRequest;
import com.amazonaws.services.kms.model.GenerateDataKeyResult;
import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.RandomItems;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * The old Java client, the Python client and both of our KMS providers at one KMS server, each
 * reading what each wrote, under keys of every type. The items hold nothing about which the old
 * clients disagree; for that see {@link PythonClientLiveTest}.
 *
 * <p>The system property {@code itemseal.interop.kms.items} says how many items each pair gets;
 * every one costs two requests. {@code itemseal.interop.seed} repeats a run.
 */
class HttpKmsLiveTest {
  private static final int ITEMS = Integer.getInteger("itemseal.interop.kms.items", 50);
  private static final String OLD = "Java client " + OldClient.version();
  private static final String PYTHON = PythonClientLiveTest.PEER;
  private static final String ITEMSEAL = "Itemseal";
  private static final String ASYNC = "Itemseal async";
  private static final List<String> NAMES = List.of(OLD, PYTHON, ITEMSEAL, ASYNC);

  private static HttpKms kms;
  private static PythonClient python;
  private static Map<String, KmsParty> parties;
  private static String key;
  private static String otherKey;

  @BeforeAll
  static void start() {
    kms = HttpKms.start();
    python = PythonClient.start();
    key = kms.createKey();
    otherKey = kms.createKey();
    parties =
        Map.of(
            OLD, KmsParty.oldClient(kms),
            PYTHON, KmsParty.python(kms, python),
            ITEMSEAL, KmsParty.itemseal(kms),
            ASYNC, KmsParty.asyncItemseal(kms));
  }

  @AfterAll
  static void stop() {
    if (python != null) {
      python.close();
    }
    if (kms != null) {
      kms.close();
    }
  }

  static List<String> readers() {
    return NAMES;
  }

  static Stream<Arguments> pairs() {
    return NAMES.stream()
        .flatMap(writer -> NAMES.stream().map(reader -> Arguments.of(writer, reader)));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("pairs")
  void decryptItem_writtenByAnyParty_isTheItem(String writer, String reader) {
    long seed = Long.getLong("itemseal.interop.seed", new Random().nextLong());
    RandomItems items = new RandomItems(seed);
    Random keys = new Random(~seed);
    for (int i = 0; i < ITEMS; i++) {
      KeyShape shape = KeyShape.values()[i % KeyShape.values().length];
      KmsParty.Table table = table(shape);
      Map<String, AttributeValue> item = shape.keysOf(items.item(), keys);
      PythonDisagreement.Repaired agreed =
          PythonDisagreement.without(
              EnumSet.allOf(PythonDisagreement.class), item, items.actionsFor(item));
      AttributeActions actions = actions(table, agreed.actions());

      Map<String, AttributeValue> stored =
          parties.get(writer).encryptItem(table, actions, agreed.item());

      assertThat(CanonicalItems.of(parties.get(reader).decryptItem(table, actions, stored)))
          .as("%s -> %s, %s, seed %d, item %d", writer, reader, shape, seed, i)
          .isEqualTo(CanonicalItems.of(agreed.item()));
    }
    InteropReport.add(
        new InteropReport.Row(
            "AWS KMS over HTTP (" + HttpKms.NAME + ")",
            "table keys " + Arrays.toString(KeyShape.values()),
            writer,
            reader,
            ITEMS,
            ITEMS,
            seed,
            Map.of()));
  }

  @Test
  void decrypt_contextChanged_serverItselfRefuses() {
    GenerateDataKeyResponse dataKey =
        kms.client()
            .generateDataKey(
                request ->
                    request.keyId(key).numberOfBytes(32).encryptionContext(Map.of("pk", "p")));

    assertThat(
            kms.client()
                .decrypt(
                    request ->
                        request
                            .ciphertextBlob(dataKey.ciphertextBlob())
                            .encryptionContext(Map.of("pk", "p")))
                .plaintext())
        .isEqualTo(dataKey.plaintext());
    assertThatThrownBy(
            () ->
                kms.client()
                    .decrypt(
                        request ->
                            request
                                .ciphertextBlob(dataKey.ciphertextBlob())
                                .encryptionContext(Map.of("pk", "q"))))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readers")
  void decryptItem_keyAttributeChanged_isRefusedByAll(String reader) {
    for (String writer : NAMES) {
      for (KeyShape shape : KeyShape.values()) {
        Map<String, AttributeValue> stored = new LinkedHashMap<>(stored(writer, shape));
        stored.put(
            RandomItems.PARTITION_KEY,
            switch (shape.partition) {
              case 'S' -> AttributeValue.fromS("other");
              case 'N' -> AttributeValue.fromN("77");
              default -> AttributeValue.fromB(SdkBytes.fromUtf8String("other"));
            });

        assertContextRefused(writer, reader, table(shape), stored);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readers")
  void decryptItem_asOfAnotherTable_isRefusedByAll(String reader) {
    for (String writer : NAMES) {
      assertContextRefused(
          writer, reader, table(KeyShape.S_N).named("Other"), stored(writer, KeyShape.S_N));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readers")
  void decryptItem_writtenUnderAnotherKmsKey_isRefusedByItemsealAlone(String reader) {
    for (String writer : NAMES) {
      Map<String, AttributeValue> stored = stored(writer, KeyShape.S_N);
      KmsParty.Table configured = table(KeyShape.S_N).under(otherKey);
      if (reader.equals(OLD) || reader.equals(PYTHON)) {
        // They name no key when they decrypt: any that the caller may use will do.
        assertThat(decrypted(reader, configured, stored)).isEqualTo(item(KeyShape.S_N));
      } else {
        // This server answers "access denied" where AWS answers "incorrect key".
        assertThatThrownBy(() -> decrypted(reader, configured, stored))
            .as("%s -> %s", writer, reader)
            .isInstanceOf(MaterialsUnavailableException.class)
            .hasMessageContaining("AWS KMS gave no data key")
            .hasCauseInstanceOf(KmsException.class);
      }
    }
  }

  @Test
  void decryptItem_setOfAllowedKeys_isCheckedAgainstTheServersAnswer() {
    Map<String, AttributeValue> stored = stored(PYTHON, KeyShape.S_N);

    assertThatThrownBy(
            () -> decrypted(KmsSettings.forKey(otherKey).decryptsWith(Set.of(otherKey)), stored))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("not of the configured KMS key")
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.MATERIALS_MISMATCH);
    assertThat(decrypted(KmsSettings.forKey(otherKey).decryptsWith(Set.of(key, otherKey)), stored))
        .isEqualTo(item(KeyShape.S_N));
    assertThat(decrypted(KmsSettings.forKey(otherKey).decryptsWithAnyKey(), stored))
        .isEqualTo(item(KeyShape.S_N));
  }

  /** As its versions before the end of 2016 did, which took bits for bytes. */
  @Test
  void decryptItem_oldClientAskedFor256Bytes_isRead() {
    KmsParty.Table table = table(KeyShape.S_N);
    OldClient asOf2016 =
        new OldClient(
            new DirectKmsMaterialProvider(kms.sdk1Client(), key) {
              @Override
              protected GenerateDataKeyResult generateDataKey(
                  GenerateDataKeyRequest request, EncryptionContext context) {
                return super.generateDataKey(request.withNumberOfBytes(256), context);
              }
            },
            table.name(),
            table.partitionKey(),
            table.sortKey());
    Map<String, AttributeValue> stored = asOf2016.encryptItem(item(KeyShape.S_N), encrypted(table));

    for (String reader : NAMES) {
      assertThat(decrypted(reader, table, stored)).as(reader).isEqualTo(item(KeyShape.S_N));
    }
  }

  private static void assertContextRefused(
      String writer, String reader, KmsParty.Table table, Map<String, AttributeValue> stored) {
    Class<? extends RuntimeException> type =
        switch (NAMES.indexOf(reader)) {
          case 0 -> com.amazonaws.services.kms.model.InvalidCiphertextException.class;
          case 1 -> PythonClient.Refused.class;
          default -> ItemAuthenticationException.class;
        };
    assertThatThrownBy(() -> decrypted(reader, table, stored))
        .as("%s -> %s, %s", writer, reader, table)
        .isInstanceOf(type)
        .hasMessageContaining(
            switch (NAMES.indexOf(reader)) {
              case 0 -> "InvalidCiphertext";
              case 1 -> "UnwrappingError: Failed to unwrap";
              default -> "failed authentication";
            });
  }

  private static Map<String, AttributeValue> stored(String writer, KeyShape shape) {
    KmsParty.Table table = table(shape);
    return parties.get(writer).encryptItem(table, encrypted(table), item(shape));
  }

  private static Map<String, AttributeValue> decrypted(
      String reader, KmsParty.Table table, Map<String, AttributeValue> stored) {
    return parties.get(reader).decryptItem(table, encrypted(table), stored);
  }

  private static Map<String, AttributeValue> decrypted(
      KmsSettings.Builder settings, Map<String, AttributeValue> stored) {
    KmsParty.Table table = table(KeyShape.S_N);
    return KmsParty.itemseal(
            table,
            encrypted(table),
            Ddbec.using(KmsMaterialsProvider.of(kms.client(), settings.build())))
        .decryptItem(stored);
  }

  private static Map<String, AttributeValue> item(KeyShape shape) {
    Map<String, AttributeValue> item = shape.keysOf(Map.of(), new Random(1));
    item.put("a", AttributeValue.fromS("x"));
    return item;
  }

  private static KmsParty.Table table(KeyShape shape) {
    return new KmsParty.Table(
        Tables.NAME,
        RandomItems.PARTITION_KEY,
        shape.sort == '-' ? null : RandomItems.SORT_KEY,
        key);
  }

  private static AttributeActions encrypted(KmsParty.Table table) {
    return actions(table, AttributeActions.encryptAndSign());
  }

  /** With something signed in every item: see {@link NoActionsTest}. */
  private static AttributeActions actions(KmsParty.Table table, AttributeActions actions) {
    AttributeActions signing =
        actions.takesNoActions()
            ? actions.with(table.partitionKey(), CryptoAction.SIGN_ONLY)
            : actions;
    return table.sortKey() == null
        ? signing.withIndexKeys(table.partitionKey())
        : signing.withIndexKeys(table.partitionKey(), table.sortKey());
  }

  /** Types of the partition and the sort key. */
  private enum KeyShape {
    S_N('S', 'N'),
    N_NONE('N', '-'),
    B_S('B', 'S'),
    S_B('S', 'B'),
    B_N('B', 'N');

    private final char partition;
    private final char sort;

    KeyShape(char partition, char sort) {
      this.partition = partition;
      this.sort = sort;
    }

    /** A copy of the item with keys of these types. */
    Map<String, AttributeValue> keysOf(Map<String, AttributeValue> item, Random random) {
      Map<String, AttributeValue> result = new LinkedHashMap<>(item);
      result.remove(RandomItems.SORT_KEY);
      result.put(RandomItems.PARTITION_KEY, key(partition, random));
      if (sort != '-') {
        result.put(RandomItems.SORT_KEY, key(sort, random));
      }
      return result;
    }

    /** Numbers as DynamoDB answers them, of at most 28 digits. */
    private static AttributeValue key(char type, Random random) {
      return switch (type) {
        case 'S' -> AttributeValue.fromS("é\uD83D\uDE00\n " + random.nextLong());
        case 'N' -> {
          BigDecimal number = BigDecimal.valueOf(random.nextLong(), random.nextInt(25));
          yield AttributeValue.fromN(number.stripTrailingZeros().toPlainString());
        }
        default -> {
          byte[] bytes = new byte[1 + random.nextInt(40)];
          random.nextBytes(bytes);
          yield AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
        }
      };
    }

    @Override
    public String toString() {
      return sort == '-' ? "" + partition : partition + " and " + sort;
    }
  }
}
