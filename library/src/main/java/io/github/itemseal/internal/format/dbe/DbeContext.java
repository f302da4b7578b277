package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.format.AttributeTypes;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.Utf8Order;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.internal.value.DynamoDbNumber;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The base encryption context: what writer and reader know of an item without its header. Source:
 * docs/formats/dbe.md, "Base encryption context". Immutable and thread-safe.
 *
 * @param tableName the logical one
 * @param partitionKey name of the attribute
 * @param sortKey name of the attribute; null where the table has none
 */
record DbeContext(String tableName, String partitionKey, @Nullable String sortKey) {
  /** Where an item stores the public half of the key that signed it. */
  static final String PUBLIC_KEY = "aws-crypto-public-key";

  private static final String TABLE_NAME = "aws-crypto-table-name";
  private static final String PARTITION_NAME = "aws-crypto-partition-name";
  private static final String SORT_NAME = "aws-crypto-sort-name";
  private static final String LEGEND = "aws-crypto-legend";
  private static final String ATTRIBUTE = "aws-crypto-attr.";
  private static final int MAX_ENTRY_BYTES = 0xFFFF;

  /** The names of the table's key attributes. */
  List<String> keyNames() {
    return sortKey == null ? List.of(partitionKey) : List.of(partitionKey, sortKey);
  }

  /**
   * The context of an item.
   *
   * @param included names of the attributes in it; in version 1 the keys
   * @throws WireFormatException naming the attribute, if a value of theirs cannot be serialized or
   *     is too long for a context
   */
  Map<String, String> of(int version, Map<String, AttributeValue> item, List<String> included) {
    Map<String, String> context = new LinkedHashMap<>();
    context.put(TABLE_NAME, tableName);
    context.put(PARTITION_NAME, partitionKey);
    if (sortKey != null) {
      context.put(SORT_NAME, sortKey);
    }
    Map<String, Character> legend = new TreeMap<>(Utf8Order.INSTANCE);
    ByteWriter scratch = new ByteWriter();
    for (String name : included) {
      AttributeValue value = item.get(name);
      if (value == null) {
        continue; // ItemChecks has asked for the keys, and version 2 for what must be there
      }
      String key = ATTRIBUTE + name;
      try {
        if (version == 1) {
          context.put(key, base64(value, scratch));
        } else {
          legend.put(key, letterOf(value));
          context.put(key, textOf(value, scratch));
        }
      } catch (WireFormatException e) {
        throw e.inAttribute(name);
      }
    }
    if (version == 2) {
      StringBuilder letters = new StringBuilder();
      legend.values().forEach(letters::append);
      context.put(LEGEND, letters.toString());
    }
    return context;
  }

  private static char letterOf(AttributeValue value) {
    return switch (AttributeTypes.typeOf(value)) {
      case S -> 'S';
      case N -> 'N';
      case NUL, BOOL -> 'L';
      default -> 'B';
    };
  }

  private static String textOf(AttributeValue value, ByteWriter scratch) {
    return switch (AttributeTypes.typeOf(value)) {
      case S -> {
        scratch.reset();
        scratch.writeUtf8(value.s());
        yield fitting(value.s(), scratch.length());
      }
      case N -> DynamoDbNumber.canonical(value.n());
      case NUL -> "null";
      case BOOL -> value.bool() ? "true" : "false";
      default -> base64(value, scratch);
    };
  }

  private static String base64(AttributeValue value, ByteWriter out) {
    out.reset();
    out.writeShort(DbeValueCodec.typeId(value));
    DbeValueCodec.serialize(value, out);
    String text = Base64.getEncoder().encodeToString(out.toByteArray());
    return fitting(text, text.length());
  }

  /** The whole context is checked as well, but cannot say which attribute it was. */
  private static String fitting(String text, int lengthBytes) {
    if (lengthBytes > MAX_ENTRY_BYTES) {
      throw new WireFormatException(
          FailureReason.CONTEXT_TOO_LARGE,
          "takes %s bytes in the encryption context, more than %s"
              .formatted(lengthBytes, MAX_ENTRY_BYTES));
    }
    return text;
  }

  /**
   * What may choose a branch key: the attributes in the context, and in version 2 three more that
   * name the table and its keys.
   */
  Map<String, AttributeValue> attributes(
      int version, Map<String, AttributeValue> item, List<String> included) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (String name : included) {
      AttributeValue value = item.get(name);
      if (value != null) {
        attributes.put(name, DynamoDbNumber.canonical(value)); // as it will be when it is read
      }
    }
    if (version == 2) {
      attributes.put("aws_dbe_table_name", AttributeValue.fromS(tableName));
      attributes.put("aws_dbe_partition_name", AttributeValue.fromS(partitionKey));
      if (sortKey != null) {
        attributes.put("aws_dbe_sort_name", AttributeValue.fromS(sortKey));
      }
    }
    return attributes;
  }
}
