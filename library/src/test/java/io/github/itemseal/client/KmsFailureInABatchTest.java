package io.github.itemseal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import io.github.itemseal.testkit.InMemoryKms;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.KmsException;

/** AWS KMS fails at the third of five items: nothing is sent, nothing is returned. */
class KmsFailureInABatchTest {
  private static final int ITEMS = 5;
  private static final int FAILS_AT = 3;

  /** Denied, throttled, disabled, too slow, down. */
  static Stream<RuntimeException> failures() {
    return Stream.of(
        KmsException.builder().statusCode(400).message("AccessDeniedException").build(),
        KmsException.builder().statusCode(429).message("ThrottlingException").build(),
        DisabledException.builder().message("disabled").build(),
        ApiCallTimeoutException.create(1),
        SdkClientException.create("connection refused"));
  }

  /** Passes requests on until it is told to fail. */
  private static final class FailingKms implements KmsClient {
    private final KmsClient kms;
    private int callsLeft = Integer.MAX_VALUE;
    private RuntimeException failure = new IllegalStateException();

    FailingKms(KmsClient kms) {
      this.kms = kms;
    }

    void failAt(int call, RuntimeException failure) {
      this.callsLeft = call - 1;
      this.failure = failure;
    }

    private <Q, R> R call(Function<Q, R> operation, Q request) {
      if (callsLeft-- == 0) {
        throw failure;
      }
      return operation.apply(request);
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
      return call(kms::generateDataKey, request);
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      return call(kms::decrypt, request);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private final InMemoryKms memory = InMemoryKms.create();
  private final FailingKms kms = new FailingKms(memory.client());
  private final RecordingDynamoDb dynamoDb =
      new RecordingDynamoDb()
          .answer(BatchWriteItemRequest.class, q -> BatchWriteItemResponse.builder().build());
  private final EncryptedDynamoDbClient client =
      EncryptedDynamoDbClient.builder()
          .client(dynamoDb)
          .table(
              TableEncryption.of(TableInfo.of("T", TableIndex.of("id")))
                  .actions(AttributeActions.encryptAndSign())
                  .writes(
                      Ddbec.using(
                          KmsMaterialsProvider.of(
                              kms, KmsSettings.forKey(memory.createKey()).build())))
                  .build())
          .build();

  private static Map<String, List<WriteRequest>> batch() {
    return Map.of(
        "T",
        IntStream.range(0, ITEMS)
            .mapToObj(
                i ->
                    Map.of(
                        "id", AttributeValue.fromS("" + i),
                        "ssn", AttributeValue.fromS("secret-value")))
            .map(item -> PutRequest.builder().item(item).build())
            .map(put -> WriteRequest.builder().putRequest(put).build())
            .toList());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void batchWriteItem_kmsFailsInTheMiddle_sendsNothing(RuntimeException failure) {
    kms.failAt(FAILS_AT, failure);
    assertThatThrownBy(() -> client.batchWriteItem(b -> b.requestItems(batch())))
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_SOURCE_FAILED))
        .hasMessageNotContaining("secret-value")
        .hasCause(failure);
    assertThat(dynamoDb.calls()).isEmpty();
    assertThat(memory.calls()).hasSize(FAILS_AT - 1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void scan_kmsFailsInTheMiddle_returnsNothing(RuntimeException failure) {
    client.batchWriteItem(b -> b.requestItems(batch()));
    BatchWriteItemRequest sent = (BatchWriteItemRequest) dynamoDb.calls().get(0);
    dynamoDb.answer(
        ScanRequest.class,
        q ->
            ScanResponse.builder()
                .items(
                    sent.requestItems().get("T").stream().map(w -> w.putRequest().item()).toList())
                .build());
    assertThat(client.scan(s -> s.tableName("T")).items()).hasSize(ITEMS);
    kms.failAt(FAILS_AT, failure);
    assertThatThrownBy(() -> client.scan(s -> s.tableName("T")))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("gave no data key for the item of table 'T'")
        .hasCause(failure);
  }
}
