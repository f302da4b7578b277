package io.github.itemseal.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.itemseal.cli.io.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads one item from JSON tokens. The tokenizer's own messages quote the text, so none of them is
 * passed on.
 */
final class DynamoDbJsonReader {
  /** The only key of a line of a table export. */
  static final String EXPORTED_ITEM = "Item";

  private static final String MAP = "M";

  private final JsonParser parser;
  private final boolean export;

  /**
   * @param export whether the item is the value of the key {@value #EXPORTED_ITEM}
   */
  DynamoDbJsonReader(JsonParser parser, boolean export) {
    this.parser = parser;
    this.export = export;
  }

  /**
   * Whether the first key is Item and its value an item rather than an attribute value.
   *
   * <p>An attribute value has one key, whose value is an object for M only; an item's values are
   * all objects. So the two look alike only as long as there is nothing but M after M, and with
   * each M the question turns into the other one. Uses up the parser.
   */
  static boolean isExportLine(JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || !EXPORTED_ITEM.equals(parser.nextFieldName())
          || parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      boolean item = true;
      while (true) {
        @Nullable String name = parser.nextFieldName();
        if (name == null) {
          return item; // {} has no type
        }
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return !item;
        }
        if (!name.equals(MAP)) {
          return item;
        }
        item = !item;
      }
    } catch (JsonProcessingException e) {
      return false; // reading it as an item says what is wrong with it
    }
  }

  Map<String, AttributeValue> read() throws IOException {
    try {
      require(parser.nextToken(), JsonToken.START_OBJECT, "is not a JSON object");
      if (export) {
        parser.nextFieldName();
        parser.nextToken();
      }
      Map<String, AttributeValue> item = attributes(1);
      if (export && parser.nextToken() != JsonToken.END_OBJECT) {
        throw new DynamoDbJsonException("", "has another key beside 'Item' in its export line");
      }
      if (parser.nextToken() != null) {
        throw new DynamoDbJsonException("", "is followed by more text on its line");
      }
      return item;
    } catch (JsonProcessingException e) {
      throw syntaxError(e);
    }
  }

  /** From START_OBJECT to END_OBJECT, names to attribute values of this level. */
  private Map<String, AttributeValue> attributes(int depth) throws IOException {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (attributes.containsKey(name)) {
        throw error("appears twice");
      }
      parser.nextToken();
      attributes.put(name, value(depth));
    }
    return attributes;
  }

  /** From START_OBJECT to END_OBJECT, one attribute value. */
  private AttributeValue value(int depth) throws IOException {
    require(parser.currentToken(), JsonToken.START_OBJECT, "is not an object with a type");
    if (depth > DynamoDbJson.MAX_DEPTH) {
      throw error(
          "is nested deeper than %s levels; DynamoDB stores 32".formatted(DynamoDbJson.MAX_DEPTH));
    }
    @Nullable String type = parser.nextFieldName();
    if (type == null) {
      throw error("has no type");
    }
    parser.nextToken();
    AttributeValue value =
        switch (type) {
          case "S" -> AttributeValue.fromS(text("S"));
          case "N" -> AttributeValue.fromN(text("N"));
          case "B" -> AttributeValue.fromB(binary("B"));
          case "BOOL" -> AttributeValue.fromBool(bool("BOOL"));
          case "NULL" -> AttributeValue.fromNul(bool("NULL"));
          case "SS" -> AttributeValue.fromSs(array("SS", () -> text("SS")));
          case "NS" -> AttributeValue.fromNs(array("NS", () -> text("NS")));
          case "BS" -> AttributeValue.fromBs(array("BS", () -> binary("BS")));
          case "L" -> AttributeValue.fromL(array("L", () -> value(depth + 1)));
          case MAP -> {
            require(
                parser.currentToken(),
                JsonToken.START_OBJECT,
                "has type M but its value is not a JSON object");
            yield AttributeValue.fromM(attributes(depth + 1));
          }
          default ->
              // What stands here may be a value: it is not quoted.
              throw error("has none of the types S, N, B, BOOL, NULL, SS, NS, BS, L and M");
        };
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw error("has several types");
    }
    return value;
  }

  private interface Element<T> {
    T read() throws IOException;
  }

  private <T> List<T> array(String type, Element<T> element) throws IOException {
    require(
        parser.currentToken(),
        JsonToken.START_ARRAY,
        "has type %s but its value is not a JSON array".formatted(type));
    List<T> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(element.read());
    }
    return elements;
  }

  private String text(String type) throws IOException {
    require(
        parser.currentToken(),
        JsonToken.VALUE_STRING,
        type.length() == 2
            ? "has a member of %s that is not a JSON string".formatted(type)
            : "has type %s but its value is not a JSON string".formatted(type));
    return parser.getText();
  }

  private boolean bool(String type) throws IOException {
    JsonToken token = parser.currentToken();
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw error("has type %s but its value is neither true nor false".formatted(type));
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private SdkBytes binary(String type) throws IOException {
    String base64 = text(type);
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw error("is not standard Base64");
    }
    if (base64.length() % 4 != 0 || !endsCanonically(base64, bytes)) {
      throw error("is not standard Base64: its end is cut or not padded as it should be");
    }
    return SdkBytes.fromByteArrayUnsafe(bytes);
  }

  /** Whether the unused bits of the last character are zero: else two texts mean one value. */
  private static boolean endsCanonically(String base64, byte[] bytes) {
    int tail = bytes.length % 3;
    if (tail == 0) {
      return true;
    }
    byte[] end = new byte[tail];
    System.arraycopy(bytes, bytes.length - tail, end, 0, tail);
    return base64.endsWith(Base64.getEncoder().encodeToString(end));
  }

  private void require(@Nullable JsonToken found, JsonToken wanted, String problem) {
    if (found != wanted) {
      throw error(problem);
    }
  }

  private DynamoDbJsonException error(String problem) {
    return new DynamoDbJsonException(path(), problem);
  }

  private DynamoDbJsonException syntaxError(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return error("is cut off: the JSON text ends in the middle");
    }
    if (e instanceof StreamConstraintsException) {
      return error(
          "holds a text of more than %s characters, or is nested deeper than %s levels"
              .formatted(DynamoDbJson.MAX_TEXT_LENGTH, DynamoDbJson.MAX_DEPTH));
    }
    long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
    return error("is not valid JSON" + (offset < 0 ? "" : " (at byte " + (offset + 1) + ")"));
  }

  /**
   * Names and list positions from the item down to where the parser stands. The levels of the
   * parser alternate between these and types.
   */
  private String path() {
    List<String> segments = new ArrayList<>();
    @Nullable JsonStreamContext at = parser.getParsingContext();
    if (parser.currentToken() != null && parser.currentToken().isStructStart()) {
      at = at.getParent(); // just opened, nothing in it yet
    }
    for (; at != null && !at.inRoot(); at = at.getParent()) {
      if (at.inArray()) {
        segments.add(0, "[" + at.getCurrentIndex() + "]");
      } else {
        @Nullable String name = at.getCurrentName();
        segments.add(0, name == null ? "" : name);
      }
    }
    List<String> names = new ArrayList<>();
    for (int i = export ? 1 : 0; i < segments.size(); i += 2) {
      names.add(segments.get(i));
    }
    return Names.path(names);
  }
}
