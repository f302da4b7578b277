package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.internal.value.DynamoDbEquality;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.RandomExpressions;
import io.github.itemseal.testing.RandomExpressions.Request;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The same update through a plain client and through the one of typed tables, in both formats,
 * blocking and asynchronous: the same item, or the same kind of refusal. More of them with {@code
 * -Dexpressions.cases=20000}, the same again with {@code -Dexpressions.seed=…}.
 */
class UpdateDifferentialTest {
  private static final String PLAIN = "Plain";
  private static final int CASES = Integer.getInteger("expressions.cases", 200);

  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private final long seed = Long.getLong("expressions.seed", new Random().nextLong());
  private final DynamoDbClient raw = DYNAMO_DB.client();
  private final DynamoDbAsyncClient rawAsync = DYNAMO_DB.asyncClient();

  /** A way to update, and the client that reads what it wrote. */
  private record Way(String table, DynamoDbClient items, Consumer<UpdateItemRequest> update) {}

  /** What became of a request: an item, or the kind of the refusal. */
  private record Outcome(String kind, Map<String, AttributeValue> item) {}

  @Test
  void updateItem_random_doesAsThePlainClient() {
    System.out.println("UpdateDifferentialTest: seed " + seed + ", " + CASES + " cases");
    Way plain = new Way(PLAIN, raw, raw::updateItem);
    createTable(PLAIN);
    List<Way> encrypted =
        List.of(
            way("Ddbec", CryptoAction.ENCRYPT_AND_SIGN, ddbec(), false),
            way("Dbe", CryptoAction.ENCRYPT_AND_SIGN, dbe(), true),
            way("DdbecAsync", CryptoAction.ENCRYPT_AND_SIGN, ddbec(), true),
            way("DbeBlocking", CryptoAction.ENCRYPT_AND_SIGN, dbe(), false));
    // DynamoDB evaluates conditions on signed attributes only
    List<Way> signed =
        List.of(
            way("DdbecSigned", CryptoAction.SIGN_ONLY, ddbec(), true),
            way("DbeSigned", CryptoAction.SIGN_ONLY, dbe(), false));
    RandomExpressions random = new RandomExpressions(seed);
    int done = 0;
    for (int i = 0; i < CASES; i++) {
      Map<String, AttributeValue> item = random.item();
      Request request = random.update();
      List<Way> ways = request.condition() == null ? encrypted : signed;
      Outcome theirs = outcome(plain, item, request);
      Way way = ways.get(i % ways.size());
      Outcome ours = outcome(way, item, request);
      String what =
          "seed %s case %s in %s: %s on %s".formatted(seed, i, way.table(), request, item);
      assertThat(ours.kind()).as(what).isEqualTo(theirs.kind());
      assertThat(DynamoDbEquality.sameEntries(ours.item(), theirs.item()))
          .as("%s\nours %s\ntheirs %s", what, ours, theirs)
          .isTrue();
      done += theirs.kind().equals("done") ? 1 : 0;
    }
    System.out.println("UpdateDifferentialTest: " + done + " done, the rest refused");
    assertThat(done).as("seed %s", seed).isGreaterThan(CASES / 40);
  }

  private static Outcome outcome(Way way, Map<String, AttributeValue> item, Request request) {
    way.items().putItem(put -> put.tableName(way.table()).item(item));
    try {
      way.update()
          .accept(
              UpdateItemRequest.builder()
                  .tableName(way.table())
                  .key(RandomExpressions.KEY)
                  .updateExpression(request.expression())
                  .conditionExpression(request.condition())
                  .expressionAttributeNames(request.namesOrNull())
                  .expressionAttributeValues(request.valuesOrNull())
                  .build());
    } catch (RuntimeException e) {
      Throwable cause = e instanceof CompletionException ? e.getCause() : e;
      assertThat(cause).as("%s", request).isInstanceOf(DynamoDbException.class);
      return new Outcome(
          cause instanceof ConditionalCheckFailedException ? "condition" : "refused", Map.of());
    }
    return new Outcome(
        "done",
        way.items().getItem(get -> get.tableName(way.table()).key(RandomExpressions.KEY)).item());
  }

  private Way way(String table, CryptoAction action, ItemFormat format, boolean async) {
    createTable(table);
    TableEncryption encryption =
        TableEncryption.of(TableInfo.named(table))
            .actions(AttributeActions.withDefault(action))
            .writes(format)
            .build();
    EncryptedDynamoDbClient blocking =
        EncryptedDynamoDbClient.builder().client(raw).table(encryption).build();
    if (!async) {
      return new Way(table, blocking, new SafeUpdateClient(blocking)::updateItem);
    }
    SafeUpdateAsyncClient client =
        new SafeUpdateAsyncClient(
            EncryptedDynamoDbAsyncClient.builder().client(rawAsync).table(encryption).build());
    return new Way(table, blocking, request -> client.updateItem(request).join());
  }

  private static ItemFormat ddbec() {
    return Ddbec.using(
        WrappedMaterialsProvider.builder()
            .wrappingKey(TestKeys.aes(256))
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build());
  }

  private static ItemFormat dbe() {
    return Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)));
  }

  private void createTable(String name) {
    raw.createTable(
        request ->
            request
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH)));
  }
}
