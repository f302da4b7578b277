package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.materials.MetaStore;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.Descriptions;
import io.github.itemseal.testing.RandomItems;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The key table of the old Java client, the Python client and this library in DynamoDB Local: the
 * rows of each are used by each, to write items with the newest version and to read those of every
 * version. The items hold nothing about which the old clients disagree.
 *
 * <p>The system property {@code itemseal.interop.store.items} says how many items each pair of
 * writer and reader gets under the rows of each; {@code itemseal.interop.seed} repeats a run.
 */
class MetaStoreLiveTest {
  private static final int ITEMS = Integer.getInteger("itemseal.interop.store.items", 50);
  private static final int VERSIONS = 2;
  private static final String TABLE = "MaterialKeys";
  private static final String OLD = "Java client " + OldClient.version();
  private static final String PYTHON = PythonClientLiveTest.PEER;
  private static final String ITEMSEAL = "Itemseal";
  private static final List<String> NAMES = List.of(OLD, PYTHON, ITEMSEAL);

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB =
      LocalDynamoDbExtension.withAccessKeyId("testkey"); // as the other clients sign

  private static DynamoDbClient client;
  private static PythonClient python;
  private static Map<String, StoreParty> parties;

  private final long seed = Long.getLong("itemseal.interop.seed", new Random().nextLong());

  @BeforeAll
  static void start() {
    python = PythonClient.start();
    client = DYNAMO_DB.client();
    MetaStore.createTable(client, TABLE);
    String region = Region.EU_WEST_1.id();
    parties =
        Map.of(
            OLD, StoreParty.oldClient(DYNAMO_DB.endpoint(), region, TABLE),
            PYTHON, StoreParty.python(python, DYNAMO_DB.endpoint(), region, TABLE),
            ITEMSEAL, StoreParty.itemseal(client, TABLE));
  }

  @AfterAll
  static void stop() {
    if (python != null) {
      python.close();
    }
  }

  static Stream<Arguments> roles() {
    return NAMES.stream()
        .flatMap(
            rows ->
                NAMES.stream()
                    .flatMap(
                        writer ->
                            NAMES.stream().map(reader -> Arguments.of(rows, writer, reader))));
  }

  @ParameterizedTest(name = "rows of {0}: {1} -> {2}")
  @MethodSource("roles")
  void decryptItem_underRowsOfAnyParty_isTheItem(String rows, String writer, String reader) {
    String material = "テスト %s, %s, %s".formatted(rows, writer, reader);
    RandomItems items = new RandomItems(seed);
    StoreParty.Items readers = parties.get(reader).items(material);
    for (int version = 0; version < VERSIONS; version++) {
      parties.get(rows).newVersion(material);
      StoreParty.Items writers = parties.get(writer).items(material);
      for (int i = version; i < ITEMS; i += VERSIONS) {
        Map<String, AttributeValue> item = items.item();
        AttributeActions drawn =
            items.actionsFor(item).with(RandomItems.PARTITION_KEY, CryptoAction.SIGN_ONLY);
        PythonDisagreement.Repaired agreed =
            PythonDisagreement.without(EnumSet.allOf(PythonDisagreement.class), item, drawn);
        AttributeActions actions =
            agreed.actions().withIndexKeys(RandomItems.PARTITION_KEY, RandomItems.SORT_KEY);

        Map<String, AttributeValue> stored = writers.encryptItem(actions, agreed.item());

        assertThat(Descriptions.of(stored))
            .containsEntry("amzn-ddb-meta-id", material + "#" + version);
        assertThat(CanonicalItems.of(readers.decryptItem(actions, stored)))
            .as("%s, seed %d, version %d, item %d", material, seed, version, i)
            .isEqualTo(CanonicalItems.of(agreed.item()));
      }
    }
    InteropReport.add(
        new InteropReport.Row(
            "MetaStore in DynamoDB Local",
            "rows of " + rows,
            writer,
            reader,
            ITEMS,
            ITEMS,
            seed,
            Map.of()));
  }
}
