package io.github.itemseal.streams;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * The stream records in the event that AWS Lambda gives to a function which takes it as a map, so a
 * {@code RequestHandler<Map<String, Object>, ?>}. Binary values may be Base64 texts, as in the
 * event's JSON, {@code ByteBuffer}s or byte arrays.
 *
 * <p>Functions that take the {@code DynamodbEvent} of aws-lambda-java-events get the same records
 * with {@code toRecordV2} of the {@code DynamodbRecordTransformer} in another artifact,
 * aws-lambda-java-events-sdk-transformer, package {@code
 * com.amazonaws.services.lambda.runtime.events.transformers.v2.dynamodb}.
 */
public final class LambdaEvents {
  private static final int MAX_DEPTH = 64;

  private LambdaEvents() {}

  /**
   * The records of an event, in its order.
   *
   * @throws IllegalArgumentException if it is not the event of a DynamoDB stream; the message names
   *     the member
   */
  public static List<Record> records(Map<String, ?> event) {
    List<Record> records = new ArrayList<>();
    for (Object record : list(event.get("Records"), "Records")) {
      records.add(record(map(record, "Records")));
    }
    return records;
  }

  private static Record record(Map<?, ?> record) {
    Map<?, ?> identity = optionalMap(record.get("userIdentity"), "userIdentity");
    return Record.builder()
        .eventID(text(record.get("eventID"), "eventID"))
        .eventName(text(record.get("eventName"), "eventName"))
        .eventVersion(text(record.get("eventVersion"), "eventVersion"))
        .eventSource(text(record.get("eventSource"), "eventSource"))
        .awsRegion(text(record.get("awsRegion"), "awsRegion"))
        .dynamodb(streamRecord(map(record.get("dynamodb"), "dynamodb")))
        .userIdentity(
            identity == null
                ? null
                : Identity.builder()
                    .type(text(identity.get("type"), "type"))
                    .principalId(text(identity.get("principalId"), "principalId"))
                    .build())
        .build();
  }

  private static StreamRecord streamRecord(Map<?, ?> images) {
    StreamRecord.Builder record =
        StreamRecord.builder()
            .sequenceNumber(text(images.get("SequenceNumber"), "SequenceNumber"))
            .streamViewType(text(images.get("StreamViewType"), "StreamViewType"))
            .keys(item(images.get("Keys"), "Keys"))
            .oldImage(item(images.get("OldImage"), "OldImage"))
            .newImage(item(images.get("NewImage"), "NewImage"));
    if (images.get("SizeBytes") instanceof Number size) {
      record.sizeBytes(size.longValue());
    }
    if (images.get("ApproximateCreationDateTime") instanceof Number seconds) {
      record.approximateCreationDateTime(
          Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000)));
    }
    return record.build();
  }

  private static @Nullable Map<String, AttributeValue> item(@Nullable Object image, String member) {
    Map<?, ?> attributes = optionalMap(image, member);
    return attributes == null ? null : item(attributes, 0);
  }

  private static Map<String, AttributeValue> item(Map<?, ?> attributes, int depth) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> item.put(String.valueOf(name), value(map(value, "value"), depth)));
    return item;
  }

  private static AttributeValue value(Map<?, ?> typed, int depth) {
    if (depth > MAX_DEPTH || typed.size() != 1) {
      throw unexpected("attribute value");
    }
    Map.Entry<?, ?> only = typed.entrySet().iterator().next();
    Object value = only.getValue();
    return switch (String.valueOf(only.getKey())) {
      case "S" -> AttributeValue.fromS(required(value, "S"));
      case "N" -> AttributeValue.fromN(required(value, "N"));
      case "B" -> AttributeValue.fromB(bytes(value));
      case "BOOL" -> AttributeValue.fromBool(flag(value, "BOOL"));
      case "NULL" -> AttributeValue.fromNul(flag(value, "NULL"));
      case "SS" ->
          AttributeValue.fromSs(
              list(value, "SS").stream().map(text -> required(text, "SS")).toList());
      case "NS" ->
          AttributeValue.fromNs(
              list(value, "NS").stream().map(text -> required(text, "NS")).toList());
      case "BS" ->
          AttributeValue.fromBs(list(value, "BS").stream().map(LambdaEvents::bytes).toList());
      case "L" ->
          AttributeValue.fromL(
              list(value, "L").stream()
                  .map(element -> value(map(element, "L"), depth + 1))
                  .toList());
      case "M" -> AttributeValue.fromM(item(map(value, "M"), depth + 1));
      default -> throw unexpected("attribute value");
    };
  }

  private static SdkBytes bytes(@Nullable Object value) {
    if (value instanceof ByteBuffer buffer) {
      return SdkBytes.fromByteBuffer(buffer.duplicate());
    }
    if (value instanceof byte[] bytes) {
      return SdkBytes.fromByteArray(bytes);
    }
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(required(value, "B")));
    } catch (IllegalArgumentException e) {
      throw unexpected("B");
    }
  }

  private static @Nullable String text(@Nullable Object value, String member) {
    return value == null ? null : required(value, member);
  }

  private static String required(@Nullable Object value, String member) {
    if (value instanceof String text) {
      return text;
    }
    throw unexpected(member);
  }

  private static boolean flag(@Nullable Object value, String member) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw unexpected(member);
  }

  private static List<?> list(@Nullable Object value, String member) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw unexpected(member);
  }

  private static Map<?, ?> map(@Nullable Object value, String member) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw unexpected(member);
  }

  private static @Nullable Map<?, ?> optionalMap(@Nullable Object value, String member) {
    return value == null ? null : map(value, member);
  }

  private static IllegalArgumentException unexpected(String member) {
    return new IllegalArgumentException(
        "This is not the event of a DynamoDB stream: '%s' is missing or of another type."
            .formatted(member));
  }
}
