package io.github.itemseal.interop;

import static io.github.itemseal.interop.DbeForger.HEADER;
import static io.github.itemseal.interop.DbeForger.PUBLIC_KEY;
import static io.github.itemseal.interop.DbeForger.binary;
import static io.github.itemseal.interop.DbeForger.join;
import static io.github.itemseal.interop.DbeVectorSetup.rawAes;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.without;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Headers that are none, or are another item's. Those that are changed in the stored item anybody
 * can make who can write to the table; those that are forged have good tags, and a good commitment
 * unless that is what is wrong.
 */
final class DbeHeaderVectors {
  private static final DbeVectorSetup SETUP = DbeVectorSetup.of(1, DbeTable.HMAC_ONLY, rawAes(256));
  private static final DbeVectorSetup SIGNED = DbeVectorSetup.of(1, DbeTable.ECDSA, rawAes(256));

  /** The simple item under the simple setup has these many signed attributes. */
  private static final int SIGNED_ATTRIBUTES = 5;

  private static final int LEGEND = 34;
  private static final int CONTEXT = LEGEND + 2 + SIGNED_ATTRIBUTES;
  private static final int DATA_KEYS = CONTEXT + 2;
  private static final int PROVIDER_ID = DATA_KEYS + 1;
  private static final int PROVIDER_INFO = PROVIDER_ID + 2 + DbeVectorSetup.NAMESPACE.length();
  private static final int CIPHERTEXT = PROVIDER_INFO + 2 + DbeVectorSetup.KEY_NAME.length() + 20;
  private static final int COMMITMENT = CIPHERTEXT + 2 + 96;
  private static final int END = COMMITMENT + 32;

