package io.github.itemseal.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as DynamoDB JSON: {@code {"pk":{"S":"a"},"n":{"N":"1"},"b":{"B":"AAE="}}}.
 *
 * <p>Every attribute value is an object with exactly one of S, N, B, BOOL, NULL, SS, NS, BS, L and
 * M; numbers are JSON strings, binary is standard Base64 with padding. Attributes may nest {@value
 * #MAX_DEPTH} levels, as deep as the library follows. What is read is otherwise not judged: {@code
 * {"NULL":false}} and half of a surrogate pair reach the library, which refuses them. Errors are
 * {@link DynamoDbJsonException}s. Stateless and thread-safe.
 */
public final class DynamoDbJson {
  /** Levels of attributes inside attributes; an attribute of the item is level 1. */
  static final int MAX_DEPTH = 256;

  /** The longest text of one attribute, in characters; a Base64 text counts as it is written. */
  static final int MAX_TEXT_LENGTH = 20_000_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // Two JSON levels an attribute, the item, an export line, and one to be refused
                  .maxNestingDepth(2 * MAX_DEPTH + 4)
                  .maxStringLength(MAX_TEXT_LENGTH)
                  .maxNameLength(MAX_TEXT_LENGTH)
                  .build())
          // Names come from whoever fills the table: keep none of them.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private DynamoDbJson() {}

  /**
   * An item and the shape of the line that it came in.
   *
   * @param item the attributes in the order of the line
   * @param export whether the line was {@code {"Item":{…}}}, as DynamoDB exports tables to S3
   */
  public record Line(Map<String, AttributeValue> item, boolean export) {
    /** Another item in a line of the same shape. */
    public Line withItem(Map<String, AttributeValue> other) {
      return new Line(other, export);
    }
  }

  /**
   * The item of a text, attributes in input order.
   *
   * @throws DynamoDbJsonException if it is not exactly one item
   */
  public static Map<String, AttributeValue> parseItem(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      return new DynamoDbJsonReader(parser, false).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
  }

  /** The compact JSON of an item. */
  public static String formatItem(Map<String, AttributeValue> item) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      DynamoDbJsonWriter.writeItem(item, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * The item of a line of UTF-8: either the item itself or {@code {"Item":{…}}}.
   *
   * <p>No line can mean both. {@code {"Item":{"M":{"a":{"S":"x"}}}}} is an item with a map named
   * Item, {@code {"Item":{"M":{"S":"x"}}}} is an export line with a text named M: read as the other
   * shape, each has an attribute value without a type.
   *
   * @param utf8 is only read, and may be reused afterwards
   * @throws DynamoDbJsonException if it is not exactly one item
   */
  public static Line parseLine(byte[] utf8, int offset, int length) {
    requireUtf8(utf8, offset, length);
    try {
      boolean export;
      try (JsonParser parser = JSON.createParser(utf8, offset, length)) {
        export = DynamoDbJsonReader.isExportLine(parser);
      }
      try (JsonParser parser = JSON.createParser(utf8, offset, length)) {
        return new Line(new DynamoDbJsonReader(parser, export).read(), export);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The item of a line, see {@link #parseLine(byte[], int, int)}. */
  public static Line parseLine(byte[] utf8) {
    return parseLine(utf8, 0, utf8.length);
  }

  /**
   * Writes compact JSON in UTF-8 without a line end; {@code out} stays open.
   *
   * @throws DynamoDbJsonException if a text holds half of a surrogate pair, which UTF-8 cannot
   *     express; {@code out} may then have received a part
   */
  public static void writeLine(Line line, OutputStream out) throws IOException {
    try (JsonGenerator generator = newGenerator(out)) {
      if (line.export()) {
        generator.writeStartObject();
        generator.writeFieldName(DynamoDbJsonReader.EXPORTED_ITEM);
        DynamoDbJsonWriter.writeItem(line.item(), generator);
        generator.writeEndObject();
      } else {
        DynamoDbJsonWriter.writeItem(line.item(), generator);
      }
    }
  }

  /** A generator of compact UTF-8 JSON that leaves {@code out} open. */
  static JsonGenerator newGenerator(OutputStream out) throws IOException {
    return JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /** The tokenizer takes overlong forms for UTF-8, and guesses UTF-16 from zero bytes. */
  private static void requireUtf8(byte[] utf8, int offset, int length) {
    boolean ascii = true;
    for (int i = offset; i < offset + length; i++) {
      if (utf8[i] == 0) {
        throw new DynamoDbJsonException(
            "", "is not valid JSON: a zero byte at byte " + (i - offset + 1));
      }
      ascii &= utf8[i] > 0;
    }
    if (!ascii) {
      try {
        var unused =
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, offset, length));
      } catch (CharacterCodingException e) {
        throw new DynamoDbJsonException("", "is not UTF-8 text");
      }
    }
  }
}
