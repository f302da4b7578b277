package io.github.itemseal.interop;

import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;

import io.github.itemseal.FailureReason;
import io.github.itemseal.MalformedItemException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items by somebody who has the keys: correctly encrypted, committed to and signed, but what was
 * encrypted is no attribute value. Verification does not protect from a broken writer.
 */
final class DbeEncryptedValueVectors {
  private static final int LIST = 0x0300;
  private static final DbeVectorSetup SETUP = DbeVectorSetup.simple();

  private DbeEncryptedValueVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DBE, "invalid-encrypted-value", 16000);
    valid(file, "string, to show that the others fail for what is encrypted", "0001 78", s("x"));
    valid(
        file,
        "string set not in order, as versions up to 3.1.0 wrote it",
        "0101 00000002 00000001 62 00000001 61",
        AttributeValue.fromSs(List.of("a", "b")));
    valid(
        file,
        "map not in order",
        "0200 00000002 0001 00000001 62 0000 00000000 0001 00000001 61 0000 00000000",
        AttributeValue.fromM(
            Map.of("a", AttributeValue.fromNul(true), "b", AttributeValue.fromNul(true))));
    shapes(file);
    duplicates(file);
    lengths(file);
    nesting(file);
    return file;
  }

  private static void shapes(VectorFile file) {
    malformed(file, "unknown type 0003", "0003");
    malformed(file, "unknown type 0909", "0909 00");
    malformed(file, "type FF01", "FF01");
    malformed(file, "unknown type inside a list", "0300 00000001 0009 00000000");
    malformed(file, "BOOL of 2", "0004 02");
    malformed(file, "BOOL of FF", "0004 FF");
    malformed(file, "BOOL without a byte", "0004");
    malformed(file, "BOOL of two bytes", "0004 0000");
    malformed(file, "byte behind a NULL", "0000 00");
    malformed(file, "byte behind a NULL inside a list", "0300 00000001 0000 00000001 00");
    malformed(file, "string that is no UTF-8", "0001 FF");
    malformed(file, "string with an overlong character", "0001 C080");
    malformed(file, "string with half of a surrogate pair", "0001 EDA080");
    malformed(file, "string set with a member that is no UTF-8", "0101 00000001 00000001 80");
    malformed(file, "map with a number as its key", "0200 00000001 0002 00000001 31 0000 00000000");
    malformed(file, "map without a value", "0200 00000001 0001 00000001 61");
    malformed(file, "byte behind a string set", "0101 00000001 00000001 61 00");
    malformed(file, "bytes behind a list", "0300 00000000 0000");
    malformed(file, "byte behind a map", "0200 00000000 00");
    malformed(file, "byte behind a list inside a list", "0300 00000001 0300 00000005 00000000 00");
    malformed(file, "list with too few elements", "0300 00000002 0000 00000000");
    malformed(file, "list cut in its count", "0300 000000");
    malformed(file, "string set cut in a length", "0101 00000001 000000");
    malformed(file, "string set cut in a member", "0101 00000001 00000005 7878");
    malformed(file, "binary set cut in a member", "01FF 00000001 00000005 7878");
  }

  private static void duplicates(VectorFile file) {
    malformed(file, "string set with a member twice", "0101 00000002 00000001 61 00000001 61");
    malformed(file, "number set with a member twice", "0102 00000002 00000001 31 00000001 31");
    malformed(file, "binary set with a member twice", "01FF 00000002 00000001 31 00000001 31");
    malformed(
        file,
        "map with a key twice",
        "0200 00000002 0001 00000001 61 0000 00000000 0001 00000001 61 0004 00000001 01");
  }

  private static void lengths(VectorFile file) {
    Map<String, String> prefixes =
        Map.of(
            "string set", "0101",
            "number set", "0102",
            "binary set", "01FF",
            "list", "0300",
            "map", "0200");
    for (String type : prefixes.keySet().stream().sorted().toList()) {
      for (String count : List.of("7FFFFFFF", "80000000", "FFFFFFFF")) {
        malformed(
            file,
            "%s of %s".formatted(type, count),
            prefixes.get(type) + count + "00000000",
            VectorFlag.LENGTH);
      }
    }
    for (String length : List.of("7FFFFFFF", "FFFFFFFF")) {
      malformed(
          file,
          "string set with a member of length " + length,
          "0101 00000001" + length + "78",
          VectorFlag.LENGTH);
      malformed(
          file,
          "map with a key of length " + length,
          "0200 00000001 0001" + length + "78 0000 00000000",
          VectorFlag.LENGTH);
      malformed(
          file,
          "list with an element of length " + length,
          "0300 00000001 0001" + length + "78",
          VectorFlag.LENGTH);
    }
  }

  private static void nesting(VectorFile file) {
    file.valid(
        "nested 32 levels",
        SETUP,
        put(simple(), "a", nestedValue(32)),
        forged(nested(32)),
        VectorFlag.FORGED,
        VectorFlag.VALUE);
    for (int levels : new int[] {33, 5_000}) {
      file.invalid(
          "nested %,d levels".formatted(levels),
          SETUP,
          forged(nested(levels)),
          MalformedItemException.class,
          FailureReason.NESTING_TOO_DEEP,
          VectorFlag.MALFORMED_PLAINTEXT);
    }
  }

  private static AttributeValue nestedValue(int levels) {
    AttributeValue value = AttributeValue.fromNul(true);
    for (int level = 1; level < levels; level++) {
      value = AttributeValue.fromL(List.of(value));
    }
    return value;
  }

  /** Type id and value of lists in lists around a NULL. */
  private static byte[] nested(int levels) {
    DbeForger.Bytes bytes = new DbeForger.Bytes().u16(LIST).u32(1);
    for (int below = levels - 2; below > 0; below--) {
      // What follows the length of a list: its count, then type and length of what it holds.
      bytes.u16(LIST).u32(4 + 6 + 10 * (below - 1)).u32(1);
    }
    return bytes.u16(0).u32(0).toByteArray(); // NULL
  }

  private static void valid(VectorFile file, String comment, String hex, AttributeValue expected) {
    file.valid(
        comment,
        SETUP,
        put(simple(), "a", expected),
        forged(bytes(hex)),
        VectorFlag.FORGED,
        VectorFlag.VALUE);
  }

  private static void malformed(
      VectorFile file, String comment, String hex, VectorFlag... moreFlags) {
    VectorFlag[] flags = Arrays.copyOf(moreFlags, moreFlags.length + 1);
    flags[moreFlags.length] = VectorFlag.MALFORMED_PLAINTEXT;
    file.invalid(
        comment,
        SETUP,
        forged(bytes(hex)),
        MalformedItemException.class,
        FailureReason.ENCRYPTED_VALUE_MALFORMED,
        flags);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** The simple item, with this type id and value in place of a's. */
  private static Map<String, AttributeValue> forged(byte[] value) {
    DbeForger.Draft draft = SETUP.forger().draft(simple());
    draft.values.put("a", value);
    return draft.seal();
  }
}
