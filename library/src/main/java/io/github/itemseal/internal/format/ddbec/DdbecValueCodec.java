package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.ByteReader;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.internal.value.DynamoDbNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute values to bytes and back: a zero byte, a tag byte, and a body with 4-byte big-endian
 * lengths and counts. Source: docs/formats/ddbec.md, "Attribute values".
 *
 * <p>Errors are {@link WireFormatException}s. Follows {@value #MAX_DEPTH} levels of lists and maps,
 * more than DynamoDB stores (32), because the old clients do not count. Stateless.
 */
final class DdbecValueCodec {
  static final int MAX_DEPTH = 256;

  /** Of a text, number or binary value: zero, tag and length. */
  private static final int HEADER_BYTES = 2 + Integer.BYTES;

  private static final int NULL = 0x00;
  private static final int BOOL = '?';
  private static final int NUMBER = 'n';
  private static final int STRING = 's';
  private static final int BINARY = 'b';
  private static final int NUMBER_SET = 'N';
  private static final int STRING_SET = 'S';
  private static final int BINARY_SET = 'B';
  private static final int LIST = 'L';
  private static final int MAP = 'M';

  private DdbecValueCodec() {}

  /** Appends the serialization of a value. */
  static void serialize(AttributeValue value, DdbecDialect dialect, ByteWriter out) {
    serialize(value, dialect, out, 1);
  }

  /** Appends what precedes the bytes of a binary value of this length. */
  static void serializeBinaryHeader(int lengthBytes, ByteWriter out) {
    writeTag(BINARY, out);
    out.writeInt(lengthBytes);
  }

  /**
   * About how many bytes the serialization of a value will have: exactly, for ASCII text and binary
   * values; a guess for sets, lists and maps, which would have to be walked.
   */
  static int expectedLength(AttributeValue value) {
    return switch (AttributeTypes.typeOf(value)) {
      case S -> HEADER_BYTES + value.s().length();
      case N -> HEADER_BYTES + value.n().length();
      case B -> HEADER_BYTES + value.b().asByteArrayUnsafe().length;
      default -> 10 * HEADER_BYTES;
    };
  }

  private static void serialize(
      @Nullable AttributeValue value, DdbecDialect dialect, ByteWriter out, int depth) {
    if (value == null) {
      throw new WireFormatException(
          FailureReason.VALUE_TYPE_INVALID, "holds a Java null instead of an AttributeValue");
    }
    if (depth > MAX_DEPTH) {
      throw new WireFormatException(
          FailureReason.NESTING_TOO_DEEP,
          "is nested deeper than %s levels; DynamoDB stores 32".formatted(MAX_DEPTH));
    }
    switch (AttributeTypes.typeOf(value)) {
      case NUL -> {
        if (!value.nul()) {
          throw new WireFormatException(
              FailureReason.VALUE_TYPE_INVALID, "is of type NULL with the value false");
        }
        writeTag(NULL, out);
      }
      case BOOL -> {
        writeTag(BOOL, out);
        out.writeByte(value.bool() ? 1 : 0);
      }
      case N -> {
        writeTag(NUMBER, out);
        out.writeText(dialect.canonicalNumber(value.n()));
      }
      case S -> {
        writeTag(STRING, out);
        out.writeText(value.s());
      }
      case B -> {
        writeTag(BINARY, out);
        out.writeBytes(value.b().asByteArrayUnsafe());
      }
      case NS -> {
        writeTag(NUMBER_SET, out);
        List<String> numbers = new ArrayList<>(value.ns().size());
        for (String number : requireElements(value.ns())) {
          numbers.add(dialect.canonicalNumber(number));
        }
        numbers.sort(null); // both dialects agree on digits
        out.writeInt(numbers.size());
        numbers.forEach(out::writeText);
      }
      case SS -> {
        writeTag(STRING_SET, out);
        List<String> texts = new ArrayList<>(requireElements(value.ss()));
        texts.sort(dialect.textOrder());
        out.writeInt(texts.size());
        texts.forEach(out::writeText);
      }
      case BS -> {
        writeTag(BINARY_SET, out);
        List<SdkBytes> members = new ArrayList<>(requireElements(value.bs()));
        members.sort(dialect.bytesOrder());
        out.writeInt(members.size());
        members.forEach(member -> out.writeBytes(member.asByteArrayUnsafe()));
      }
      case L -> {
        writeTag(LIST, out);
        out.writeInt(value.l().size());
        for (AttributeValue element : value.l()) {
          serialize(element, dialect, out, depth + 1);
        }
      }
      case M -> {
        writeTag(MAP, out);
        List<String> keys = new ArrayList<>(requireElements(value.m().keySet()));
        keys.sort(dialect.textOrder());
        out.writeInt(keys.size());
        for (String key : keys) {
          writeTag(STRING, out);
          out.writeText(key);
          serialize(value.m().get(key), dialect, out, depth + 1);
        }
      }
      default ->
          throw new WireFormatException(
              FailureReason.VALUE_TYPE_INVALID,
              "has no type, several types, or a type this library does not know");
    }
  }

  /** The value that these bytes, all of them, are the serialization of. */
  static AttributeValue parse(byte[] bytes) {
    return parse(bytes, 0, bytes.length);
  }

  /**
   * The value that {@code bytes[start, end)}, all of them, are the serialization of. Sets and
   * numbers come back as they were written.
   */
  static AttributeValue parse(byte[] bytes, int start, int end) {
    ByteReader in = new ByteReader(bytes, start, end, FailureReason.ENCRYPTED_VALUE_MALFORMED);
    AttributeValue value = parse(in, 1);
    if (in.hasRemaining()) {
      throw in.failure("has bytes behind its end");
    }
    return value;
  }

  private static AttributeValue parse(ByteReader in, int depth) {
    if (depth > MAX_DEPTH) {
      throw new WireFormatException(
          FailureReason.NESTING_TOO_DEEP, "is nested deeper than %s levels".formatted(MAX_DEPTH));
    }
    int tag = readTag(in);
    return switch (tag) {
      case NULL -> AttributeValue.fromNul(true);
      case BOOL -> AttributeValue.fromBool(parseBool(in));
      case NUMBER -> AttributeValue.fromN(readNumber(in));
      case STRING -> AttributeValue.fromS(in.readText());
      case BINARY -> AttributeValue.fromB(readBinary(in));
      case NUMBER_SET -> AttributeValue.fromNs(parseAll(in, Integer.BYTES, () -> readNumber(in)));
      case STRING_SET -> AttributeValue.fromSs(parseAll(in, Integer.BYTES, in::readText));
      case BINARY_SET -> AttributeValue.fromBs(parseAll(in, Integer.BYTES, () -> readBinary(in)));
      case LIST -> AttributeValue.fromL(parseAll(in, 2, () -> parse(in, depth + 1)));
      case MAP -> AttributeValue.fromM(parseMap(in, depth));
      default -> throw in.failure("has an unknown type tag");
    };
  }

  private static boolean parseBool(ByteReader in) {
    return switch (in.readByte()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw in.failure("is a BOOL that is neither 0 nor 1");
    };
  }

  private static <T> List<T> parseAll(ByteReader in, int smallestBytes, Supplier<T> element) {
    int count = in.readCount(smallestBytes);
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(element.get());
    }
    return elements;
  }

  private static Map<String, AttributeValue> parseMap(ByteReader in, int depth) {
    int count = in.readCount(2 + Integer.BYTES + 2);
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      if (readTag(in) != STRING) {
        throw in.failure("is a map with a key that is not a string");
      }
      String key = in.readText();
      if (entries.put(key, parse(in, depth + 1)) != null) {
        throw in.failure("is a map with a key given twice");
      }
    }
    return entries;
  }

  /** Any decimal number is read: the old clients do not know DynamoDB's limits. */
  private static String readNumber(ByteReader in) {
    String number = in.readText();
    if (!DynamoDbNumber.isDecimal(number)) {
      throw in.failure("is a number whose text is not a decimal number");
    }
    return number;
  }

  private static SdkBytes readBinary(ByteReader in) {
    return SdkBytes.fromByteArrayUnsafe(in.readBytes()); // nobody else holds the array
  }

  private static int readTag(ByteReader in) {
    if (in.readByte() != 0) {
      throw in.failure("has a reserved byte that is not zero");
    }
    return in.readByte();
  }

  private static void writeTag(int tag, ByteWriter out) {
    out.writeByte(0);
    out.writeByte(tag);
  }

  private static <T, C extends Iterable<T>> C requireElements(C elements) {
    for (T element : elements) {
      if (element == null) {
        throw new WireFormatException(
            FailureReason.VALUE_TYPE_INVALID, "holds a Java null inside a set or map");
      }
    }
    return elements;
  }
}
