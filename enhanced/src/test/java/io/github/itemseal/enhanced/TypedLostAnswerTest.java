package io.github.itemseal.enhanced;

import static io.github.itemseal.CryptoAction.SIGN_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.LocalDynamoDb;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.DynamoDbFault;
import io.github.itemseal.testkit.FaultyDynamoDb;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.AtomicCounterExtension;
import software.amazon.awssdk.enhanced.dynamodb.extensions.VersionedRecordExtension;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbAtomicCounter;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.enhanced.dynamodb.model.PutItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Typed updates whose answer is lost: atomic counters and versions count once, and an own write is
 * no failed version.
 */
@ParameterizedClass
@MethodSource("variants")
class TypedLostAnswerTest {
  private static final TableSchema<Tally> SCHEMA = TableSchema.fromBean(Tally.class);
  private static final List<DynamoDbEnhancedClientExtension> EXTENSIONS =
      List.of(VersionedRecordExtension.builder().build(), AtomicCounterExtension.builder().build());
  private static final String TABLE = "Tallies";

  /** All of them with {@code -Ditemseal.load=full}. */
  private static final int UPDATES =
      System.getProperty("itemseal.load", "").equals("full") ? 1200 : 80;

  private static final long SEED = Long.getLong("itemseal.seed", 16);
  private static final String[] WRITES = {"UpdateItem", "PutItem", "TransactWriteItems"};

  private static LocalDynamoDb dynamoDb;
  private static DynamoDbClient plain;
  private static DynamoDbAsyncClient plainAsync;

  private final FaultyDynamoDb faults = FaultyDynamoDb.seeded(SEED);
  private TypedTables tables;
  private TypedTables.Typed<Tally> tallies;

  /** A counter beside attributes that DynamoDB gives back otherwise than they were sent. */
  @DynamoDbBean
  public static class Tally {
    private String id;
    private Set<String> labels;
    private Double price;
    private Long visits;
    private Long version;

    @DynamoDbPartitionKey
    public String getId() {
      return id;
    }

    public void setId(String id) {
      this.id = id;
    }

    @Protection(SIGN_ONLY)
    public Set<String> getLabels() {
      return labels;
    }

    public void setLabels(Set<String> labels) {
      this.labels = labels;
    }

    @Protection(SIGN_ONLY)
    public Double getPrice() {
      return price;
    }

    public void setPrice(Double price) {
      this.price = price;
    }

    @DynamoDbAtomicCounter
    public Long getVisits() {
      return visits;
    }

    public void setVisits(Long visits) {
      this.visits = visits;
    }

    @DynamoDbVersionAttribute
    public Long getVersion() {
      return version;
    }

    public void setVersion(Long version) {
      this.version = version;
    }
  }

  /** Both formats. */
  enum Format {
    DDBEC(
        () ->
            Ddbec.using(
                WrappedMaterialsProvider.builder()
                    .wrappingKey(TestKeys.aes(256))
                    .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                    .build())),
    DBE(() -> Dbe.using(RawAesKeyring.of("tests", "aes", TestKeys.aes(256))));

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    final Supplier<ItemFormat> source;

    Format(Supplier<ItemFormat> source) {
      this.source = source;
    }
  }

  @Parameter(0)
  Format format;

  @Parameter(1)
  boolean async;

  static List<Arguments> variants() {
    List<Arguments> variants = new ArrayList<>();
    for (Format format : Format.values()) {
      variants.add(Arguments.of(format, false));
      variants.add(Arguments.of(format, true));
    }
    return variants;
  }

  @BeforeAll
  static void start() {
    dynamoDb = LocalDynamoDb.start();
    plain = dynamoDb.client();
    plainAsync = dynamoDb.asyncClient();
  }

  @AfterAll
  static void stop() {
    plainAsync.close();
    plain.close();
    dynamoDb.close();
  }