  private DbeHeaderVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DBE, "invalid-header", 13000);
    attribute(file);
    sizes(file);
    claims(file);
    flips(file);
    moved(file);
    forgedContext(file);
    forgedLegend(file);
    forgedKeys(file);
    publicKey(file);
    forgedCommitment(file, "", SETUP);
    forgedCommitment(file, ", signed", SIGNED);
    forgedCommitment(
        file, ", item format 2", DbeVectorSetup.of(2, DbeTable.HMAC_ONLY, rawAes(256)));
    return file;
  }

  private static void attribute(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    malformed(file, "header missing", without(stored, HEADER), FailureReason.HEADER_MALFORMED);
    for (AttributeValue other :
        List.of(
            s("header"),
            AttributeValue.fromNul(true),
            AttributeValue.fromBs(List.of(stored.get(HEADER).b())))) {
      malformed(
          file,
          "header of type " + other.type(),
          put(stored, HEADER, other),
          FailureReason.HEADER_MALFORMED);
    }
  }

  private static void sizes(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    byte[] header = stored.get(HEADER).b().asByteArray();
    if (header.length != END) {
      throw new IllegalStateException("The header has " + header.length + " bytes, not " + END);
    }
    Map<Integer, String> cuts = new LinkedHashMap<>();
    cuts.put(0, "to nothing");
    cuts.put(1, "behind the version");
    cuts.put(2, "behind the suite");
    cuts.put(20, "within the message id");
    cuts.put(LEGEND, "before the legend");
    cuts.put(LEGEND + 1, "within the legend's length");
    cuts.put(LEGEND + 4, "within the legend");
    cuts.put(CONTEXT, "before the context");
    cuts.put(CONTEXT + 1, "within the context's count");
    cuts.put(DATA_KEYS, "before the count of data keys");
    cuts.put(PROVIDER_ID, "before the data key");
    cuts.put(PROVIDER_ID + 3, "within the provider id");
    cuts.put(PROVIDER_INFO + 10, "within the provider info");
    cuts.put(CIPHERTEXT + 2, "before the encrypted data key");
    cuts.put(CIPHERTEXT + 50, "within the encrypted data key");
    cuts.put(COMMITMENT, "before the commitment");
    cuts.put(END - 1, "by a byte");
    cuts.forEach(
        (length, where) ->
            malformed(
                file,
                "header cut " + where,
                put(stored, HEADER, binary(Arrays.copyOf(header, length)))));
    malformed(
        file, "header extended by a byte", put(stored, HEADER, binary(join(header, new byte[1]))));
    malformed(
        file,
        "header extended by another header",
        put(stored, HEADER, binary(join(header, header))));
    malformed(
        file,
        "byte between data keys and commitment",
        put(
            stored,
            HEADER,
            binary(
                join(
                    join(Arrays.copyOf(header, COMMITMENT), new byte[1]),
                    Arrays.copyOfRange(header, COMMITMENT, END)))));
  }

  /** Counts, lengths and codes that say something else than what is there. */
  private static void claims(VectorFile file) {
    for (int version : new int[] {0, 3, 255}) {
      claim(file, "item format " + version, 0, version);
    }
    claim(file, "item format 2 for an item of format 1", 0, 2, ItemAuthenticationException.class);
    for (int suite : new int[] {2, 255}) {
      claim(file, "suite %02x".formatted(suite), 1, suite);
    }
    claim(file, "suite with ECDSA for an item without", 1, 1);
    claim(file, "legend one longer than it is", LEGEND + 1, SIGNED_ATTRIBUTES + 1);
    claim(file, "legend one shorter than it is", LEGEND + 1, SIGNED_ATTRIBUTES - 1);
    claim(file, "legend of length 0", LEGEND + 1, 0);
    claim(file, "legend of length FF05", LEGEND, 0xFF, VectorFlag.LENGTH);
    claim(file, "unknown action in the legend", LEGEND + 2, 'x');
    claim(file, "one pair of context that is not there", CONTEXT + 1, 1, VectorFlag.LENGTH);
    claim(file, "FF00 pairs of context", CONTEXT, 0xFF, VectorFlag.LENGTH);
    claim(file, "no data keys", DATA_KEYS, 0);
    claim(file, "two data keys where there is one", DATA_KEYS, 2, VectorFlag.LENGTH);
    claim(file, "255 data keys where there is one", DATA_KEYS, 255, VectorFlag.LENGTH);
    claim(file, "provider id of length FF04", PROVIDER_ID, 0xFF, VectorFlag.LENGTH);
    claim(file, "provider info of length FF17", PROVIDER_INFO, 0xFF, VectorFlag.LENGTH);
    claim(file, "encrypted data key of length FF60", CIPHERTEXT, 0xFF, VectorFlag.LENGTH);
    claim(file, "encrypted data key of length 0", CIPHERTEXT + 1, 0);
    claim(file, "provider id that is no UTF-8", PROVIDER_ID + 2, 0xFF);
  }

  private static void claim(
      VectorFile file, String comment, int offset, int value, VectorFlag... flags) {
    claim(file, comment, offset, value, MalformedItemException.class, flags);
  }

  private static void claim(
      VectorFile file,
      String comment,
      int offset,
      int value,
      Class<? extends ItemsealException> exception,
      VectorFlag... flags) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    byte[] header = stored.get(HEADER).b().asByteArray();
    header[offset] = (byte) value;
    file.invalid(
        comment,
        SETUP,
        put(stored, HEADER, binary(header)),
        exception,
        exception == MalformedItemException.class
            ? FailureReason.HEADER_MALFORMED
            : FailureReason.NOT_AUTHENTIC,
        with(flags, VectorFlag.HEADER));
  }

  private static void flips(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    byte[] header = stored.get(HEADER).b().asByteArray();
    flip(file, "first bit of the message id flipped", stored, 8 * 2);
    flip(file, "last bit of the message id flipped", stored, 8 * LEGEND - 1);
    flip(file, "bit of the nonce in the provider info flipped", stored, 8 * CIPHERTEXT - 1);
    flip(file, "bit of the encrypted data key flipped", stored, 8 * (CIPHERTEXT + 2));
    flip(file, "bit of its tag flipped", stored, 8 * (CIPHERTEXT + 2 + 48) - 1);
    flip(file, "bit of the wrapped intermediate key flipped", stored, 8 * (CIPHERTEXT + 60));
    flip(file, "last bit of the wrapped intermediate key flipped", stored, 8 * COMMITMENT - 1);
    flip(file, "first bit of the commitment flipped", stored, 8 * COMMITMENT);
    flip(file, "last bit of the commitment flipped", stored, 8 * END - 1);
    byte[] zeros = header.clone();
    Arrays.fill(zeros, COMMITMENT, END, (byte) 0);
    notAuthentic(file, "commitment of zeros", SETUP, put(stored, HEADER, binary(zeros)));
    for (char action : new char[] {'s', 'c'}) {
      byte[] changed = header.clone();
      changed[LEGEND + 2] = (byte) action;
      notAuthentic(
          file,
          "legend says '%s' of an encrypted attribute".formatted(action),
          SETUP,
          put(stored, HEADER, binary(changed)));
    }
  }

  private static void flip(
      VectorFile file, String comment, Map<String, AttributeValue> stored, int bit) {
    byte[] header = stored.get(HEADER).b().asByteArray();
    header[bit / 8] ^= (byte) (0x80 >> bit % 8);
    notAuthentic(file, comment, SETUP, put(stored, HEADER, binary(header)));
  }

  /** Parts in another place. */
  private static void moved(VectorFile file) {
    Map<String, AttributeValue> stored = SETUP.stored(simple());
    byte[] header = stored.get(HEADER).b().asByteArray();
    byte[] reordered =
        new DbeForger.Bytes()
            .put(Arrays.copyOf(header, LEGEND))
            .put(Arrays.copyOfRange(header, CONTEXT, DATA_KEYS))
            .put(Arrays.copyOfRange(header, LEGEND, CONTEXT))
            .put(Arrays.copyOfRange(header, DATA_KEYS, END))
            .toByteArray();
    malformed(file, "context before the legend", put(stored, HEADER, binary(reordered)));
    DbeForger.Draft two = SETUP.forger().draft(simple());
    two.dataKeys = 2;
    Map<String, AttributeValue> twoKeys = two.seal();
    byte[] ofTwo = twoKeys.get(HEADER).b().asByteArray();
    int length = COMMITMENT - PROVIDER_ID;
    byte[] swapped = ofTwo.clone();
    System.arraycopy(ofTwo, PROVIDER_ID, swapped, PROVIDER_ID + length, length);
    System.arraycopy(ofTwo, PROVIDER_ID + length, swapped, PROVIDER_ID, length);
    notAuthentic(file, "two data keys swapped", SETUP, put(twoKeys, HEADER, binary(swapped)));
    Map<String, AttributeValue> other = SETUP.stored(simple());
    notAuthentic(
        file, "header of another such item", SETUP, put(stored, HEADER, other.get(HEADER)));
    byte[] mixed = header.clone();
    byte[] otherHeader = other.get(HEADER).b().asByteArray();
    System.arraycopy(otherHeader, DATA_KEYS, mixed, DATA_KEYS, COMMITMENT - DATA_KEYS);
    notAuthentic(file, "data keys of another item", SETUP, put(stored, HEADER, binary(mixed)));
    mixed = header.clone();
    System.arraycopy(otherHeader, COMMITMENT, mixed, COMMITMENT, 32);
    notAuthentic(file, "commitment of another item", SETUP, put(stored, HEADER, binary(mixed)));
  }

  private static void forgedContext(VectorFile file) {
    forgedValid(
        file,
        "stored context of two more entries, in order",
        draft -> {
          draft.storedContext.add(Map.entry("a", "1"));
          draft.storedContext.add(Map.entry("b", ""));
        });
    forgedValid(
        file,
        "stored context that repeats what the reader knows",
        draft -> draft.storedContext.add(Map.entry("aws-crypto-table-name", "T")));
    forged(
        file,
        "stored context not in order",
        draft -> {
          draft.storedContext.add(Map.entry("b", "1"));
          draft.storedContext.add(Map.entry("a", "1"));
        });
    forged(
        file,
        "stored context with a key given twice",
        draft -> {
          draft.storedContext.add(Map.entry("a", "1"));
          draft.storedContext.add(Map.entry("a", "1"));
        });
    forged(
        file,
        "stored context with a key given twice, with two values",
        draft -> {
          draft.storedContext.add(Map.entry("a", "1"));
          draft.storedContext.add(Map.entry("a", "2"));
        });
    forged(
        file,
        "stored context in the order of UTF-16, not of UTF-8",
        draft -> {
          draft.storedContext.add(Map.entry(ValueVectors.ASTRAL, "1"));
          draft.storedContext.add(Map.entry(ValueVectors.PRIVATE_USE, "1"));
        });
    DbeForger.Draft contradicting = SETUP.forger().draft(simple());
    contradicting.storedContext.add(Map.entry("aws-crypto-table-name", "Other"));
    notAuthentic(
        file,
        "stored context that contradicts what the reader knows",
        SETUP,
        contradicting.seal(),
        VectorFlag.FORGED);
  }

  private static void forgedLegend(VectorFile file) {
    Map<String, UnaryOperator<byte[]>> changes = new LinkedHashMap<>();
    changes.put("one shorter", legend -> Arrays.copyOf(legend, SIGNED_ATTRIBUTES - 1));
    changes.put("one longer", legend -> join(legend, new byte[] {'s'}));
    changes.put("empty", legend -> new byte[0]);
    changes.forEach(
        (comment, change) -> {
          DbeForger.Draft draft = SETUP.forger().draft(simple());
          draft.legend = change;
          notAuthentic(
              file,
              "legend %s than the item has signed attributes, committed to".formatted(comment),
              SETUP,
              draft.seal(),
              VectorFlag.FORGED);
        });
    forged(
        file,
        "unknown action in the legend, committed to",
        draft ->
            draft.legend =
                legend -> {
                  legend[0] = 'x';
                  return legend;
                });
    DbeForger.Draft swapped = SETUP.forger().draft(simple());
    swapped.legend =
        legend -> {
          legend[0] = 's';
          return legend;
        };
    notAuthentic(
        file,
        "legend says 's' of an encrypted attribute, committed to",
        SETUP,
        swapped.seal(),
        VectorFlag.FORGED);
  }

  private static void forgedKeys(VectorFile file) {
    forgedValid(file, "two data keys of one wrapping key", draft -> draft.dataKeys = 2);
    forged(file, "no data keys, committed to", draft -> draft.dataKeys = 0);
    forged(file, "item format 3, committed to", draft -> draft.version = 3);
    forged(file, "suite 02, committed to", draft -> draft.flavor = 2);
    forged(
        file,
        "byte behind the data keys, committed to",
        draft -> draft.encryptedDataKeys = keys -> join(keys, new byte[1]));
    forged(
        file,
        "header of 32 more bytes, committed to",
        draft -> draft.partialHeader = partial -> join(partial, new byte[32]));
  }

  private static void publicKey(VectorFile file) {
    DbeForger.Draft missing = SIGNED.forger().draft(simple());
    missing.storedContext.clear();
    file.invalid(
        "no public key for a signed item",
        SIGNED,
        missing.seal(),
        MalformedItemException.class,
        FailureReason.HEADER_MALFORMED,
        VectorFlag.HEADER,
        VectorFlag.FORGED);
    DbeForger.Draft present = SETUP.forger().draft(simple());
    present.storedContext.add(Map.entry(PUBLIC_KEY, DbeForger.encodedPoint(DbeForger.newPair())));
    file.invalid(
        "a public key for an item that is not signed",
        SETUP,
        present.seal(),
        MalformedItemException.class,
        FailureReason.HEADER_MALFORMED,
        VectorFlag.HEADER,
        VectorFlag.FORGED);
    byte[] noPoint = new byte[49];
    Arrays.fill(noPoint, (byte) 0xFF);
    noPoint[0] = 2;
    byte[] uncompressed = new byte[97];
    uncompressed[0] = 4;
    Map<String, byte[]> points = new LinkedHashMap<>();
    points.put("empty", new byte[0]);
    points.put("the point at infinity", new byte[1]);
    points.put("beyond the field", noPoint);
    points.put("a byte short", Arrays.copyOf(noPoint, 48));
    points.put("not compressed", uncompressed);
    points.forEach(
        (comment, point) -> publicKey(file, comment, Base64.getEncoder().encodeToString(point)));
    publicKey(file, "not Base64", "?");
    DbeForger.Draft other = SIGNED.forger().draft(simple());
    other.signingKey = DbeForger.newPair().getPrivate();
    notAuthentic(file, "public key of another pair", SIGNED, other.seal(), VectorFlag.FORGED);
  }

  private static void publicKey(VectorFile file, String comment, String publicKey) {
    DbeForger.Draft draft = SIGNED.forger().draft(simple());
    draft.storedContext.clear();
    draft.storedContext.add(Map.entry(PUBLIC_KEY, publicKey));
    notAuthentic(file, "public key: " + comment, SIGNED, draft.seal(), VectorFlag.FORGED);
  }

  /** Nothing but the commitment is wrong: the tags and the signature are made over it. */
  private static void forgedCommitment(VectorFile file, String kind, DbeVectorSetup setup) {
    Map<String, UnaryOperator<byte[]>> commitments = new LinkedHashMap<>();
    commitments.put("of zeros", mac -> new byte[32]);
    commitments.put("with its first bit flipped", mac -> flipped(mac, 0));
    commitments.put("with its last bit flipped", mac -> flipped(mac, 255));
    commitments.put("that is the HMAC's other half", mac -> Arrays.copyOfRange(mac, 32, 64));
    commitments.forEach(
        (comment, commitment) ->
            forgedCommitment(file, comment + kind, setup, draft -> draft.commitment = commitment));
    forgedCommitment(
        file,
        "by the key that encrypts" + kind,
        setup,
        draft -> draft.commitKeyInfo = "AWS_DBE_DERIVE_KEY");
    byte[] header = setup.forger().draft(simple()).seal().get(HEADER).b().asByteArray();
    byte[] other = Arrays.copyOfRange(header, header.length - 32, header.length);
    forgedCommitment(
        file, "to another item's data key" + kind, setup, draft -> draft.commitment = mac -> other);
  }

  private static void forgedCommitment(
      VectorFile file, String comment, DbeVectorSetup setup, Consumer<DbeForger.Draft> change) {
    DbeForger.Draft draft = setup.forger().draft(simple());
    change.accept(draft);
    file.invalid(
        "commitment " + comment,
        setup,
        draft.seal(),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.COMMITMENT,
        VectorFlag.FORGED);
  }

  private static byte[] flipped(byte[] mac, int bit) {
    byte[] commitment = Arrays.copyOf(mac, 32);
    commitment[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return commitment;
  }

  private static void forgedValid(
      VectorFile file, String comment, Consumer<DbeForger.Draft> change) {
    DbeForger.Draft draft = SETUP.forger().draft(simple());
    change.accept(draft);
    file.valid(comment, SETUP, simple(), draft.seal(), VectorFlag.HEADER, VectorFlag.FORGED);
  }

  private static void forged(VectorFile file, String comment, Consumer<DbeForger.Draft> change) {
    DbeForger.Draft draft = SETUP.forger().draft(simple());
    change.accept(draft);
    malformed(file, comment, draft.seal(), VectorFlag.FORGED);
  }

  private static void malformed(
      VectorFile file, String comment, Map<String, AttributeValue> stored, VectorFlag... flags) {
    malformed(file, comment, stored, FailureReason.HEADER_MALFORMED, flags);
  }

  private static void malformed(
      VectorFile file,
      String comment,
      Map<String, AttributeValue> stored,
      FailureReason reason,
      VectorFlag... flags) {
    file.invalid(
        comment,
        SETUP,
        stored,
        MalformedItemException.class,
        reason,
        with(flags, VectorFlag.HEADER));
  }

  private static void notAuthentic(
      VectorFile file,
      String comment,
      DbeVectorSetup setup,
      Map<String, AttributeValue> stored,
      VectorFlag... flags) {
    file.invalid(
        comment,
        setup,
        stored,
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        with(flags, VectorFlag.HEADER));
  }

  private static VectorFlag[] with(VectorFlag[] flags, VectorFlag flag) {
    VectorFlag[] all = Arrays.copyOf(flags, flags.length + 1);
    all[flags.length] = flag;
    return all;
  }
}
