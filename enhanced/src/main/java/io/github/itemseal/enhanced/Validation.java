package io.github.itemseal.enhanced;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * What DynamoDB would have answered to an expression that cannot be applied, so that callers handle
 * one exception, whoever applied it.
 */
final class Validation {
  private Validation() {}

  static DynamoDbException failed(String text) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .serviceName("DynamoDb")
            .errorCode("ValidationException")
            .errorMessage(text)
            .build();
    return (DynamoDbException)
        DynamoDbException.builder().awsErrorDetails(details).message(text).statusCode(400).build();
  }
}
