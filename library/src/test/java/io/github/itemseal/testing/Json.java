package io.github.itemseal.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * JSON files of test vectors and results: as plain maps, lists, strings, numbers, booleans and
 * nulls, and as items in DynamoDB's own JSON, binary values in Base64.
 */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** The object that a file holds. */
  public static Map<String, Object> read(Path file) {
    try (JsonParser parser = FACTORY.createParser(Files.newBufferedReader(file))) {
      parser.nextToken();
      return object(value(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The object that a text holds. */
  public static Map<String, Object> parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      return object(value(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The array of objects that a file holds. */
  public static List<Map<String, Object>> readArray(Path file) {
    try (JsonParser parser = FACTORY.createParser(Files.newBufferedReader(file))) {
      parser.nextToken();
      return objects(value(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an object, indented by two spaces, everything beyond ASCII escaped. */
  public static void write(Path file, Map<String, ?> object) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try (JsonGenerator generator = FACTORY.createGenerator(Files.newBufferedWriter(file))) {
      generator.setPrettyPrinter(printer).setHighestNonEscapedChar(0x7F);
      write(generator, object);
      generator.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object on one line, everything beyond ASCII escaped. */
  public static String line(Map<String, ?> object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      generator.setHighestNonEscapedChar(0x7F);
      write(generator, object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** A value that is an object. */
  public static Map<String, Object> object(Object value) {
    Map<String, Object> result = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((name, member) -> result.put((String) name, member));
    return result;
  }

  /** A value that is an array of objects. */
  public static List<Map<String, Object>> objects(Object value) {
    return ((List<?>) value).stream().map(Json::object).toList();
  }

  /** A value that is an array of strings. */
  public static List<String> strings(Object value) {
    return ((List<?>) value).stream().map(String.class::cast).toList();
  }

  /** An item from DynamoDB JSON. */
  public static Map<String, AttributeValue> item(Object json) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    object(json).forEach((name, value) -> item.put(name, attribute(value)));
    return item;
  }

  /** An attribute value from DynamoDB JSON. */
  public static AttributeValue attribute(Object json) {
    Map<String, Object> members = object(json);
    if (members.size() != 1) {
      throw new IllegalArgumentException("One type, not " + members.keySet());
    }
    String type = members.keySet().iterator().next();
    Object value = members.get(type);
    return switch (type) {
      case "S" -> AttributeValue.fromS((String) value);
      case "N" -> AttributeValue.fromN((String) value);
      case "B" -> AttributeValue.fromB(bytes((String) value));
      case "SS" -> AttributeValue.fromSs(strings(value));
      case "NS" -> AttributeValue.fromNs(strings(value));
      case "BS" -> AttributeValue.fromBs(strings(value).stream().map(Json::bytes).toList());
      case "BOOL" -> AttributeValue.fromBool((Boolean) value);
      case "NULL" -> AttributeValue.fromNul((Boolean) value);
      case "L" -> AttributeValue.fromL(((List<?>) value).stream().map(Json::attribute).toList());
      case "M" -> AttributeValue.fromM(item(value));
      default -> throw new IllegalArgumentException("There is no type " + type);
    };
  }

  /** An item as DynamoDB JSON, in ascending order of names. */
  public static Map<String, Object> ofItem(Map<String, AttributeValue> item) {
    Map<String, Object> json = new TreeMap<>();
    item.forEach((name, value) -> json.put(name, ofAttribute(value)));
    return json;
  }

  private static Map<String, Object> ofAttribute(AttributeValue value) {
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case B -> Map.of("B", base64(value.b()));
      case SS -> Map.of("SS", value.ss());
      case NS -> Map.of("NS", value.ns());
      case BS -> Map.of("BS", value.bs().stream().map(Json::base64).toList());
      case BOOL -> Map.of("BOOL", value.bool());
      case NUL -> Map.of("NULL", value.nul());
      case L -> Map.of("L", value.l().stream().map(Json::ofAttribute).toList());
      case M -> Map.of("M", ofItem(value.m()));
      default -> throw new IllegalArgumentException("no type: " + value);
    };
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.put(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getIntValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("Unexpected " + parser.currentToken());
    };
  }

  private static void write(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        generator.writeFieldName((String) entry.getKey());
        write(generator, entry.getValue());
      }
      generator.writeEndObject();
    } else if (value instanceof List<?> array) {
      generator.writeStartArray();
      for (Object element : array) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Integer number) {
      generator.writeNumber(number);
    } else {
      generator.writeString((String) value);
    }
  }

  private static SdkBytes bytes(String base64) {
    return SdkBytes.fromByteArray(Base64.getDecoder().decode(base64));
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArray());
  }
}
