package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;

class AsyncBranchKeyStoreTest extends BranchKeyStoreContract {
  @Override
  BranchKeysUnderTest store(Setup setup) {
    return BranchKeysUnderTest.of(
        BranchKeyStore.builder(probe.watch(asyncClient), setup.kms().asyncClient())
            .tableName(setup.table())
            .logicalName(setup.logicalName())
            .protectedBy(setup.protection())
            .clock(clock)
            .build());
  }

  @Test
  void createTable_bothCapacities_areAsAsked() {
    assertThat(
            BranchKeyStore.createTable(asyncClient, "OnDemand")
                .join()
                .tableDescription()
                .billingModeSummary()
                .billingMode())
        .isEqualTo(BillingMode.PAY_PER_REQUEST);
    assertThat(
            BranchKeyStore.createTable(
                    asyncClient,
                    "Provisioned",
                    ProvisionedThroughput.builder()
                        .readCapacityUnits(3L)
                        .writeCapacityUnits(2L)
                        .build())
                .join()
                .tableDescription()
                .provisionedThroughput()
                .readCapacityUnits())
        .isEqualTo(3);
  }

  @Test
  void createTable_existing_failsWithCause() {
    String table = newTable();
    assertThatThrownBy(
            () -> BranchKeysUnderTest.join(BranchKeyStore.createTable(asyncClient, table)))
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.subject().format()).contains("DBE"))
        .hasCauseInstanceOf(ResourceInUseException.class);
  }

  /** A KMS that never answers. */
  private record SilentKms(List<CompletableFuture<?>> asked) implements KmsAsyncClient {
    @Override
    public CompletableFuture<GenerateDataKeyWithoutPlaintextResponse>
        generateDataKeyWithoutPlaintext(GenerateDataKeyWithoutPlaintextRequest request) {
      CompletableFuture<GenerateDataKeyWithoutPlaintextResponse> answer = new CompletableFuture<>();
      asked.add(answer);
      return answer;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private BranchKeyStore.Async over(SilentKms kms) {
    return BranchKeyStore.builder(probe.watch(asyncClient), kms)
        .tableName("T")
        .protectedBy(BranchKeyProtection.kmsKey("arn:aws:kms:eu-west-1:000000000000:key/1234abcd"))
        .build();
  }

  @Test
  void createKey_cancelled_cancelsItsCallAndMakesNoOther() {
    SilentKms kms = new SilentKms(new ArrayList<>());
    CompletableFuture<BranchKeyVersion> created = over(kms).createKey();
    assertThat(created).isNotDone();
    created.cancel(true);
    assertThat(kms.asked).singleElement().matches(CompletableFuture::isCancelled);
    assertThat(probe.requests()).isEmpty();
  }

  @Test
  void createKey_callCancelledByTheClient_isCancelledAndNoFailureOfTheStore() {
    SilentKms kms = new SilentKms(new ArrayList<>());
    CompletableFuture<BranchKeyVersion> created = over(kms).createKey();
    kms.asked.get(0).cancel(true);
    assertThat(created).isCancelled();
  }
}
