package io.github.itemseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;

class CanonicalValuesTest {
  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }

  @ParameterizedTest
  @CsvSource({
    "10.50, 10.5",
    "1E+2, 100",
    "1.0E10, 10000000000",
    "-0.0, 0",
    "0E-10, 0",
    "007, 7",
    "+7, 7",
    ".5, 0.5",
    "1e-3, 0.001",
    "12, 12"
  })
  void number_anyNotation_isPlainWithoutTrailingZeros(String sent, String canonical) {
    assertThat(CanonicalValues.of(n(sent))).isEqualTo(n(canonical));
  }

  @Test
  void sets_comeInAnotherOrder() {
    assertThat(CanonicalValues.of(AttributeValue.fromSs(List.of("m", "a", "z"))).ss())
        .containsExactly("z", "m", "a");
    assertThat(CanonicalValues.of(AttributeValue.fromNs(List.of("2.0", "10", "3"))).ns())
        .containsExactly("10", "3", "2");
    SdkBytes low = SdkBytes.fromByteArray(new byte[] {1});
    SdkBytes high = SdkBytes.fromByteArray(new byte[] {-1});
    assertThat(CanonicalValues.of(AttributeValue.fromBs(List.of(low, high))).bs())
        .containsExactly(high, low);
  }

  @Test
  void nested_isRewrittenAtEveryDepth() {
    AttributeValue nested =
        AttributeValue.fromL(
            List.of(AttributeValue.fromM(Map.of("x", AttributeValue.fromL(List.of(n("1.0")))))));
    assertThat(CanonicalValues.of(nested).l().get(0).m().get("x").l()).containsExactly(n("1"));
  }

  @Test
  void answers_withNestedItems_areRewrittenAndOthersLeftAlone() {
    Map<String, AttributeValue> item = Map.of("n", n("1.0"));
    BatchGetItemResponse batch =
        BatchGetItemResponse.builder()
            .responses(Map.of("T", List.of(item)))
            .unprocessedKeys(Map.of("T", keys(item)))
            .build();
    BatchGetItemResponse rewritten = (BatchGetItemResponse) AnswerRewriting.canonicalize(batch);
    assertThat(rewritten.responses().get("T").get(0)).containsEntry("n", n("1"));
    assertThat(rewritten.unprocessedKeys().get("T").keys().get(0)).containsEntry("n", n("1"));
    TransactGetItemsResponse transaction =
        TransactGetItemsResponse.builder().responses(answer -> answer.item(item)).build();
    assertThat(
            ((TransactGetItemsResponse) AnswerRewriting.canonicalize(transaction))
                .responses()
                .get(0)
                .item())
        .containsEntry("n", n("1"));
    GetItemResponse empty = GetItemResponse.builder().build();
    assertThat(AnswerRewriting.canonicalize(empty)).isSameAs(empty);
  }

  private static KeysAndAttributes keys(Map<String, AttributeValue> key) {
    return KeysAndAttributes.builder().keys(List.of(key)).build();
  }
}
