package io.github.itemseal.testkit;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;

/** The failures that {@link FaultyDynamoDb} makes up. */
final class ServiceFailures {
  private static final Set<String> READS =
      Set.of("GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems");

  private ServiceFailures() {}

  static SdkClientException answerLost() {
    return SdkClientException.create("The connection was closed before the answer came.");
  }

  static DynamoDbException throttled(String operation, DynamoDbRequest request) {
    return ThrottlingException.builder()
        .throttlingReasons(reason(operation, request, "AccountLimitExceeded"))
        .message("Throughput exceeds the account's limit.")
        .awsErrorDetails(details("ThrottlingException"))
        .statusCode(400)
        .build();
  }

  static DynamoDbException throughputExceeded(String operation, DynamoDbRequest request) {
    return ProvisionedThroughputExceededException.builder()
        .throttlingReasons(reason(operation, request, "ProvisionedThroughputExceeded"))
        .message("The table's provisioned throughput is exceeded.")
        .awsErrorDetails(details("ProvisionedThroughputExceededException"))
        .statusCode(400)
        .build();
  }

  private static ThrottlingReason reason(String operation, DynamoDbRequest request, String limit) {
    String table = request.getValueForField("TableName", String.class).orElse("several");
    return ThrottlingReason.builder()
        .reason("Table" + (READS.contains(operation) ? "Read" : "Write") + limit)
        .resource("arn:aws:dynamodb:eu-test-1:000000000000:table/" + table)
        .build();
  }

  private static AwsErrorDetails details(String code) {
    return AwsErrorDetails.builder().serviceName("DynamoDb").errorCode(code).build();
  }
}
