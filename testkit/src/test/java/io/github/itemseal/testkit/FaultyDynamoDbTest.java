package io.github.itemseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@ParameterizedClass
@ValueSource(booleans = {false, true})
class FaultyDynamoDbTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("a"), "n", AttributeValue.fromN("10.50"));

  @Parameter boolean async;

  private final OneItemDynamoDb database = new OneItemDynamoDb();
  private final FaultyDynamoDb faults = FaultyDynamoDb.seeded(1);
  private final DynamoDbClient blocking = faults.over(database);
  private final DynamoDbAsyncClient asynchronous = faults.over(database.async());

  private void put() {
    PutItemRequest request = PutItemRequest.builder().tableName("T").item(ITEM).build();
    if (async) {
      join(asynchronous.putItem(request));
    } else {
      blocking.putItem(request);
    }
  }

  private Map<String, AttributeValue> get() {
    return async
        ? join(asynchronous.getItem(get -> get.tableName("T").key(Map.of()))).item()
        : blocking.getItem(get -> get.tableName("T").key(Map.of())).item();
  }

  private void transact() {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder()
            .transactItems(write -> write.put(put -> put.tableName("T").item(ITEM)))
            .build();
    if (async) {
      join(asynchronous.transactWriteItems(request));
    } else {
      blocking.transactWriteItems(request);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  @Test
  void put_noCommand_isDoneOnce() {
    put();
    assertThat(database.writes()).isOne();
    assertThat(get()).isEqualTo(ITEM);
  }

  @Test
  void put_answerLost_isDoneAndFails() {
    faults.next("PutItem", DynamoDbFault.ANSWER_LOST);
    assertThatThrownBy(this::put)
        .isInstanceOf(SdkClientException.class)
        .hasMessageContaining("before the answer came");
    assertThat(database.writes()).isOne();
    put();
    assertThat(database.writes()).isEqualTo(2);
    assertThat(faults.count(DynamoDbFault.ANSWER_LOST)).isOne();
  }

  @Test
  void put_retried_isDoneTwice() {
    faults.next("PutItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED);
    put();
    assertThat(database.writes()).isEqualTo(2);
  }

  @Test
  void put_retriedAndRefused_tellsOfTwoAttempts() {
    faults.next("PutItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED);
    database.refuseFrom(2);
    assertThat(catchThrowableOfType(ConditionalCheckFailedException.class, this::put).numAttempts())
        .isEqualTo(2);
  }

  @Test
  void put_retriedBelowTheSdk_tellsNothing() {
    faults.next("PutItem", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    database.refuseFrom(2);
    assertThat(catchThrowableOfType(ConditionalCheckFailedException.class, this::put).numAttempts())
        .isEqualTo(1);
    assertThat(database.writes()).isOne();
  }

  @Test
  void transact_retriedBelowTheSdk_sendsTheSameToken() {
    faults.next("TransactWriteItems", DynamoDbFault.ANSWER_LOST_AND_RETRIED_BELOW_SDK);
    transact();
    assertThat(database.tokens()).hasSize(2).doesNotContainNull();
    assertThat(database.tokens().get(0)).isEqualTo(database.tokens().get(1));
  }

  @Test
  void put_throttled_isNotDoneAndSaysWhy() {
    faults.next("PutItem", DynamoDbFault.THROTTLED);
    faults.next("PutItem", DynamoDbFault.THROUGHPUT_EXCEEDED);
    ThrottlingException throttled = catchThrowableOfType(ThrottlingException.class, this::put);
    assertThat(throttled.throttlingReasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.reason()).isEqualTo("TableWriteAccountLimitExceeded");
              assertThat(reason.resource()).endsWith(":table/T");
            });
    assertThat(throttled.isThrottlingException()).isTrue();
    assertThat(
            catchThrowableOfType(ProvisionedThroughputExceededException.class, this::put)
                .throttlingReasons())
        .singleElement()
        .satisfies(
            reason ->
                assertThat(reason.reason()).isEqualTo("TableWriteProvisionedThroughputExceeded"));
    assertThat(database.writes()).isZero();
  }

  @Test
  void nth_thirdCall_meetsTheFaultAndNoOther() {
    put();
    faults.nth(3, "PutItem", DynamoDbFault.THROTTLED);
    put();
    get();
    put();
    assertThatThrownBy(this::put).isInstanceOf(ThrottlingException.class);
    put();
    assertThatThrownBy(() -> faults.nth(0, "PutItem", DynamoDbFault.THROTTLED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("number 1");
  }

  @Test
  void sometimes_ofOneOperation_isAsProbableAsCommandedAndTheSameForASeed() {
    faults.sometimes(0.25, DynamoDbFault.THROTTLED, "PutItem");
    List<Boolean> first = thousandCalls(faults);
    assertThat(faults.count(DynamoDbFault.THROTTLED)).isBetween(200, 300);
    FaultyDynamoDb twin = FaultyDynamoDb.seeded(1);
    twin.sometimes(0.25, DynamoDbFault.THROTTLED, "PutItem");
    assertThat(thousandCalls(twin)).isEqualTo(first);
    assertThat(get()).isNotEmpty();
    assertThatThrownBy(() -> twin.sometimes(0.8, DynamoDbFault.ANSWER_LOST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exceed 1");
  }

  private List<Boolean> thousandCalls(FaultyDynamoDb faulty) {
    DynamoDbClient client = faulty.over(database);
    List<Boolean> throttled = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      try {
        client.putItem(put -> put.tableName("T").item(ITEM));
        throttled.add(false);
      } catch (ThrottlingException e) {
        throttled.add(true);
      }
    }
    return throttled;
  }

  @Test
  void holdNext_answerIsLate_callerWaitsAfterExecution() throws Exception {
    HeldAnswer held = faults.holdNext("PutItem");
    CompletableFuture<Void> call = CompletableFuture.runAsync(this::put);
    held.arrived().get(30, TimeUnit.SECONDS);
    assertThat(database.writes()).isOne();
    assertThat(call).isNotDone();
    held.release();
    call.get(30, TimeUnit.SECONDS);
    put(); // is not held
    assertThat(database.writes()).isEqualTo(2);
  }

  @Test
  void holdNext_failure_isLateToo() throws Exception {
    database.refuseFrom(1);
    HeldAnswer held = faults.holdNext("PutItem");
    CompletableFuture<Void> call = CompletableFuture.runAsync(this::put);
    held.arrived().get(30, TimeUnit.SECONDS);
    held.release();
    assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ConditionalCheckFailedException.class);
  }

  @Test
  void holdNext_blockedThreadIsInterrupted_ends() throws Exception {
    faults.holdNext("PutItem");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> blocking.putItem(put -> put.tableName("T").item(ITEM)))
        .isInstanceOf(AbortedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void dropConditionImages_ofCallAndTransaction_showNoItem() {
    database.refuseFrom(1);
    assertThat(catchThrowableOfType(ConditionalCheckFailedException.class, this::put).item())
        .isNotEmpty();
    faults.dropConditionImages();
    ConditionalCheckFailedException refused =
        catchThrowableOfType(ConditionalCheckFailedException.class, this::put);
    assertThat(refused.hasItem()).isFalse();
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ConditionalCheckFailedException");
    assertThat(
            catchThrowableOfType(TransactionCanceledException.class, this::transact)
                .cancellationReasons())
        .singleElement()
        .satisfies(
            reason -> {
              assertThat(reason.hasItem()).isFalse();
              assertThat(reason.code()).isEqualTo("ConditionalCheckFailed");
            });
    faults.heal();
    assertThat(catchThrowableOfType(ConditionalCheckFailedException.class, this::put).item())
        .isNotEmpty();
  }

  @Test
  void canonicalizeValues_ofAnswersAndFailures_rewritesNumbers() {
    put();
    faults.canonicalizeValues();
    assertThat(get()).containsEntry("n", AttributeValue.fromN("10.5"));
    database.refuseFrom(1);
    assertThat(catchThrowableOfType(ConditionalCheckFailedException.class, this::put).item())
        .containsEntry("n", AttributeValue.fromN("10.5"));
    assertThat(
            catchThrowableOfType(TransactionCanceledException.class, this::transact)
                .cancellationReasons()
                .get(0)
                .item())
        .containsEntry("n", AttributeValue.fromN("10.5"));
  }

  @Test
  void paginatorAndOtherMethods_goThroughTheFaultsOrToTheClient() {
    put();
    faults.canonicalizeValues();
    assertThat(blocking.queryPaginator(query -> query.tableName("T")).stream())
        .extracting(QueryResponse::count)
        .containsExactly(1);
    assertThat(blocking.queryPaginator(query -> query.tableName("T")).items())
        .singleElement()
        .satisfies(item -> assertThat(item.get("n").n()).isEqualTo("10.5"));
    assertThat(blocking.serviceName()).isEqualTo("dynamodb");
    assertThat(Set.of(blocking)).contains(blocking).doesNotContain(database);
    assertThat(blocking.toString()).startsWith("FaultyDynamoDb over ");
    blocking.close();
    assertThat(database.closed()).isTrue();
  }
}
