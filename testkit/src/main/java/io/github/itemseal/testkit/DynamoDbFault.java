package io.github.itemseal.testkit;

/** What {@link FaultyDynamoDb} does to one call. */
public enum DynamoDbFault {
  /**
   * The request is executed and its answer is lost: the caller gets an {@code SdkClientException},
   * and cannot know whether the write took effect.
   */
  ANSWER_LOST,

  /**
   * The answer is lost and the request is sent again, as the SDK does: the caller gets the second
   * answer. If that is a failure, its {@code numAttempts()} is 2.
   */
  ANSWER_LOST_AND_RETRIED,

  /**
   * The same, done by a proxy or a service mesh between the SDK and DynamoDB: nothing in the second
   * answer tells of the first.
   */
  ANSWER_LOST_AND_RETRIED_BELOW_SDK,

  /**
   * The request is not executed: {@code ThrottlingException}, with the reason that an account's
   * limit is exceeded.
   */
  THROTTLED,

  /**
   * The request is not executed: {@code ProvisionedThroughputExceededException}, with the reason
   * that the table's throughput is exceeded.
   */
  THROUGHPUT_EXCEEDED
}
