package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.ByteReader;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.internal.value.DynamoDbNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attribute values to bytes and back: a 2-byte type id, which a top-level value carries apart, and
 * a body with 4-byte big-endian lengths and counts. Source: docs/formats/dbe.md, "Attribute
 * values".
 *
 * <p>Errors are {@link WireFormatException}s. Follows {@value #MAX_DEPTH} levels, as DynamoDB does.
 * Stateless.
 */
final class DbeValueCodec {
  /** Levels of lists and maps, the value itself being the first. */
  static final int MAX_DEPTH = 32;

  /** Bytes of a type id. */
  static final int TYPE_BYTES = 2;

  private static final int NULL = 0x0000;
  private static final int STRING = 0x0001;
  private static final int NUMBER = 0x0002;
  private static final int BOOL = 0x0004;
  private static final int BINARY = 0xFFFF;
  private static final int STRING_SET = 0x0101;
  private static final int NUMBER_SET = 0x0102;
  private static final int BINARY_SET = 0x01FF;
  private static final int MAP = 0x0200;
  private static final int LIST = 0x0300;

  private static final int MAX_KEY_BYTES = 0xFFFF;
  private static final int SMALLEST_ELEMENT_BYTES = TYPE_BYTES + Integer.BYTES;
  private static final Comparator<SdkBytes> UNSIGNED_BYTES =
      (a, b) -> Arrays.compareUnsigned(a.asByteArrayUnsafe(), b.asByteArrayUnsafe());

  private DbeValueCodec() {}

  /** The number that stands for the type of a value. */
  static int typeId(@Nullable AttributeValue value) {
    if (value == null) {
      throw new WireFormatException(
          FailureReason.VALUE_TYPE_INVALID, "holds a Java null instead of an AttributeValue");
    }
    return switch (AttributeTypes.typeOf(value)) {
      case NUL -> NULL;
      case S -> STRING;
      case N -> NUMBER;
      case BOOL -> BOOL;
      case B -> BINARY;
      case SS -> STRING_SET;
      case NS -> NUMBER_SET;
      case BS -> BINARY_SET;
      case M -> MAP;
      case L -> LIST;
      default ->
          throw new WireFormatException(
              FailureReason.VALUE_TYPE_INVALID,
              "has no type, several types, or a type this library does not know");
    };
  }

  /** Appends the body of a value, without its type id. */
  static void serialize(AttributeValue value, ByteWriter out) {
    serialize(value, typeId(value), out, 1);
  }

  private static void serialize(AttributeValue value, int typeId, ByteWriter out, int depth) {
    if (depth > MAX_DEPTH) {
      throw tooDeep();
    }
    switch (typeId) {
      case NULL -> {
        if (!value.nul()) {
          throw new WireFormatException(
              FailureReason.VALUE_TYPE_INVALID, "is of type NULL with the value false");
        }
      }
      case BOOL -> out.writeByte(value.bool() ? 1 : 0);
      case NUMBER -> out.writeUtf8(DynamoDbNumber.canonical(value.n()));
      case STRING -> out.writeUtf8(value.s());
      case BINARY -> out.writeRaw(value.b().asByteArrayUnsafe());
      case NUMBER_SET -> {
        List<String> numbers = new ArrayList<>(value.ns().size());
        for (String number : requireElements(value.ns())) {
          numbers.add(DynamoDbNumber.canonical(number));
        }
        sort(numbers, null);
        out.writeInt(numbers.size());
        numbers.forEach(out::writeText);
      }
      case STRING_SET -> {
        List<String> texts = new ArrayList<>(requireElements(value.ss()));
        sort(texts, null); // by UTF-16 code units
        out.writeInt(texts.size());
        texts.forEach(out::writeText);
      }
      case BINARY_SET -> {
        List<SdkBytes> members = new ArrayList<>(requireElements(value.bs()));
        sort(members, UNSIGNED_BYTES);
        out.writeInt(members.size());
        members.forEach(member -> out.writeBytes(member.asByteArrayUnsafe()));
      }
      case LIST -> {
        out.writeInt(value.l().size());
        for (AttributeValue element : value.l()) {
          serializeElement(element, out, depth);
        }
      }
      default -> { // a map: typeId gives no other
        List<String> keys = new ArrayList<>(requireElements(value.m().keySet()));
        keys.sort(null); // by UTF-16 code units
        out.writeInt(keys.size());
        for (String key : keys) {
          serializeKey(key, out);
          serializeElement(value.m().get(key), out, depth);
        }
      }
    }
  }

  private static void serializeElement(
      @Nullable AttributeValue element, ByteWriter out, int depth) {
    int typeId = typeId(element);
    out.writeShort(typeId);
    int start = out.beginPart();
    if (element != null) { // typeId has seen to that
      serialize(element, typeId, out, depth + 1);
    }
    out.endPart(start);
  }

  private static void serializeKey(String key, ByteWriter out) {
    out.writeShort(STRING);
    int start = out.beginPart();
    out.writeUtf8(key);
    int bytes = out.length() - start;
    if (bytes > MAX_KEY_BYTES) { // the original writes and reads an empty one
      throw new WireFormatException(
          FailureReason.NAME_INVALID,
          "is a map with a key of %s bytes; %s are allowed".formatted(bytes, MAX_KEY_BYTES));
    }
    out.endPart(start);
  }

  private static <T> void sort(List<T> members, @Nullable Comparator<T> order) {
    members.sort(order);
    for (int i = 1; i < members.size(); i++) {
      if (members.get(i).equals(members.get(i - 1))) {
        throw new WireFormatException(
            FailureReason.SET_INVALID, "is a set with a member given twice");
      }
    }
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

  /**
   * The value whose type id and body these bytes, all of them, are. Members of sets come back in
   * the order they were written, which old writers left unsorted; numbers as they were written.
   */
  static AttributeValue parse(int typeId, byte[] body) {
    return parse(typeId, new ByteReader(body, FailureReason.ENCRYPTED_VALUE_MALFORMED), 1);
  }

  private static AttributeValue parse(int typeId, ByteReader in, int depth) {
    if (depth > MAX_DEPTH) {
      throw tooDeep();
    }
    AttributeValue value =
        switch (typeId) {
          case NULL -> AttributeValue.fromNul(true);
          case BOOL -> AttributeValue.fromBool(parseBool(in));
          case NUMBER -> AttributeValue.fromN(requireDecimal(in.readRestAsText(), in));
          case STRING -> AttributeValue.fromS(in.readRestAsText());
          case BINARY -> AttributeValue.fromB(binary(in.readRest()));
          case NUMBER_SET ->
              AttributeValue.fromNs(parseSet(in, () -> requireDecimal(in.readText(), in)));
          case STRING_SET -> AttributeValue.fromSs(parseSet(in, in::readText));
          case BINARY_SET -> AttributeValue.fromBs(parseSet(in, () -> binary(in.readBytes())));
          case LIST -> AttributeValue.fromL(parseList(in, depth));
          case MAP -> AttributeValue.fromM(parseMap(in, depth));
          default -> throw in.failure("has an unknown type id");
        };
    if (in.hasRemaining()) {
      throw in.failure("has bytes behind its end");
    }
    return value;
  }

  /** Any decimal number is read: an old writer may not have known DynamoDB's limits. */
  private static String requireDecimal(String number, ByteReader in) {
    if (!DynamoDbNumber.isDecimal(number)) {
      throw in.failure("is a number whose text is not a decimal number");
    }
    return number;
  }

  private static boolean parseBool(ByteReader in) {
    return switch (in.readByte()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw in.failure("is a BOOL that is neither 0 nor 1");
    };
  }

  private static <T> List<T> parseSet(ByteReader in, Supplier<T> member) {
    int count = in.readCount(Integer.BYTES);
    List<T> members = new ArrayList<>();
    Set<T> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      T read = member.get();
      if (!seen.add(read)) {
        throw in.failure("is a set with a member given twice");
      }
      members.add(read);
    }
    return members;
  }

  private static List<AttributeValue> parseList(ByteReader in, int depth) {
    int count = in.readCount(SMALLEST_ELEMENT_BYTES);
    List<AttributeValue> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(parse(in.readUnsignedShort(), in.readPart(), depth + 1));
    }
    return elements;
  }

  private static Map<String, AttributeValue> parseMap(ByteReader in, int depth) {
    int count = in.readCount(2 * SMALLEST_ELEMENT_BYTES);
    Map<String, AttributeValue> entries = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      if (in.readUnsignedShort() != STRING) {
        throw in.failure("is a map with a key that is not a string");
      }
      ByteReader keyBytes = in.readPart();
      if (keyBytes.remaining() > MAX_KEY_BYTES) {
        throw in.failure("is a map with an over-long key");
      }
      String key = keyBytes.readRestAsText();
      if (entries.put(key, parse(in.readUnsignedShort(), in.readPart(), depth + 1)) != null) {
        throw in.failure("is a map with a key given twice");
      }
    }
    return entries;
  }

  private static SdkBytes binary(byte[] bytes) {
    return SdkBytes.fromByteArrayUnsafe(bytes); // nobody else holds the array
  }

  private static WireFormatException tooDeep() {
    return new WireFormatException(
        FailureReason.NESTING_TOO_DEEP,
        "is nested deeper than DynamoDB's %s levels".formatted(MAX_DEPTH));
  }
}
