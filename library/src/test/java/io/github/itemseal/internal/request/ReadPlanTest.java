package io.github.itemseal.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.IndexProjection;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.Plaintext;
import io.github.itemseal.SecondaryIndex;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;

class ReadPlanTest {
  private static final String SIG = "*amzn-ddb-map-sig*";
  private static final String DESC = "*amzn-ddb-map-desc*";

  static final AttributeActions OPEN = AttributeActions.encryptAndSign();

  /** Verification needs {@code id}, {@code ssn}, {@code city} and the format's two. */
  private static final AttributeActions CLOSED =
      AttributeActions.withDefault(CryptoAction.DO_NOTHING)
          .with("ssn", CryptoAction.ENCRYPT_AND_SIGN)
          .with("city", CryptoAction.SIGN_ONLY);

  static ProtectedTable table(AttributeActions actions, boolean mayReadMore, ItemFormat... also) {
    Ddbec format =
        Ddbec.using(
            StaticMaterialsProvider.builder()
                .encryptionKey(TestKeys.aes(256))
                .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                .build());
    ItemFormat[] reads = new ItemFormat[also.length + 1];
    reads[0] = format;
    System.arraycopy(also, 0, reads, 1, also.length);
    TableInfo info =
        TableInfo.of(
            "People",
            TableIndex.of("id"),
            SecondaryIndex.global("keys", TableIndex.of("city"), IndexProjection.keysOnly()),
            SecondaryIndex.global(
                "signed", TableIndex.of("city"), IndexProjection.include("ssn", "x", SIG, DESC)),
            SecondaryIndex.local("local", TableIndex.of("id", "city"), IndexProjection.keysOnly()),
            SecondaryIndex.global("all", TableIndex.of("city"), IndexProjection.all()));
    return new ProtectedTable(
        info,
        ItemEncryptor.of(
            TableEncryption.of(info).actions(actions).writes(format).reads(reads).build()),
        new ReadSettings(mayReadMore, mayReadMore));
  }

  private static ReadPlan plan(ProtectedTable table, Consumer<QueryRequest.Builder> request) {
    QueryRequest query = QueryRequest.builder().tableName("People").applyMutation(request).build();
    return ReadPlan.of(() -> Selection.of(query), Optional.of(table));
  }

  private static Set<String> sentAttributes(ReadPlan plan) {
    Projection sent =
        Projection.of(
                plan.changed().orElseThrow().projectionExpression(),
                plan.changed().orElseThrow().names())
            .orElseThrow();
    return sent.wholeAttributes();
  }

  @Test
  void of_closedSet_widensByTheMissingNamesAndKeepsOtherPlaceholders() {
    ReadPlan plan =
        plan(
            table(CLOSED, true),
            q ->
                q.keyConditionExpression("#a0 = :id")
                    .projectionExpression("#n.given[2], x")
                    .expressionAttributeNames(Map.of("#a0", "id", "#n", "name")));
    assertThat(plan.completesItems()).isFalse();
    assertThat(sentAttributes(plan))
        .containsExactlyInAnyOrder("id", "ssn", "city", SIG, DESC, "name", "x");
    assertThat(plan.changed().orElseThrow().names())
        .containsEntry("#a0", "id")
        .doesNotContainKey("#n");
  }

  @Test
  void of_filterWithAPlaceholderThatIsNotDefined_leavesItUndefined() {
    ReadPlan plan =
        plan(
            table(CLOSED, true),
            q -> q.filterExpression("attribute_exists(#a0)").projectionExpression("x"));
    assertThat(plan.changed().orElseThrow().names()).doesNotContainKey("#a0");
    assertThat(sentAttributes(plan)).contains("x", SIG);
  }

  @Test
  void of_openSet_readsWholeItems() {
    ReadPlan plan =
        plan(
            table(OPEN, true),
            q ->
                q.select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression("#n")
                    .expressionAttributeNames(Map.of("#n", "name")));
    assertThat(plan.changed().orElseThrow().asksForParts()).isFalse();
    assertThat(plan.changed().orElseThrow().select()).isNull();
    assertThat(plan.changed().orElseThrow().namesOrNull()).isNull();
    AttributeValue name = AttributeValue.fromS("Ann");
    assertThat(plan.pickFrom(Map.of("id", name, "name", name))).isEqualTo(Map.of("name", name));
  }

  @Test
  void of_tableThatReadsPlaintextToo_readsWholeItems() {
    // A part of an encrypted item could be mistaken for a plaintext one.
    ReadPlan plan =
        plan(table(CLOSED, true, Plaintext.readable()), q -> q.projectionExpression("x"));
    assertThat(plan.changed().orElseThrow().asksForParts()).isFalse();
  }

  @Test
  void of_legacyParameter_isWidenedInTheSameParameter() {
    Condition condition =
        Condition.builder()
            .comparisonOperator(ComparisonOperator.EQ)
            .attributeValueList(AttributeValue.fromS("1"))
            .build();
    ReadPlan plan =
        plan(
            table(CLOSED, true),
            q -> q.keyConditions(Map.of("id", condition)).attributesToGet("x", "ssn"));
    assertThat(plan.changed().orElseThrow().projectionExpression()).isNull();
    assertThat(plan.changed().orElseThrow().attributesToGet())
        .containsExactlyInAnyOrder("id", "ssn", "city", SIG, DESC, "x");
  }

