package io.github.itemseal.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.Json;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Lambda's event as a map. */
class LambdaEventsTest {
  private static final String EVENT =
      """
      {"Records": [{
        "eventID": "c4ca4238a0b923820dcc509a6f75849b",
        "eventName": "MODIFY",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1",
        "userIdentity": {"type": "Service", "principalId": "dynamodb.amazonaws.com"},
        "dynamodb": {
          "Keys": {"id": {"S": "ann"}},
          "NewImage": {
            "id": {"S": "ann"}, "n": {"N": "1"}, "b": {"B": "AQI="}, "t": {"BOOL": true},
            "z": {"NULL": true}, "ss": {"SS": ["a"]}, "ns": {"NS": ["1"]}, "bs": {"BS": ["AQI="]},
            "l": {"L": [{"S": "x"}]}, "m": {"M": {"k": {"N": "2"}}}},
          "SequenceNumber": "111",
          "StreamViewType": "NEW_AND_OLD_IMAGES"
        }}]}
      """;

  private static Map<String, ?> event(Object value) {
    return Map.of(
        "Records",
        List.of(Map.of("eventName", "INSERT", "dynamodb", Map.of("Keys", Map.of("k", value)))));
  }

  @Test
  void records_ofLambdasJson_haveEveryTypeOfValue() {
    Record record = LambdaEvents.records(Json.parse(EVENT)).get(0);
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[] {1, 2});
    assertThat(record.eventName()).isEqualTo(OperationType.MODIFY);
    assertThat(record.userIdentity().principalId()).isEqualTo("dynamodb.amazonaws.com");
    assertThat(record.dynamodb().sequenceNumber()).isEqualTo("111");
    assertThat(record.dynamodb().hasOldImage()).isFalse();
    assertThat(record.dynamodb().newImage())
        .containsEntry("n", AttributeValue.fromN("1"))
        .containsEntry("b", AttributeValue.fromB(bytes))
        .containsEntry("t", AttributeValue.fromBool(true))
        .containsEntry("z", AttributeValue.fromNul(true))
        .containsEntry("ss", AttributeValue.fromSs(List.of("a")))
        .containsEntry("ns", AttributeValue.fromNs(List.of("1")))
        .containsEntry("bs", AttributeValue.fromBs(List.of(bytes)))
        .containsEntry("l", AttributeValue.fromL(List.of(AttributeValue.fromS("x"))))
        .containsEntry("m", AttributeValue.fromM(Map.of("k", AttributeValue.fromN("2"))));
  }

  @Test
  void records_binaryAsByteBuffer_isRead() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2});
    assertThat(LambdaEvents.records(event(Map.of("B", buffer))).get(0).dynamodb().keys())
        .containsEntry("k", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2})));
    assertThat(buffer.remaining()).isEqualTo(2);
  }

  @Test
  void records_ofSomethingElse_areRefusedByName() {
    assertThatThrownBy(() -> LambdaEvents.records(Map.of("detail", Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Records' is missing");
    assertThatThrownBy(() -> LambdaEvents.records(event(Map.of("B", "not base64!"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'B'");
    assertThatThrownBy(() -> LambdaEvents.records(event(Map.of("S", "a", "N", "1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'attribute value'");
  }
}
