package io.github.itemseal.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Throttling and latency on command. */
final class KmsFaults {
  private final AtomicInteger toThrottle = new AtomicInteger();
  private volatile Duration latency = Duration.ZERO;

  void throttleNext(int count) {
    toThrottle.set(count);
  }

  void throwIfThrottled() {
    if (toThrottle.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw error("ThrottlingException", 400, "Rate exceeded");
    }
  }

  void delay(Duration latency) {
    this.latency = latency;
  }

  Duration latency() {
    return latency;
  }

  static KmsException validation(String message) {
    return error("ValidationException", 400, message);
  }

  /** An error that has no class of its own in the SDK. */
  static KmsException error(String code, int status, String message) {
    return (KmsException)
        KmsException.builder()
            .statusCode(status)
            .message(message)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .serviceName("Kms")
                    .errorCode(code)
                    .errorMessage(message)
                    .build())
            .build();
  }
}