  @Test
  void of_moreNamesThanAnExpressionHolds_readsWholeItems() {
    AttributeActions many = CLOSED;
    for (int i = 0; i < 1000; i++) {
      many = many.with("attribute" + i, CryptoAction.SIGN_ONLY);
    }
    ReadPlan plan = plan(table(many, true), q -> q.projectionExpression("x"));
    assertThat(plan.changed().orElseThrow().projectionExpression()).isNull();
  }

  @Test
  void of_projectionOfEverythingNeeded_isSentEvenIfNothingMayBeWidened() {
    ReadPlan plan =
        plan(
            table(CLOSED, false),
            q ->
                q.projectionExpression("id, ssn, city, #s, #d, x.y")
                    .expressionAttributeNames(Map.of("#s", SIG, "#d", DESC)));
    assertThat(plan.changed()).isEmpty();
  }

  @Test
  void of_projectionThatMayNotBeWidened_isRefusedWithTheMissingNames() {
    assertThatThrownBy(
            () -> plan(table(CLOSED, false), q -> q.projectionExpression("id, city.street, x")))
        .isInstanceOfSatisfying(
            UnsupportedRequestException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.PARTIAL_ITEMS_REQUESTED))
        .hasMessageContaining(
            "missing are '*amzn-ddb-map-desc*', '*amzn-ddb-map-sig*', 'city', 'ssn'.")
        .hasMessageContaining("widensProjections");
    assertThatThrownBy(() -> plan(table(OPEN, false), q -> q.projectionExpression("id")))
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining("any attribute that is left out may be signed");
  }

  @Test
  void of_partialIndexThatMayNotBeCompleted_isRefusedWithTheMissingNames() {
    assertThatThrownBy(() -> plan(table(CLOSED, false), q -> q.indexName("keys")))
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining("The index 'keys' of table 'People' does not hold whole items")
        .hasMessageContaining("missing are '*amzn-ddb-map-desc*', '*amzn-ddb-map-sig*', 'ssn'")
        .hasMessageContaining("completesIndexReads");
  }

  @Test
  void of_indexThatHoldsEverythingNeeded_isReadAsItIs() {
    assertThat(plan(table(CLOSED, false), q -> q.indexName("signed")).changed()).isEmpty();
    ReadPlan parts =
        plan(table(CLOSED, true), q -> q.indexName("signed").projectionExpression("x"));
    assertThat(sentAttributes(parts)).contains("id", "ssn", "city", "x");
    assertThat(parts.completesItems()).isFalse();
  }

  @Test
  void of_globalPartialIndex_readsKeysAndCompletesThem() {
    ReadPlan plan = plan(table(OPEN, true), q -> q.indexName("keys"));
    assertThat(plan.completesItems()).isTrue();
    assertThat(sentAttributes(plan)).containsExactly("id");
    AttributeValue value = AttributeValue.fromS("v");
    Map<String, AttributeValue> item = Map.of("id", value, "city", value, "x", value);
    assertThat(plan.pickFrom(item)).isEqualTo(item);
    assertThat(
            plan(
                    table(OPEN, true),
                    q -> q.indexName("keys").select(Select.ALL_PROJECTED_ATTRIBUTES))
                .pickFrom(item))
        .isEqualTo(Map.of("id", value, "city", value));
  }

  @Test
  void of_localPartialIndex_letsDynamoDbFetchWholeItems() {
    ReadPlan plan = plan(table(OPEN, true), q -> q.indexName("local"));
    assertThat(plan.completesItems()).isFalse();
    assertThat(plan.changed().orElseThrow().select()).isEqualTo(Select.ALL_ATTRIBUTES);
    assertThat(
            plan(table(OPEN, false), q -> q.indexName("local").select(Select.ALL_ATTRIBUTES))
                .changed()
                .isPresent())
        .isFalse();
  }

  @Test
  void of_countAndTablesWithoutActions_areSentAsTheyAre() {
    assertThat(
            plan(table(OPEN, false), q -> q.indexName("keys").select(Select.COUNT))
                .changed()
                .isPresent())
        .isFalse();
    AttributeActions none = AttributeActions.withDefault(CryptoAction.DO_NOTHING);
    assertThat(
            plan(table(none, false), q -> q.indexName("keys").projectionExpression("x"))
                .changed()
                .isPresent())
        .isFalse();
  }

  @Test
  void of_whatDynamoDbRefuses_isSentAndItemsAreRefusedShouldItAnswer() {
    Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS("1"));
    List<Consumer<QueryRequest.Builder>> requests =
        List.of(
            q -> q.projectionExpression("x, x"),
            q -> q.projectionExpression("#undefined"),
            q -> q.projectionExpression("x").expressionAttributeNames(Map.of("#unused", "y")),
            q -> q.projectionExpression("x").attributesToGet("x"),
            q -> q.projectionExpression("x").select(Select.ALL_ATTRIBUTES),
            q -> q.projectionExpression("x").queryFilter(Map.of("x", Condition.builder().build())),
            q -> q.attributesToGet("x", "x"),
            q -> q.attributesToGet("x").filterExpression("attribute_exists(x)"),
            q -> q.select(Select.SPECIFIC_ATTRIBUTES),
            q -> q.indexName("nowhere"),
            q -> q.indexName("signed").projectionExpression("y"));
    for (int i = 0; i < requests.size(); i++) {
      ReadPlan plan = plan(table(CLOSED, true), requests.get(i));
      assertThat(plan.changed()).describedAs("request %s", i).isEmpty();
      assertThatThrownBy(() -> plan.pickFrom(item))
          .isInstanceOf(UnsupportedRequestException.class)
          .hasMessageContaining("could not be verified, and are not returned");
    }
  }
}
