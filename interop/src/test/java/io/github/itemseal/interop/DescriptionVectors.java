package io.github.itemseal.interop;

import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.without;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.Descriptions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Material descriptions that are missing, cut, too large, or say something else. */
final class DescriptionVectors {
  private DescriptionVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DDBEC, "invalid-description", 5000);
    missing(file);
    malformed(file);
    lengths(file);
    mismatch(file);
    accepted(file);
    return file;
  }

  private static void missing(VectorFile file) {
    incomplete(
        file,
        "description missing, static keys",
        VectorSetup.ofStaticKeys(),
        without(VectorSetup.ofStaticKeys().stored(simple()), Ddbec.DESCRIPTION_ATTRIBUTE));
    Map<String, AttributeValue> wrapped = WrappedVectors.aes().stored(simple());
    incomplete(
        file,
        "description missing, wrapped keys",
        WrappedVectors.aes(),
        without(wrapped, Ddbec.DESCRIPTION_ATTRIBUTE));
    incomplete(
        file,
        "description without entries, wrapped keys",
        WrappedVectors.aes(),
        Descriptions.replaced(wrapped, Map.of()));
    for (String entry :
        List.of(
            WrappedVectors.WRAPPED_KEY,
            WrappedVectors.CONTENT_KEY_ALGORITHM,
            "amzn-ddb-map-sym-mode")) {
      incomplete(
          file,
          "description without " + entry,
          WrappedVectors.aes(),
          Descriptions.without(wrapped, entry));
    }
    VectorSetup sha384 =
        SignatureVectors.rsa()
            .extraDescription(SignatureVectors.SIGNING_ALGORITHM, "SHA384withRSA");
    file.invalid(
        "description without signingAlg, so SHA256withRSA, of an SHA384withRSA item",
        SignatureVectors.rsa(),
        Descriptions.without(sha384.stored(simple()), SignatureVectors.SIGNING_ALGORITHM),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MODIFIED_DESCRIPTION);
  }

  private static void incomplete(
      VectorFile file, String comment, VectorSetup setup, Map<String, AttributeValue> stored) {
    file.invalid(
        comment,
        setup,
        stored,
        MalformedItemException.class,
        FailureReason.DESCRIPTION_INCOMPLETE,
        VectorFlag.MODIFIED_DESCRIPTION);
  }

  private static void malformed(VectorFile file) {
    Map<String, AttributeValue> stored = VectorSetup.ofStaticKeys().stored(simple());
    byte[] bytes = stored.get(Ddbec.DESCRIPTION_ATTRIBUTE).b().asByteArray();
    for (AttributeValue other : List.of(s("description"), AttributeValue.fromNul(true))) {
      file.invalid(
          "description of type " + other.type(),
          VectorSetup.ofStaticKeys(),
          put(stored, Ddbec.DESCRIPTION_ATTRIBUTE, other),
          MalformedItemException.class,
          FailureReason.DESCRIPTION_MALFORMED,
          VectorFlag.MODIFIED_DESCRIPTION);
    }
    malformed(file, "empty description", "");
    malformed(file, "description of three bytes", "000000");
    malformed(file, "description of version 1", "00000001");
    malformed(file, "description of version FFFFFFFF", "FFFFFFFF");
    malformed(file, "description of version 01000000", "01000000");
    for (int length : List.of(5, 7, 8, 9, bytes.length - 20, bytes.length - 17, bytes.length - 1)) {
      malformed(file, "description cut to " + length + " bytes", Arrays.copyOf(bytes, length));
    }
    malformed(file, "zero byte behind the description", Arrays.copyOf(bytes, bytes.length + 1));
    malformed(file, "entry without a text", "00000000 00000001 61");
    malformed(
        file, "entry named twice", "00000000 00000001 61 00000001 62 00000001 61 00000001 62");
    malformed(file, "name that is no UTF-8", "00000000 00000001 FF 00000001 62");
    malformed(file, "text that is no UTF-8", "00000000 00000001 61 00000002 C080");
    malformed(
        file,
        "description of 65,537 bytes",
        Descriptions.bytes(Map.of("a", "x".repeat(65_537 - 4 - 5 - 4))));
  }

  private static void lengths(VectorFile file) {
    for (String length : List.of("7FFFFFFF", "80000000", "FFFFFFFF", "00000002")) {
      malformed(file, "name of length " + length, "00000000 " + length + " 61", VectorFlag.LENGTH);
      malformed(
          file,
          "text of length " + length,
          "00000000 00000001 61 " + length + " 62",
          VectorFlag.LENGTH);
    }
  }

  private static void malformed(
      VectorFile file, String comment, String hex, VectorFlag... moreFlags) {
    malformed(file, comment, HexFormat.of().parseHex(hex.replace(" ", "")), moreFlags);
  }

  private static void malformed(
      VectorFile file, String comment, byte[] description, VectorFlag... moreFlags) {
    VectorFlag[] flags = Arrays.copyOf(moreFlags, moreFlags.length + 1);
    flags[moreFlags.length] = VectorFlag.MODIFIED_DESCRIPTION;
    file.invalid(
        comment,
        VectorSetup.ofStaticKeys(),
        Descriptions.replaced(VectorSetup.ofStaticKeys().stored(simple()), description),
        MalformedItemException.class,
        FailureReason.DESCRIPTION_MALFORMED,
        flags);
  }

  /** Static keys with a description of their own only read items that carry it. */
  private static void mismatch(VectorFile file) {
    Map<String, String> own =
        new TreeMap<>(Map.of("keys", "2026", "\u043A\u043B\u044E\u0447", "\uD83D\uDD11"));
    VectorSetup setup = VectorSetup.ofStaticKeys().provider("materialDescription", own);
    Map<String, AttributeValue> stored = setup.stored(simple());
    file.written(
        "static keys with a description of their own",
        setup,
        simple(),
        VectorFlag.DESCRIPTION_FORM);
    for (Map<String, AttributeValue> other :
        List.of(
            without(stored, Ddbec.DESCRIPTION_ATTRIBUTE),
            Descriptions.without(stored, "keys"),
            Descriptions.with(stored, "keys", "2025"))) {
      file.invalid(
          "description is not that of the static keys",
          setup,
          other,
          MaterialsUnavailableException.class,
          FailureReason.MATERIALS_MISMATCH,
          VectorFlag.MODIFIED_DESCRIPTION);
    }
  }

  private static void accepted(VectorFile file) {
    Map<String, AttributeValue> stored = WrappedVectors.aes().stored(simple());
    Map<String, String> entries = Descriptions.of(stored);
    Map<String, String> descending = new LinkedHashMap<>();
    entries.keySet().stream()
        .sorted((a, b) -> b.compareTo(a))
        .forEach(name -> descending.put(name, entries.get(name)));
    file.valid(
        "entries in descending order",
        WrappedVectors.aes(),
        simple(),
        Descriptions.replaced(stored, descending),
        VectorFlag.DERIVED,
        VectorFlag.DESCRIPTION_FORM);
    file.valid(
        "entries nobody asked for, one without a name",
        WrappedVectors.aes(),
        simple(),
        Descriptions.with(Descriptions.with(stored, "\uD83D\uDD11", "\u4E2D"), "", ""),
        VectorFlag.DERIVED,
        VectorFlag.DESCRIPTION_FORM);
    VectorSetup signOnly =
        VectorSetup.of(VectorSetup.staticKeys(null, "test-hmac-sha256"))
            .actions(AttributeActions.withDefault(CryptoAction.SIGN_ONLY));
    file.valid(
        "description without entries, as Python writes where Java writes none",
        signOnly,
        simple(),
        Descriptions.replaced(signOnly.stored(simple()), Map.of()),
        VectorFlag.DERIVED,
        VectorFlag.DESCRIPTION_FORM);
  }
}
