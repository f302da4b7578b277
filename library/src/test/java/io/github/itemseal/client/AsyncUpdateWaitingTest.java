package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.ReadSettings;
import io.github.itemseal.keyring.AsyncKeyring;
import io.github.itemseal.keyring.DecryptionMaterials;
import io.github.itemseal.keyring.EncryptionMaterials;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Where an asynchronous safe update waits, it holds up no thread, and cancelling it cancels what it
 * waits for. The executor runs its tasks when the test says so, and nothing answers by itself.
 */
class AsyncUpdateWaitingTest {
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("ann"));

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Silent dynamoDb = new Silent();
  private final CompletableFuture<Void> pause = new CompletableFuture<>();
  private final List<Duration> pauses = new ArrayList<>();
  private int changes;

  /** A DynamoDB that does not answer. */
  private static final class Silent implements DynamoDbAsyncClient {
    final List<CompletableFuture<GetItemResponse>> reads = new ArrayList<>();
    final List<CompletableFuture<UpdateItemResponse>> writes = new ArrayList<>();

    @Override
    public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
      reads.add(new CompletableFuture<>());
      return reads.get(reads.size() - 1);
    }

    @Override
    public CompletableFuture<UpdateItemResponse> updateItem(UpdateItemRequest request) {
      writes.add(new CompletableFuture<>());
      return writes.get(writes.size() - 1);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  /** A keyring that does not answer. */
  private static final class SilentKeyring implements AsyncKeyring {
    final CompletableFuture<EncryptionMaterials> pending = new CompletableFuture<>();

    @Override
    public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
      return pending;
    }

    @Override
    public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
      return new CompletableFuture<>();
    }
  }

  private CompletableFuture<UpdatedItem> start(TableEncryption encryption) {
    ProtectedTable table =
        new ProtectedTable(
            encryption.table(), ItemEncryptor.of(encryption), new ReadSettings(false, false));
    SafeUpdates updates =
        new SafeUpdates(
            uses -> Step.done(name -> Optional.of(table)),
            new AsyncUpdateCalls(
                new AsyncItemIo(
                    dynamoDb,
                    tasks::add,
                    delay -> {
                      pauses.add(delay);
                      return pause;
                    })),
            UpdateRetry.standard());
    ItemUpdate update =
        ItemUpdate.of(
                PEOPLE,
                KEY,
                item -> {
                  changes++;
                  return item;
                })
            .createIfAbsent()
            .build();
    return AsyncFlow.start(updates.update(update), tasks::add);
  }

  private CompletableFuture<UpdatedItem> start() {
    return start(TestTables.encryption(TableInfo.of(PEOPLE, TableIndex.of("id"))));
  }

  /** Lets the executor work until it has nothing to do. */
  private void work() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  private void answerRead() {
    dynamoDb.reads.get(dynamoDb.reads.size() - 1).complete(GetItemResponse.builder().build());
  }

  /** Another writer created the item. */
  private void refuseWrite() {
    ConditionalCheckFailedException failure =
        ConditionalCheckFailedException.builder().item(KEY).numAttempts(1).build();
    dynamoDb.writes.get(dynamoDb.writes.size() - 1).completeExceptionally(failure);
  }

  @Test
  void update_ofACaller_doesNothingOnTheCallersThread() {
    CompletableFuture<UpdatedItem> update = start();
    assertThat(dynamoDb.reads).isEmpty();
    work();
    assertThat(dynamoDb.reads).hasSize(1);
    assertThat(update).isNotDone();
  }

  @Test
  void update_answered_doesNothingOnTheThreadOfTheAnswer() {
    CompletableFuture<UpdatedItem> update = start();
    work();
    answerRead();
    assertThat(changes).isZero();
    work();
    assertThat(changes).isOne();
    dynamoDb.writes.get(0).complete(UpdateItemResponse.builder().build());
    assertThat(update).isNotDone();
    work();
    assertThat(update.join().written()).isTrue();
  }

  @Test
  void update_refused_triesAgainAfterThePause() {
    CompletableFuture<UpdatedItem> update = start();
    work();
    answerRead();
    work();
    refuseWrite();
    work();
    assertThat(pauses).hasSize(1);
    assertThat(dynamoDb.reads).hasSize(1);
    pause.complete(null);
    work();
    assertThat(dynamoDb.reads).hasSize(2);
    assertThat(update).isNotDone();
  }

  @Test
  void cancel_beforeAnything_sendsNothing() {
    start().cancel(true);
    work();
    assertThat(dynamoDb.reads).isEmpty();
  }

  @Test
  void cancel_whileReading_cancelsTheRead() {
    CompletableFuture<UpdatedItem> update = start();
    work();
    update.cancel(true);
    assertThat(dynamoDb.reads.get(0)).isCancelled();
  }

  @Test
  void cancel_whileWaitingForAKey_cancelsThatRequest() {
    SilentKeyring keyring = new SilentKeyring();
    CompletableFuture<UpdatedItem> update =
        start(
            TableEncryption.of(TableInfo.of(PEOPLE, TableIndex.of("id")))
                .actions(AttributeActions.encryptAndSign())
                .writes(Dbe.using(keyring))
                .build());
    work();
    answerRead();
    work();
    update.cancel(true);
    work();
    assertThat(keyring.pending).isCancelled();
    assertThat(dynamoDb.writes).isEmpty();
  }

  @Test
  void cancel_whileWriting_cancelsTheWrite() {
    CompletableFuture<UpdatedItem> update = start();
    work();
    answerRead();
    work();
    update.cancel(true);
    assertThat(dynamoDb.writes.get(0)).isCancelled();
    work();
    assertThat(pauses).isEmpty();
  }

  @Test
  void cancel_betweenTwoAttempts_startsNoOther() {
    CompletableFuture<UpdatedItem> update = start();
    work();
    answerRead();
    work();
    refuseWrite();
    work();
    update.cancel(true);
    assertThat(pause).isCancelled();
    work();
    assertThat(dynamoDb.reads).hasSize(1);
  }

  @Test
  void cancel_inTheSecondAttempt_cancelsItsRead() {
    CompletableFuture<UpdatedItem> update = start();
    work();
    answerRead();
    work();
    refuseWrite();
    work();
    pause.complete(null);
    work();
    update.cancel(true);
    assertThat(dynamoDb.reads.get(1)).isCancelled();
  }
}
