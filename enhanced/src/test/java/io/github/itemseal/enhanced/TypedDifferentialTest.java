package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.enhanced.TypedTables.Typed;
import io.github.itemseal.internal.value.DynamoDbEquality;
import io.github.itemseal.testing.RandomExpressions;
import io.github.itemseal.testing.RandomExpressions.Action;
import io.github.itemseal.testing.RandomExpressions.Request;
import io.github.itemseal.testing.RandomExpressions.Update;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbExtensionContext;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.WriteModification;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactUpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.TransactWriteItemsEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.update.AddAction;
import software.amazon.awssdk.enhanced.dynamodb.update.DeleteAction;
import software.amazon.awssdk.enhanced.dynamodb.update.RemoveAction;
import software.amazon.awssdk.enhanced.dynamodb.update.SetAction;
import software.amazon.awssdk.enhanced.dynamodb.update.UpdateExpression;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The same typed update, single or in a transaction, through the SDK's enhanced client on a
 * plaintext table and through ours: an extension adds random actions to it. The same item, or both
 * refuse. More of them with {@code -Dtyped.updates=5000} for each way, the same again with {@code
 * -Dtyped.updates.seed=…}.
 */
class TypedDifferentialTest {
  private static final String PLAIN = "Plain";
  private static final int CASES = Integer.getInteger("typed.updates", 60);

  private static final TableSchema<Thing> THING =
      TableSchema.builder(Thing.class)
          .newItemSupplier(Thing::new)
          .addAttribute(
              String.class,
              id ->
                  id.name("id")
                      .getter(thing -> thing.id)
                      .setter((thing, value) -> thing.id = value)
                      .tags(StaticAttributeTags.primaryPartitionKey()))
          .build();

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private final DynamoDbClient raw = DYNAMO_DB.client();
  private final RandomActions actions = new RandomActions();

  /** Has a key and nothing else: everything else is the extension's. */
  private static final class Thing {
    private String id = "x";
  }

  /** Adds what it is told to, to every update. */
  private static final class RandomActions implements DynamoDbEnhancedClientExtension {
    private UpdateExpression next = UpdateExpression.builder().build();

    @Override
    public WriteModification beforeWrite(DynamoDbExtensionContext.BeforeWrite context) {
      return WriteModification.builder().updateExpression(next).build();
    }

    void next(Update update) {
      UpdateExpression.Builder expression = UpdateExpression.builder();
      update.actions().forEach(action -> add(expression, action, update.request()));
      next = expression.build();
    }

    private static void add(UpdateExpression.Builder expression, Action action, Request request) {
      Map<String, String> names = request.names();
      Map<String, AttributeValue> values = request.values();
      switch (action.clause()) {
        case "REMOVE" ->
            expression.addAction(
                RemoveAction.builder().path(action.path()).expressionNames(names).build());
        case "ADD" ->
            expression.addAction(
                AddAction.builder()
                    .path(action.path())
                    .value(action.value())
                    .expressionNames(names)
                    .expressionValues(values)
                    .build());
        case "DELETE" ->
            expression.addAction(
                DeleteAction.builder()
                    .path(action.path())
                    .value(action.value())
                    .expressionNames(names)
                    .expressionValues(values)
                    .build());
        default ->
            expression.addAction(
                SetAction.builder()
                    .path(action.path())
                    .value(action.value())
                    .expressionNames(names)
                    .expressionValues(values)
                    .build());
      }
    }
  }

  /** A table, the client that reads and writes its items as they are, and the typed one. */
  private record Side(String table, DynamoDbClient items, TypedTables tables) {}

  /** Whether it was refused, and what is there then. */
  private record Outcome(boolean refused, Map<String, AttributeValue> item) {}

  @ParameterizedTest
  @EnumSource
  void typedUpdates_random_doAsTheSdksOwnClient(UpdateWay way) {
    long seed = Long.getLong("typed.updates.seed", new Random().nextLong());
    System.out.println("TypedDifferentialTest " + way + ": seed " + seed + ", " + CASES + " cases");
    createTable(PLAIN + way);
    Side plain = new Side(PLAIN + way, raw, BlockingTables.plain(raw, List.of(actions)));
    Side encrypted = side(way, CryptoAction.ENCRYPT_AND_SIGN);
    Side signed = side(way, CryptoAction.SIGN_ONLY); // where conditions are DynamoDB's
    RandomExpressions random = new RandomExpressions(seed);
    for (int i = 0; i < CASES; i++) {
      Map<String, AttributeValue> item = random.item();
      Update update = random.typedUpdate();
      boolean transaction = i % 3 == 0;
      Side ours = update.request().condition() == null ? encrypted : signed;
      Outcome theirs = outcome(plain, item, update, transaction);
      Outcome actual = outcome(ours, item, update, transaction);
      String what = "%s seed %s case %s: %s on %s".formatted(way, seed, i, update, item);
      assertThat(actual.refused()).as(what).isEqualTo(theirs.refused());
      assertThat(DynamoDbEquality.sameEntries(actual.item(), theirs.item()))
          .as("%s%nours %s%ntheirs %s", what, actual, theirs)
          .isTrue();
    }
  }

  private Side side(UpdateWay way, CryptoAction action) {
    String table = way + "-" + action;
    createTable(table);
    TableEncryption encryption =
        TableEncryption.of(TableInfo.of(table, TableIndex.of("id")))
            .actions(AttributeActions.withDefault(action))
            .writes(way.format())
            .build();
    return new Side(
        table,
        EncryptedDynamoDbClient.builder().client(raw).table(encryption).build(),
        way.tables(raw, DYNAMO_DB.asyncClient(), List.of(actions), encryption));
  }

  private Outcome outcome(
      Side side, Map<String, AttributeValue> item, Update update, boolean transaction) {
    side.items().putItem(put -> put.tableName(side.table()).item(item));
    actions.next(update);
    boolean refused = false;
    try {
      update(side, condition(update.request()), transaction);
    } catch (DynamoDbException e) {
      refused = true;
    }
    return new Outcome(
        refused,
        side.items().getItem(get -> get.tableName(side.table()).key(RandomExpressions.KEY)).item());
  }

  private static void update(Side side, Expression condition, boolean transaction) {
    Typed<Thing> table = side.tables().table(side.table(), THING);
    if (transaction) {
      side.tables()
          .transactWrite(
              TransactWriteItemsEnhancedRequest.builder()
                  .addUpdateItem(
                      table.resource(),
                      TransactUpdateItemEnhancedRequest.builder(Thing.class)
                          .item(new Thing())
                          .conditionExpression(condition)
                          .build())
                  .build());
    } else {
      table.update(
          UpdateItemEnhancedRequest.builder(Thing.class)
              .item(new Thing())
              .conditionExpression(condition)
              .build());
    }
  }

  private static Expression condition(Request request) {
    return request.condition() == null
        ? null
        : Expression.builder()
            .expression(request.condition())
            .expressionNames(request.names())
            .expressionValues(request.values())
            .build();
  }

  private void createTable(String name) {
    DynamoDbEnhancedClient.builder().dynamoDbClient(raw).build().table(name, THING).createTable();
  }
}
