package io.github.itemseal.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class PlaceholderMeaningsTest {
  private static final PlaceholderMeanings FIRST =
      PlaceholderMeanings.of(Set.of(":0"), Map.of(":1", "ssn", "#0", "$1\n"));
  private static final PlaceholderMeanings SECOND =
      PlaceholderMeanings.of(Set.of(), Map.of(":0", "note", ":1", "ssn"));

  private static Throwable refusal(String code, String message) {
    return DynamoDbException.builder()
        .statusCode(400)
        .requestId("request")
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }

  @Test
  void toCaller_ofOneRequest_replacesWhatTheCallerDidNotChoose() {
    Throwable refusal = refusal("ValidationException", "#0, :0, :1, :10, a:1 and #x");
    Throwable shown = PlaceholderMeanings.toCaller(refusal, List.of(FIRST));
    assertThat(shown)
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("'$1\\u000a', :0, 'ssn', :10, a:1 and #x")
        .hasMessageContaining("Request ID: request");
    assertThat(shown.getStackTrace()).isEqualTo(refusal.getStackTrace());
  }

  @Test
  void toCaller_ofATransaction_saysAllThatAPlaceholderMayBe() {
    Throwable refusal = refusal("ValidationException", "for key :0, for key :1");
    assertThat(PlaceholderMeanings.toCaller(refusal, List.of(FIRST, SECOND)))
        .hasMessageContaining("for key :0 or 'note', for key 'ssn'");
  }

  @Test
  void toCaller_ofACancelledTransaction_replacesInEachReason() {
    TransactionCanceledException.Builder cancelled =
        TransactionCanceledException.builder()
            .cancellationReasons(
                CancellationReason.builder().message("key :0").build(),
                CancellationReason.builder().code("None").build(),
                CancellationReason.builder().message("key :0").build());
    TransactionCanceledException shown =
        (TransactionCanceledException)
            PlaceholderMeanings.toCaller(cancelled.build(), List.of(FIRST, FIRST, SECOND));
    assertThat(shown.cancellationReasons())
        .extracting(CancellationReason::message)
        .containsExactly("key :0", null, "key 'note'");
  }

  @Test
  void toCaller_ofOtherFailures_isTheFailureItself() {
    for (Throwable failure :
        List.of(
            refusal("ValidationException", "for key :0"),
            refusal("ThrottlingException", "for key :1"),
            TransactionCanceledException.builder().build(),
            DynamoDbException.builder().message(":1").build(),
            new IllegalStateException(":1"))) {
      assertThat(PlaceholderMeanings.toCaller(failure, List.of(FIRST))).isSameAs(failure);
    }
  }
}
