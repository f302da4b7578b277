package io.github.itemseal.interop;

import static io.github.itemseal.interop.VectorItems.b;
import static io.github.itemseal.interop.VectorItems.n;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.without;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is no item of the format, or none that this configuration can read. */
final class UnreadableVectors {
  private UnreadableVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DDBEC, "invalid-item", 8000);
    notItems(file);
    keys(file);
    types(file);
    values(file);
    return file;
  }

  private static void notItems(VectorFile file) {
    VectorSetup setup = VectorSetup.ofStaticKeys();
    forbidden(file, "plaintext item", setup, simple(), FailureReason.PLAINTEXT_FORBIDDEN);
    forbidden(
        file,
        "item without description and signature",
        setup,
        without(
            without(setup.stored(simple()), Ddbec.DESCRIPTION_ATTRIBUTE),
            Ddbec.SIGNATURE_ATTRIBUTE),
        FailureReason.PLAINTEXT_FORBIDDEN);
    forbidden(
        file,
        "item of the Database Encryption SDK",
        setup,
        put(put(simple(), "aws_dbe_head", b(1, 0)), "aws_dbe_foot", b(0)),
        FailureReason.FORMAT_NOT_READ);
    file.invalid(
        "encrypted attribute, but no content key is configured",
        VectorSetup.of(VectorSetup.staticKeys(null, "test-hmac-sha256")),
        setup.stored(simple()),
        MaterialsUnavailableException.class,
        FailureReason.KEY_NOT_CONFIGURED,
        VectorFlag.NOT_AN_ITEM);
  }

  private static void forbidden(
      VectorFile file,
      String comment,
      VectorSetup setup,
      Map<String, AttributeValue> stored,
      FailureReason reason) {
    file.invalid(
        comment, setup, stored, ForbiddenItemException.class, reason, VectorFlag.NOT_AN_ITEM);
  }

  private static void keys(VectorFile file) {
    VectorSetup setup = VectorSetup.ofStaticKeys();
    Map<String, AttributeValue> stored = setup.stored(simple());
    for (String key : List.of("pk", "sk")) {
      malformed(
          file,
          "key " + key + " missing",
          setup,
          without(stored, key),
          FailureReason.KEY_ATTRIBUTE_MISSING,
          VectorFlag.NOT_AN_ITEM);
      malformed(
          file,
          "key " + key + " is a BOOL",
          setup,
          put(stored, key, AttributeValue.fromBool(true)),
          FailureReason.KEY_ATTRIBUTE_TYPE_INVALID,
          VectorFlag.NOT_AN_ITEM);
    }
  }

  private static void types(VectorFile file) {
    VectorSetup setup = VectorSetup.ofStaticKeys();
    Map<String, AttributeValue> stored = setup.stored(simple());
    for (AttributeValue other :
        List.of(
            s("plain"),
            n("1"),
            AttributeValue.fromBool(true),
            AttributeValue.fromNul(true),
            AttributeValue.fromBs(List.of(stored.get("a").b())),
            AttributeValue.fromL(List.of(stored.get("a"))),
            AttributeValue.fromM(Map.of()))) {
      malformed(
          file,
          "encrypted attribute of type " + other.type(),
          setup,
          put(stored, "a", other),
          FailureReason.ENCRYPTED_ATTRIBUTE_NOT_BINARY,
          VectorFlag.MODIFIED_ITEM);
    }
    malformed(
        file,
        "plaintext attribute added where all are encrypted",
        setup,
        put(stored, "new", s("plain")),
        FailureReason.ENCRYPTED_ATTRIBUTE_NOT_BINARY,
        VectorFlag.MODIFIED_ITEM);
  }

  private static void values(VectorFile file) {
    VectorSetup setup =
        VectorSetup.ofStaticKeys().actions(AttributeActions.withDefault(CryptoAction.SIGN_ONLY));
    Map<String, AttributeValue> stored = setup.stored(simple());
    for (String number :
        List.of("", "1_000", " 5", "0x10", "NaN", "Infinity", "1E999999999", "1E-999999999")) {
      malformed(
          file,
          "signed number is '%s'".formatted(number),
          setup,
          put(stored, "b", n(number)),
          FailureReason.NUMBER_INVALID,
          VectorFlag.MALFORMED_VALUE);
    }
    malformed(
        file,
        "signed number of 600 digits",
        setup,
        put(stored, "b", n("1".repeat(600))),
        FailureReason.NUMBER_INVALID,
        VectorFlag.MALFORMED_VALUE);
    malformed(
        file,
        "member of a signed number set is no number",
        setup,
        put(stored, "b", AttributeValue.fromNs(List.of("1", "x"))),
        FailureReason.NUMBER_INVALID,
        VectorFlag.MALFORMED_VALUE);
    malformed(
        file,
        "NULL that is false",
        setup,
        put(stored, "a", AttributeValue.fromNul(false)),
        FailureReason.VALUE_TYPE_INVALID,
        VectorFlag.MALFORMED_VALUE);
    for (String text : List.of("\uD800", "\uDC00", "\uDC00\uD800", "x\uD83D")) {
      malformed(
          file,
          "signed text with half of a surrogate pair",
          setup,
          put(stored, "a", s(text)),
          FailureReason.TEXT_INVALID,
          VectorFlag.MALFORMED_VALUE);
    }
    malformed(
        file,
        "half of a surrogate pair inside a signed map",
        setup,
        put(stored, "a", AttributeValue.fromM(Map.of("\uD800", s("")))),
        FailureReason.TEXT_INVALID,
        VectorFlag.MALFORMED_VALUE);
    malformed(
        file,
        "name of a signed attribute is half of a surrogate pair",
        setup,
        put(stored, "\uDFFF", s("")),
        FailureReason.TEXT_INVALID,
        VectorFlag.MALFORMED_VALUE);
  }

  private static void malformed(
      VectorFile file,
      String comment,
      VectorSetup setup,
      Map<String, AttributeValue> stored,
      FailureReason reason,
      VectorFlag flag) {
    file.invalid(comment, setup, stored, MalformedItemException.class, reason, flag);
  }
}
