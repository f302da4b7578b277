package io.github.itemseal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes items as JSON tokens. */
final class DynamoDbJsonWriter {
  private DynamoDbJsonWriter() {}

  static void writeItem(Map<String, AttributeValue> item, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      out.writeFieldName(requireUnicode(attribute.getKey()));
      writeValue(attribute.getValue(), out);
    }
    out.writeEndObject();
  }

  private static void writeValue(AttributeValue value, JsonGenerator out) throws IOException {
    out.writeStartObject();
    switch (value.type()) {
      case S -> out.writeStringField("S", requireUnicode(value.s()));
      case N -> out.writeStringField("N", requireUnicode(value.n()));
      case B -> out.writeStringField("B", base64(value.b()));
      case BOOL -> out.writeBooleanField("BOOL", value.bool());
      case NUL -> out.writeBooleanField("NULL", value.nul());
      case SS -> {
        out.writeArrayFieldStart("SS");
        for (String element : value.ss()) {
          out.writeString(requireUnicode(element));
        }
        out.writeEndArray();
      }
      case NS -> {
        out.writeArrayFieldStart("NS");
        for (String element : value.ns()) {
          out.writeString(requireUnicode(element));
        }
        out.writeEndArray();
      }
      case BS -> {
        out.writeArrayFieldStart("BS");
        for (SdkBytes element : value.bs()) {
          out.writeString(base64(element));
        }
        out.writeEndArray();
      }
      case L -> {
        out.writeArrayFieldStart("L");
        for (AttributeValue element : value.l()) {
          writeValue(element, out);
        }
        out.writeEndArray();
      }
      case M -> {
        out.writeFieldName("M");
        writeItem(value.m(), out);
      }
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("An AttributeValue has no type.");
    }
    out.writeEndObject();
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }

  /** Half of a surrogate pair would be written as a question mark, or stop the generator. */
  private static String requireUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new DynamoDbJsonException(
              "", "holds half of a surrogate pair, which cannot be written as UTF-8");
        }
        i++;
      }
    }
    return text;
  }
}
