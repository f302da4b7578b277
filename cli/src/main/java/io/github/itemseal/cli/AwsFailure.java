package io.github.itemseal.cli;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What AWS had to say, for people: error codes and kinds of failure. Never its messages, which may
 * quote requests.
 */
final class AwsFailure {
  private static final int MAX_CAUSES = 20;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,80}");

  private AwsFailure() {}

  /** One sentence about the first failure of AWS among the causes; empty if there is none. */
  static Optional<String> describe(Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (cause instanceof AwsServiceException answer) {
        return Optional.of(describe(answer));
      }
      if (cause instanceof SdkClientException noAnswer) {
        return Optional.of(describe(noAnswer));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String describe(AwsServiceException answer) {
    @Nullable String code =
        answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
    return code != null && CODE.matcher(code).matches()
        ? "AWS answered %s.".formatted(code)
        : "AWS answered with HTTP status %s.".formatted(answer.statusCode());
  }

  private static String describe(SdkClientException noAnswer) {
    @Nullable Throwable cause = noAnswer;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (cause instanceof UnknownHostException) {
        return "The endpoint's host name is not known.";
      } else if (cause instanceof ConnectException) {
        return "Nothing answers at the endpoint.";
      } else if (cause instanceof SocketTimeoutException) {
        return "The endpoint did not answer in time.";
      } else if (cause instanceof SSLException) {
        return "The endpoint and this machine do not agree on TLS.";
      }
      cause = cause.getCause();
    }
    return String.valueOf(noAnswer.getMessage()).contains("load credentials")
        ? "There are no AWS credentials."
        : "AWS could not be asked.";
  }
}
