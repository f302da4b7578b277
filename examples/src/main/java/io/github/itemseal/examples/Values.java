package io.github.itemseal.examples;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attribute values as a person writes them. */
final class Values {
  private Values() {}

  /** An attribute that the item must have. */
  static AttributeValue in(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  /** The type's name as DynamoDB spells it. */
  static String type(AttributeValue value) {
    return value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name();
  }

  /** The value without its type. */
  static String text(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> value.n();
      case B -> hex(value.b());
      case BOOL -> value.bool().toString();
      case NUL -> "null";
      case SS -> set(value.ss(), Function.identity());
      case NS -> set(value.ns(), Function.identity());
      case BS -> set(value.bs(), Values::hex);
      case L -> value.l().stream().map(Values::text).collect(Collectors.joining(", ", "[", "]"));
      case M ->
          value.m().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> "?";
    };
  }

  static String hex(SdkBytes bytes) {
    return HexFormat.of().formatHex(bytes.asByteArray());
  }

  private static <T> String set(List<T> members, Function<T, String> text) {
    return members.stream().map(text).collect(Collectors.joining(", ", "{", "}"));
  }
}
