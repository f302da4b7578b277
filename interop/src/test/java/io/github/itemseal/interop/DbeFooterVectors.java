package io.github.itemseal.interop;

import static io.github.itemseal.interop.DbeForger.FOOTER;
import static io.github.itemseal.interop.DbeForger.binary;
import static io.github.itemseal.interop.DbeForger.join;
import static io.github.itemseal.interop.DbeVectorSetup.rawAes;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.without;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Footers that are none, or do not sign the item. */
final class DbeFooterVectors {
  private static final DbeVectorSetup SETUP = DbeVectorSetup.simple();
  private static final DbeVectorSetup SIGNED = DbeVectorSetup.of(1, DbeTable.ECDSA, rawAes(256));
  private static final int TAG = 48;
  private static final int SIGNATURE = 103;

  private DbeFooterVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DBE, "invalid-footer", 14000);
    attribute(file);
    sizes(file);
    tags(file);
    signature(file);
    return file;
  }

  private static void attribute(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    malformed(
        file, "footer missing", SETUP, without(stored, FOOTER), FailureReason.FOOTER_MALFORMED);
    for (AttributeValue other :
        List.of(
            s("footer"),
            AttributeValue.fromNul(true),
            AttributeValue.fromBs(List.of(stored.get(FOOTER).b())))) {
      malformed(
          file,
          "footer of type " + other.type(),
          SETUP,
          put(stored, FOOTER, other),
          FailureReason.FOOTER_MALFORMED);
    }
  }

  private static void sizes(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    byte[] footer = footer(stored);
    resized(file, "footer empty", SETUP, stored, new byte[0]);
    resized(file, "footer cut by a byte", SETUP, stored, Arrays.copyOf(footer, TAG - 1));
    resized(file, "footer extended by a byte", SETUP, stored, join(footer, new byte[1]));
    resized(file, "one tag more than data keys", SETUP, stored, join(footer, footer));
    resized(
        file,
        "bytes of a signature on an item without one",
        SETUP,
        stored,
        join(footer, new byte[SIGNATURE]));
    Map<String, AttributeValue> two = twoKeys();
    resized(file, "one tag less than data keys", SETUP, two, Arrays.copyOf(footer(two), TAG));

    Map<String, AttributeValue> signed = SIGNED.stored(simple());
    byte[] both = footer(signed);
    resized(file, "signature missing", SIGNED, signed, Arrays.copyOf(both, TAG));
    resized(file, "tag missing", SIGNED, signed, Arrays.copyOfRange(both, TAG, both.length));
    resized(file, "signature cut by a byte", SIGNED, signed, Arrays.copyOf(both, both.length - 1));
    resized(file, "signature extended by a byte", SIGNED, signed, join(both, new byte[1]));
    resized(
        file,
        "one tag more than data keys, signed",
        SIGNED,
        signed,
        join(Arrays.copyOf(both, TAG), both));
    resized(
        file,
        "signature with order - s for s, which verifies but has another length",
        SIGNED,
        signed,
        join(
            Arrays.copyOf(both, TAG),
            DbeForger.mirrored(Arrays.copyOfRange(both, TAG, both.length))));
    for (int length : new int[] {102, 104}) {
      DbeForger.Draft draft = SIGNED.forger().draft(simple());
      draft.signatureBytes = length;
      malformed(
          file,
          "good signature of %d bytes".formatted(length),
          SIGNED,
          draft.seal(),
          FailureReason.FOOTER_MALFORMED,
          VectorFlag.FORGED);
    }
  }

  private static void resized(
      VectorFile file,
      String comment,
      DbeVectorSetup setup,
      Map<String, AttributeValue> stored,
      byte[] footer) {
    malformed(
        file, comment, setup, put(stored, FOOTER, binary(footer)), FailureReason.FOOTER_MALFORMED);
  }

  private static void tags(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    changed(file, "first bit of the tag flipped", SETUP, stored, flip(footer(stored), 0));
    changed(file, "last bit of the tag flipped", SETUP, stored, flip(footer(stored), 8 * TAG - 1));
    changed(file, "tag of zeros", SETUP, stored, new byte[TAG]);
    changed(file, "tag of another such item", SETUP, stored, footer(SETUP.stored(simple())));
    Map<String, AttributeValue> two = twoKeys();
    byte[] flipped = flip(flip(footer(two), 7), 8 * TAG + 7);
    changed(file, "both tags of two changed", SETUP, two, flipped);
    Map<String, AttributeValue> signed = SIGNED.stored(simple());
    changed(file, "tag changed under a good signature", SIGNED, signed, flip(footer(signed), 100));
  }

  private static void signature(VectorFile file) {
    Map<String, AttributeValue> stored = SIGNED.stored(simple());
    byte[] footer = footer(stored);
    byte[] tag = Arrays.copyOf(footer, TAG);
    byte[] signature = Arrays.copyOfRange(footer, TAG, footer.length);
    changed(file, "first bit of the signature flipped", SIGNED, stored, flip(footer, 8 * TAG));
    changed(file, "bit of r flipped", SIGNED, stored, flip(footer, 8 * (TAG + 20)));
    changed(file, "last bit of the signature flipped", SIGNED, stored, flip(footer, 8 * 151 - 1));
    changed(file, "signature before the tag", SIGNED, stored, join(signature, tag));
    changed(file, "signature of zeros", SIGNED, stored, join(tag, new byte[SIGNATURE]));
    byte[] longOne = new byte[SIGNATURE];
    longOne[0] = 0x30;
    longOne[1] = SIGNATURE - 2;
    longOne[2] = 2;
    longOne[3] = 49;
    longOne[52] = 1; // r = 1 with zeros in front
    longOne[53] = 2;
    longOne[54] = 48;
    longOne[102] = 1;
    changed(file, "signature with r = s = 1, padded", SIGNED, stored, join(tag, longOne));
    byte[] other = footer(SIGNED.stored(simple()));
    changed(
        file,
        "signature of another such item",
        SIGNED,
        stored,
        join(tag, Arrays.copyOfRange(other, TAG, other.length)));
    changed(file, "footer of another such item", SIGNED, stored, other);
  }

  private static Map<String, AttributeValue> twoKeys() {
    DbeForger.Draft two = SETUP.forger().draft(simple());
    two.dataKeys = 2;
    return two.seal();
  }

  private static void changed(
      VectorFile file,
      String comment,
      DbeVectorSetup setup,
      Map<String, AttributeValue> stored,
      byte[] footer) {
    file.invalid(
        comment,
        setup,
        put(stored, FOOTER, binary(footer)),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MODIFIED_SIGNATURE);
  }

  private static void malformed(
      VectorFile file,
      String comment,
      DbeVectorSetup setup,
      Map<String, AttributeValue> stored,
      FailureReason reason,
      VectorFlag... moreFlags) {
    VectorFlag[] flags = Arrays.copyOf(moreFlags, moreFlags.length + 1);
    flags[moreFlags.length] = VectorFlag.MODIFIED_SIGNATURE;
    file.invalid(comment, setup, stored, MalformedItemException.class, reason, flags);
  }

  private static byte[] footer(Map<String, AttributeValue> stored) {
    return stored.get(FOOTER).b().asByteArray();
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return flipped;
  }
}
