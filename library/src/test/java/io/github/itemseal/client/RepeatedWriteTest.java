package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.BlockingFlow;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.ReadSettings;
import io.github.itemseal.internal.request.TableLookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A write whose answer is lost: the SDK sends it again, and DynamoDB, where it succeeded already,
 * says that its condition fails.
 */
class RepeatedWriteTest {
  /** One item, which every update writes although the answer says otherwise. */
  private static final class Unlucky implements DynamoDbClient {
    final Map<String, AttributeValue> stored = new HashMap<>();
    final int sent;
    int writes;

    Unlucky(int sent) {
      this.sent = sent;
    }

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
      return GetItemResponse.builder().item(stored).build();
    }

    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
      if (writes++ > 0) {
        return UpdateItemResponse.builder().build();
      }
      Matcher set = Pattern.compile("(#\\w+)=(:\\w+)").matcher(request.updateExpression());
      while (set.find()) {
        stored.put(
            request.expressionAttributeNames().get(set.group(1)),
            request.expressionAttributeValues().get(set.group(2)));
      }
      throw ConditionalCheckFailedException.builder().item(stored).numAttempts(sent).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  /** The same, asynchronous. */
  private record AsyncUnlucky(Unlucky client) implements DynamoDbAsyncClient {
    @Override
    public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
      return CompletableFuture.completedFuture(client.getItem(request));
    }

    @Override
    public CompletableFuture<UpdateItemResponse> updateItem(UpdateItemRequest request) {
      return Futures.of(() -> CompletableFuture.completedFuture(client.updateItem(request)));
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static UpdatedItem update(Unlucky client, List<Duration> pauses, boolean async) {
    ProtectedTable table =
        new ProtectedTable(
            TableInfo.of(PEOPLE, TableIndex.of("id")),
            ItemEncryptor.of(TestTables.encryption(TableInfo.of(PEOPLE, TableIndex.of("id")))),
            new ReadSettings(false, false));
    client.stored.putAll(
        table
            .encryptor()
            .encryptItem(
                Map.of("id", AttributeValue.fromS("ann"), "count", AttributeValue.fromN("1"))));
    ItemUpdate update =
        ItemUpdate.of(
                PEOPLE,
                Map.of("id", AttributeValue.fromS("ann")),
                SafeUpdateFixture.increment("count"))
            .build();
    UpdateRetry retry = UpdateRetry.standard().random(() -> 0.5);
    TableLookup tables = name -> Optional.of(table);
    if (!async) {
      UpdateCalls calls = new BlockingUpdateCalls(client, uses -> tables, pauses::add);
      return BlockingFlow.run(new SafeUpdates(calls, retry).update(update));
    }
    UpdateCalls calls =
        new AsyncUpdateCalls(
            new AsyncItemIo(new AsyncUnlucky(client), Runnable::run),
            uses -> CompletableFuture.completedFuture(tables),
            delay -> {
              pauses.add(delay);
              return CompletableFuture.completedFuture(null);
            });
    return CancellableStages.join(
        AsyncFlow.start(new SafeUpdates(calls, retry).update(update), Runnable::run));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void update_writtenButAnsweredAsFailure_isNotAppliedTwice(boolean async) {
    Unlucky client = new Unlucky(2);
    List<Duration> pauses = new ArrayList<>();
    UpdatedItem updated = update(client, pauses, async);
    assertThat(updated.item()).containsEntry("count", AttributeValue.fromN("2"));
    assertThat(client.writes).isOne();
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void update_refusedAtTheFirstSending_isAnothersWrite(boolean async) {
    Unlucky client = new Unlucky(1);
    List<Duration> pauses = new ArrayList<>();
    UpdatedItem updated = update(client, pauses, async);
    assertThat(updated.item()).containsEntry("count", AttributeValue.fromN("3"));
    assertThat(pauses).containsExactly(Duration.ofMillis(5)); // half of the first 10 ms
  }
}
