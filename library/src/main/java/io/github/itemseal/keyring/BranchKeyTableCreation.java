package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The creation of a branch key store's table. Stateless. */
final class BranchKeyTableCreation {
  private BranchKeyTableCreation() {}

  /**
   * Creates the table, and does not wait until it is active.
   *
   * @param throughput null for on-demand capacity
   * @param client what makes the call
   */
  static Step<CreateTableResponse> create(
      String tableName,
      @Nullable ProvisionedThroughput throughput,
      Function<CreateTableRequest, Call<CreateTableResponse>> client) {
    Objects.requireNonNull(tableName, "tableName");
    BranchKeyStoreFailures failures = BranchKeyStoreFailures.ofTable(tableName);
    return Step.ask(client.apply(request(tableName, throughput)))
        .mapFailure(e -> failures.of("create the table", e));
  }

  private static CreateTableRequest request(
      String tableName, @Nullable ProvisionedThroughput throughput) {
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(tableName)
            .keySchema(
                key(BranchKeyRow.BRANCH_KEY_ID, KeyType.HASH),
                key(BranchKeyRow.TYPE, KeyType.RANGE))
            .attributeDefinitions(text(BranchKeyRow.BRANCH_KEY_ID), text(BranchKeyRow.TYPE));
    return throughput == null
        ? request.billingMode(BillingMode.PAY_PER_REQUEST).build()
        : request.billingMode(BillingMode.PROVISIONED).provisionedThroughput(throughput).build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }
}
