package io.github.itemseal.interop;

import static io.github.itemseal.interop.DbeForger.FOOTER;
import static io.github.itemseal.interop.DbeForger.HEADER;
import static io.github.itemseal.interop.VectorItems.n;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.without;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.MalformedItemException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is no item of the second format. */
final class DbeUnreadableVectors {
  private static final DbeVectorSetup SETUP = DbeVectorSetup.simple();

  private DbeUnreadableVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DBE, "invalid-item", 17000);
    notItems(file);
    keys(file);
    values(file);
    return file;
  }

  private static void notItems(VectorFile file) {
    forbidden(file, "plaintext item", simple(), FailureReason.PLAINTEXT_FORBIDDEN);
    forbidden(
        file,
        "item without header and footer",
        without(without(SETUP.stored(simple()), HEADER), FOOTER),
        FailureReason.PLAINTEXT_FORBIDDEN);
    forbidden(
        file,
        "item of the DynamoDB Encryption Client",
        VectorSetup.ofStaticKeys().stored(simple()),
        FailureReason.FORMAT_NOT_READ);
  }

  private static void forbidden(
      VectorFile file, String comment, Map<String, AttributeValue> stored, FailureReason reason) {
    file.invalid(
        comment, SETUP, stored, ForbiddenItemException.class, reason, VectorFlag.NOT_AN_ITEM);
  }

  private static void keys(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    for (String key : List.of("pk", "sk")) {
      malformed(
          file,
          "key " + key + " missing",
          without(stored, key),
          FailureReason.KEY_ATTRIBUTE_MISSING,
          VectorFlag.NOT_AN_ITEM);
      malformed(
          file,
          "key " + key + " is a BOOL",
          put(stored, key, AttributeValue.fromBool(true)),
          FailureReason.KEY_ATTRIBUTE_TYPE_INVALID,
          VectorFlag.NOT_AN_ITEM);
    }
  }

  private static void values(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(put(simple(), "d", s("x")));
    for (String number : List.of("", "1_000", " 5", "0x10", "NaN", "1E126", "1E-131", "1e")) {
      malformed(
          file,
          "signed number is '%s'".formatted(number),
          put(stored, "d", n(number)),
          FailureReason.NUMBER_INVALID,
          VectorFlag.MALFORMED_VALUE);
    }
    malformed(
        file,
        "signed number of 39 digits",
        put(stored, "d", n("1".repeat(39))),
        FailureReason.NUMBER_INVALID,
        VectorFlag.MALFORMED_VALUE);
    malformed(
        file,
        "NULL that is false",
        put(stored, "d", AttributeValue.fromNul(false)),
        FailureReason.VALUE_TYPE_INVALID,
        VectorFlag.MALFORMED_VALUE);
    for (String text : List.of("\uD800", "\uDC00\uD800", "x\uD83D")) {
      malformed(
          file,
          "signed text with half of a surrogate pair",
          put(stored, "d", s(text)),
          FailureReason.TEXT_INVALID,
          VectorFlag.MALFORMED_VALUE);
    }
  }

  private static void malformed(
      VectorFile file,
      String comment,
      Map<String, AttributeValue> stored,
      FailureReason reason,
      VectorFlag flag) {
    file.invalid(comment, SETUP, stored, MalformedItemException.class, reason, flag);
  }
}