  @BeforeEach
  void open() {
    DynamoDbEnhancedClient client = DynamoDbEnhancedClient.builder().dynamoDbClient(plain).build();
    client.table(TABLE, SCHEMA).createTable();
    TableEncryption encryption =
        TableEncryption.of(TableInfo.of(TABLE, TableIndex.of("id")))
            .actions(TypedActions.of(SCHEMA))
            .writes(format.source.get())
            .build();
    faults.canonicalizeValues();
    tables =
        async
            ? AsyncTables.encrypted(faults.over(plainAsync), EXTENSIONS, encryption)
            : BlockingTables.encrypted(faults.over(plain), EXTENSIONS, encryption);
    tallies = tables.table(TABLE, SCHEMA);
    for (String id : List.of("ann", "bob")) {
      Tally tally = new Tally();
      tally.setId(id);
      tallies.put(PutItemEnhancedRequest.builder(Tally.class).item(tally).build());
    }
  }

  @AfterEach
  void deleteTable() {
    plain.deleteTable(request -> request.tableName(TABLE));
  }

  private Tally read(String id) {
    return tallies.get(Key.builder().partitionValue(id).build());
  }

  private Tally changed(String id) {
    Tally tally = read(id);
    tally.setLabels(Set.of("z", "m", "a"));
    tally.setPrice(20.0);
    return tally;
  }

  private void update(Tally tally) {
    tallies.update(UpdateItemEnhancedRequest.builder(Tally.class).item(tally).build());
  }

  private void assertCountedOnce(String id) {
    Tally tally = read(id);
    assertThat(tally.getVisits()).isEqualTo(1);
    assertThat(tally.getVersion()).isEqualTo(2);
    assertThat(tally.getLabels()).containsExactlyInAnyOrder("a", "m", "z");
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWER_LOST.*", mode = EnumSource.Mode.MATCH_ALL)
  void update_answerLost_countsOnceAndIsNoFailedVersion(DynamoDbFault fault) {
    Tally ann = changed("ann");
    faults.next("UpdateItem", fault);
    update(ann);
    assertThat(faults.count(fault)).isOne();
    assertCountedOnce("ann");
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWER_LOST.*", mode = EnumSource.Mode.MATCH_ALL)
  void update_answerLostAndNoImages_countsOnceAndIsNoFailedVersion(DynamoDbFault fault) {
    Tally ann = changed("ann");
    faults.dropConditionImages().next("UpdateItem", fault);
    update(ann);
    assertCountedOnce("ann");
  }

  @ParameterizedTest
  @EnumSource(names = "ANSWER_LOST.*", mode = EnumSource.Mode.MATCH_ALL)
  void transactWrite_answerLost_countsOnceAndIsNoFailedVersion(DynamoDbFault fault) {
    TransactWriteItemsEnhancedRequest both = both();
    faults.next("TransactWriteItems", fault);
    tables.transactWrite(both);
    assertCountedOnce("ann");
    assertCountedOnce("bob");
  }

  private TransactWriteItemsEnhancedRequest both() {
    return TransactWriteItemsEnhancedRequest.builder()
        .addUpdateItem(tallies.resource(), changed("ann"))
        .addUpdateItem(tallies.resource(), changed("bob"))
        .build();
  }

  /** Some 15 % of the answers; a half of the updates in transactions. */
  @Test
  void updates_manyAnswersLost_countExactly() {
    faults
        .sometimes(0.05, DynamoDbFault.ANSWER_LOST_AND_RETRIED, WRITES)
        .sometimes(0.1, DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK, WRITES);
    for (int i = 0; i < UPDATES / 4; i++) {
      update(changed("ann"));
      update(changed("bob"));
      tables.transactWrite(both());
    }
    int lost =
        faults.count(DynamoDbFault.ANSWER_LOST_AND_RETRIED)
            + faults.count(DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    System.out.printf(
        "TypedLostAnswerTest %s %s seed %d: %d updates, %d answers lost%n",
        format, async ? "asynchronous" : "blocking", SEED, UPDATES, lost);
    assertThat(lost).isPositive();
    for (String id : List.of("ann", "bob")) {
      assertThat(read(id).getVisits()).as("seed %d", SEED).isEqualTo(UPDATES / 2);
      assertThat(read(id).getVersion()).isEqualTo(UPDATES / 2 + 1);
    }
  }

  @Test
  void update_versionOfAnother_isStillAFailedVersion() {
    Tally old = changed("ann");
    update(changed("ann"));
    for (boolean images : new boolean[] {true, false}) {
      if (!images) {
        faults.dropConditionImages();
      }
      assertThatThrownBy(() -> update(old)).isInstanceOf(ConditionalCheckFailedException.class);
    }
    assertCountedOnce("ann");
  }
}
