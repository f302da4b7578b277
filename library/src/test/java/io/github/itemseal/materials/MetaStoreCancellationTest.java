package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.PendingKms;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.InMemoryKms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** What becomes of the call under way when a future of a MetaStore is cancelled. */
class MetaStoreCancellationTest {
  private static final Map<String, AttributeValue> KEY =
      Map.of("N", AttributeValue.fromS("orders"), "V", AttributeValue.fromN("0"));

  private final PendingDynamoDb dynamoDb = new PendingDynamoDb();
  private final MetaStore.Async store =
      MetaStore.builder(dynamoDb)
          .tableName("Keys")
          .protectedBy(
              WrappedMaterialsProvider.builder()
                  .wrappingKey(TestKeys.aes(256))
                  .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                  .build())
          .build();

  @Test
  void provider_cancelledWhileTheRowIsRead_cancelsTheCall() {
    store.provider("orders", 0).cancel(true);
    assertThat(dynamoDb.reads).hasSize(1);
    assertThat(dynamoDb.reads.get(0)).isCancelled();
  }

  @Test
  void getOrCreate_cancelledWhileTheRowIsWritten_cancelsTheCallAndMakesNoOther() {
    CompletableFuture<MetaStoreMaterialsProvider> created = store.getOrCreate("orders", 0);
    dynamoDb.reads.get(0).complete(GetItemResponse.builder().build());
    assertThat(dynamoDb.writes).hasSize(1);
    created.cancel(true);
    assertThat(dynamoDb.writes.get(0)).isCancelled();
    assertThat(dynamoDb.reads).hasSize(1);
  }

  @Test
  void newProvider_cancelledWhileTheNewestIsSought_writesNothing() {
    CompletableFuture<MetaStoreMaterialsProvider> created = store.newProvider("orders");
    created.cancel(true);
    assertThat(dynamoDb.queries.get(0)).isCancelled();
    assertThat(dynamoDb.writes).isEmpty();
  }

  @Test
  void versions_cancelledOnTheSecondPage_cancelsItsCall() {
    CompletableFuture<List<Long>> versions = store.versions("orders");
    dynamoDb.queries.get(0).complete(QueryResponse.builder().lastEvaluatedKey(KEY).build());
    assertThat(dynamoDb.queries).hasSize(2);
    versions.cancel(true);
    assertThat(dynamoDb.queries.get(1)).isCancelled();
  }

  @Test
  void provider_cancelledWhileItsKeysAreDecrypted_cancelsTheRequestToKms() {
    PendingKms kms = new PendingKms();
    KmsSettings settings = KmsSettings.forKey(InMemoryKms.create().createKey()).build();
    CompletableFuture<MetaStoreMaterialsProvider> provider =
        MetaStore.builder(dynamoDb)
            .tableName("Keys")
            .protectedBy(KmsMaterialsProvider.of(kms, settings))
            .build()
            .provider("orders", 0);
    dynamoDb.reads.get(0).complete(GetItemResponse.builder().item(rowUnderKms()).build());
    assertThat(kms.reads()).hasSize(1);
    provider.cancel(true);
    assertThat(kms.reads().get(0)).isCancelled();
  }

  /** A row that a data key of KMS protects. */
  private static Map<String, AttributeValue> rowUnderKms() {
    InMemoryKms kms = InMemoryKms.create();
    KmsSettings settings = KmsSettings.forKey(kms.createKey()).build();
    return ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("Keys", TableIndex.of("N", "V")))
                .actions(AttributeActions.encryptAndSign())
                .writes(Ddbec.using(KmsMaterialsProvider.of(kms.client(), settings)))
                .build())
        .encryptItem(KEY);
  }

  /** A DynamoDB that answers when the test does. */
  private static final class PendingDynamoDb implements DynamoDbAsyncClient {
    private final List<CompletableFuture<GetItemResponse>> reads = new ArrayList<>();
    private final List<CompletableFuture<PutItemResponse>> writes = new ArrayList<>();
    private final List<CompletableFuture<QueryResponse>> queries = new ArrayList<>();

    @Override
    public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
      return added(reads);
    }

    @Override
    public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
      return added(writes);
    }

    @Override
    public CompletableFuture<QueryResponse> query(QueryRequest request) {
      return added(queries);
    }

    private static <T> CompletableFuture<T> added(List<CompletableFuture<T>> calls) {
      calls.add(new CompletableFuture<>());
      return calls.get(calls.size() - 1);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
