package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.MostRecentProviders.Setup;
import io.github.itemseal.materials.MostRecentProviders.Subject;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.FakeClock;
import io.github.itemseal.testing.RecordedEvents;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A caching most-recent provider of either kind, over a MetaStore on DynamoDB Local. */
@Timeout(120)
@ParameterizedClass
@EnumSource(MostRecentProviders.class)
abstract class MostRecentFixture {
  static final Duration TTL = Duration.ofMinutes(10);
  static final Duration GRACE = Duration.ofMillis(500);
  static final Duration BEYOND = TTL.plus(GRACE).plusMillis(1);
  static final String NAME = "orders";
  private static final AtomicInteger TABLES = new AtomicInteger();

  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  final DynamoDbClient client = DYNAMO_DB.client();
  final FakeClock clock = new FakeClock();
  final RecordedEvents events = new RecordedEvents();
  final DynamoDbProbe probe = new DynamoDbProbe();
  final CountingProvider rowKeys = new CountingProvider(rowKeysOfEverybody());

  @Parameter MostRecentProviders kind;

  String table;

  /** Another process: an own client, own caches. */
  MetaStore elsewhere;

  Subject subject;

  @BeforeEach
  void createTable() {
    table = "Keys" + TABLES.incrementAndGet();
    MetaStore.createTable(client, table);
    elsewhere =
        MetaStore.builder(client).tableName(table).protectedBy(rowKeysOfEverybody()).build();
    subject = subject(new Setup(table));
  }

  final Subject subject(Setup setup) {
    return kind.subject(this, setup);
  }

  static WrappedMaterialsProvider rowKeysOfEverybody() {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(TestKeys.aes(256))
        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
        .build();
  }

  static ItemEncryptor encryptor(Ddbec format) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("Items", TableIndex.of("id")))
            .actions(AttributeActions.encryptAndSign())
            .writes(format)
            .build());
  }

  static Map<String, AttributeValue> item(int i) {
    return Map.of("id", AttributeValue.fromS("item" + i), "x", AttributeValue.fromN("" + i));
  }

  static int versionOf(Map<String, AttributeValue> stored) {
    String description = stored.get("*amzn-ddb-map-desc*").b().asUtf8String();
    int at = description.indexOf(NAME + "#") + NAME.length() + 1;
    return description.charAt(at) - '0'; // versions of these tests have one digit
  }

  void reset() {
    probe.reset();
    rowKeys.reset();
  }

  void assertCalls(int queries, int gets, int puts, int rowDecryptions) {
    assertThat(
            List.of(
                probe.count(QueryRequest.class),
                probe.count(GetItemRequest.class),
                probe.count(PutItemRequest.class),
                rowKeys.decryptions()))
        .as("queries, gets, puts, decryptions of rows")
        .containsExactly(queries, gets, puts, rowDecryptions);
  }
}
