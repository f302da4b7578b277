package io.github.itemseal.interop;

import static io.github.itemseal.CryptoAction.ENCRYPT_AND_SIGN;
import static io.github.itemseal.CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;
import static io.github.itemseal.CryptoAction.SIGN_ONLY;
import static io.github.itemseal.interop.DbeForger.FOOTER;
import static io.github.itemseal.interop.DbeForger.HEADER;
import static io.github.itemseal.interop.DbeForger.binary;
import static io.github.itemseal.interop.DbeVectorSetup.rawAes;
import static io.github.itemseal.interop.VectorItems.b;
import static io.github.itemseal.interop.VectorItems.n;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.without;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.keyring.AlgorithmSuite;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the second format changed by somebody without the keys. */
final class DbeTamperedVectors {
  private DbeTamperedVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DBE, "invalid-tampered", 15000);
    for (AlgorithmSuite suite : AlgorithmSuite.values()) {
      attributes(file, DbeVectorSetup.of(1, suite, rawAes(256)));
      otherItems(file, DbeVectorSetup.of(1, suite, rawAes(256)));
    }
    encrypted(file);
    context(file);
    configuration(file);
    otherKeys(file);
    sameItem(file);
    return file;
  }

  /** {@code a} to {@code c} are encrypted, {@code d} is signed. */
  private static Map<String, AttributeValue> item() {
    return put(simple(), "d", n("12.5"));
  }

  private static void attributes(VectorFile file, DbeVectorSetup setup) {
    String suite = ", suite %x".formatted(setup.table().suite().id());
    Map<String, AttributeValue> stored = setup.stored(item());
    Map<String, Map<String, AttributeValue>> attacks = new LinkedHashMap<>();
    attacks.put("signed number changed", put(stored, "d", n("12.6")));
    attacks.put("signed number retyped to string", put(stored, "d", s("12.5")));
    attacks.put(
        "signed number wrapped in a set", put(stored, "d", AttributeValue.fromNs(List.of("12.5"))));
    attacks.put("signed attribute dropped", without(stored, "d"));
    attacks.put("encrypted attribute dropped", without(stored, "a"));
    attacks.put(
        "signed attribute renamed within its place", put(without(stored, "d"), "e", n("12.5")));
    attacks.put("signed attribute added", put(stored, "e", n("1")));
    attacks.put("encrypted attribute added twice", put(stored, "e", stored.get("a")));
    attacks.put(
        "two encrypted values swapped",
        put(put(stored, "a", stored.get("b")), "b", stored.get("a")));
    attacks.put("partition key changed", put(stored, "pk", s("Partition")));
    attacks.put("partition key retyped", put(stored, "pk", b('p', 'a', 'r', 't')));
    attacks.put("sort key changed", put(stored, "sk", n("2")));
    attacks.forEach((comment, attacked) -> tampered(file, comment + suite, setup, attacked));
    notBinary(
        file,
        "encrypted attribute renamed, so that the legend fits others" + suite,
        setup,
        put(without(stored, "b"), "bb", stored.get("b")));
    notBinary(
        file,
        "encrypted and signed value swapped" + suite,
        setup,
        put(put(stored, "a", stored.get("d")), "d", stored.get("a")));
  }

  private static void otherItems(VectorFile file, DbeVectorSetup setup) {
    String suite = ", suite %x".formatted(setup.table().suite().id());
    Map<String, AttributeValue> stored = setup.stored(item());
    Map<String, AttributeValue> other =
        setup.stored(put(put(item(), "pk", s("other")), "a", s("other")));
    tampered(
        file, "encrypted value of another item" + suite, setup, put(stored, "a", other.get("a")));
    tampered(
        file,
        "encrypted value of the same item, written again" + suite,
        setup,
        put(stored, "a", setup.stored(item()).get("a")));
    tampered(file, "header of another item" + suite, setup, put(stored, HEADER, other.get(HEADER)));
    tampered(file, "footer of another item" + suite, setup, put(stored, FOOTER, other.get(FOOTER)));
    tampered(
        file,
        "header and footer of another item" + suite,
        setup,
        put(put(stored, HEADER, other.get(HEADER)), FOOTER, other.get(FOOTER)));
    tampered(
        file,
        "item under another partition key" + suite,
        setup,
        put(stored, "pk", other.get("pk")));
  }

  private static void encrypted(VectorFile file) {
    DbeVectorSetup setup = DbeVectorSetup.simple();
    Map<String, AttributeValue> stored = setup.stored(item());
    byte[] a = stored.get("a").b().asByteArray();
    Map<String, byte[]> changes = new LinkedHashMap<>();
    changes.put("type of the encrypted value changed to N", retyped(a, 0, 2));
    changes.put("type of the encrypted value changed to an unknown one", retyped(a, 9, 9));
    changes.put("first bit of the ciphertext flipped", flip(a, 8 * 2));
    changes.put("first bit of its tag flipped", flip(a, 8 * (a.length - 16)));
    changes.put("last bit of its tag flipped", flip(a, 8 * a.length - 1));
    changes.put("encrypted value cut by a byte", Arrays.copyOf(a, a.length - 1));
    changes.put("encrypted value extended by a byte", Arrays.copyOf(a, a.length + 1));
    changes.put("encrypted value cut to type and tag", Arrays.copyOf(a, 18));
    changes.put("encrypted value cut to less than a tag", Arrays.copyOf(a, 17));
    changes.put("encrypted value cut to its type", Arrays.copyOf(a, 2));
    changes.put("encrypted value cut to a byte", Arrays.copyOf(a, 1));
    changes.put("encrypted value empty", new byte[0]);
    changes.forEach(
        (comment, bytes) -> tampered(file, comment, setup, put(stored, "a", binary(bytes))));
    for (AttributeValue other :
        List.of(
            s("plain"),
            n("1"),
            AttributeValue.fromBool(true),
            AttributeValue.fromNul(true),
            AttributeValue.fromBs(List.of(stored.get("a").b())),
            AttributeValue.fromL(List.of(stored.get("a"))),
            AttributeValue.fromM(Map.of()))) {
      notBinary(
          file, "encrypted attribute of type " + other.type(), setup, put(stored, "a", other));
    }
  }

  private static void context(VectorFile file) {
    DbeVectorSetup setup =
        DbeVectorSetup.of(2, DbeTable.ECDSA, rawAes(256))
            .with("d", SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT);
    Map<String, AttributeValue> stored = setup.stored(item());
    tampered(file, "attribute in the context changed", setup, put(stored, "d", n("12.6")));
    tampered(file, "attribute in the context retyped", setup, put(stored, "d", s("12.5")));
    tampered(file, "attribute in the context dropped", setup, without(stored, "d"));
    tampered(
        file,
        "attribute in the context renamed",
        setup,
        put(without(stored, "d"), "e", stored.get("d")));
    tampered(file, "partition key in the context changed", setup, put(stored, "pk", s("p")));
    tampered(file, "sort key in the context changed", setup, put(stored, "sk", n("2")));
  }

  private static void configuration(VectorFile file) {
    DbeVectorSetup setup = DbeVectorSetup.simple();
    Map<String, AttributeValue> stored = setup.stored(put(item(), "u", s("unsigned")));
    tampered(file, "another logical table name", setup.named("t"), stored);
    tampered(
        file,
        "unsigned attribute that the reader takes for signed",
        unsigned(setup, List.of()),
        stored);
    tampered(
        file,
        "signed attribute that the reader takes for unsigned",
        unsigned(setup, List.of("u", "d")),
        stored);
  }

  private static DbeVectorSetup unsigned(DbeVectorSetup setup, List<String> names) {
    DbeTable table = setup.table();
    Map<String, CryptoAction> actions = new LinkedHashMap<>(table.actions());
    actions.keySet().removeAll(names);
    return new DbeVectorSetup(
        new DbeTable(
            table.name(),
            table.partitionKey(),
            table.sortKey(),
            actions,
            names,
            table.unsignedPrefix(),
            table.suite()),
        setup.keyring(),
        setup.reader());
  }

  private static void otherKeys(VectorFile file) {
    DbeVectorSetup setup = DbeVectorSetup.simple();
    Map<String, AttributeValue> stored = setup.stored(item());
    tampered(file, "another wrapping key of the same name", setup.readBy(rawAes(192)), stored);
    for (String member : List.of("namespace", "name")) {
      Map<String, Object> other = rawAes(256);
      other.put(member, "other");
      noKey(file, "wrapping key of another " + member, setup.readBy(other), stored);
    }
    noKey(
        file,
        "keyring of another kind",
        setup.readBy(DbeKeyringVectors.rawRsa("OAEP_SHA256_MGF1")),
        stored);
    noKey(
        file,
        "ECDH keyring",
        setup.readBy(DbeKeyringVectors.rawEcdh("discovery", "P-256")),
        stored);
    noKey(
        file,
        "multi of keyrings of other kinds",
        setup.readBy(
            DbeKeyringVectors.multi(
                DbeKeyringVectors.rawRsa("PKCS1"),
                List.of(DbeKeyringVectors.rawEcdh("discovery", "P-384")))),
        stored);
    DbeVectorSetup branch =
        DbeVectorSetup.of(1, DbeTable.HMAC_ONLY, DbeKeyringVectors.hierarchical(2));
    file.invalid(
        "version of a branch key that the key store does not have",
        branch.readBy(DbeKeyringVectors.hierarchical(1)),
        branch.stored(item()),
        MaterialsUnavailableException.class,
        FailureReason.MATERIAL_VERSION_NOT_FOUND,
        VectorFlag.KEYRING);
  }

  private static void noKey(
      VectorFile file, String comment, DbeVectorSetup setup, Map<String, AttributeValue> stored) {
    file.invalid(
        comment,
        setup,
        stored,
        MaterialsUnavailableException.class,
        FailureReason.KEY_NOT_CONFIGURED,
        VectorFlag.KEYRING);
  }

  /** What DynamoDB may do to an item does not change it. */
  private static void sameItem(VectorFile file) {
    DbeVectorSetup setup = DbeVectorSetup.simple();
    Map<String, AttributeValue> item =
        put(simple(), "d", AttributeValue.fromNs(List.of("3", "1.50", "2")));
    file.valid(
        "signed number set in another order and notation",
        setup,
        item,
        put(setup.stored(item), "d", AttributeValue.fromNs(List.of("2", "3.0", "15E-1"))),
        VectorFlag.VALUE,
        VectorFlag.FORGED);
    Map<String, AttributeValue> texts =
        put(simple(), "d", AttributeValue.fromSs(List.of("b", "a", "c")));
    file.valid(
        "signed string set in another order",
        setup,
        texts,
        put(setup.stored(texts), "d", AttributeValue.fromSs(List.of("c", "b", "a"))),
        VectorFlag.VALUE,
        VectorFlag.FORGED);
    file.valid(
        "reader that would encrypt what is signed, and sign what is encrypted",
        setup.with("a", SIGN_ONLY).with("d", ENCRYPT_AND_SIGN),
        item(),
        setup.stored(item()),
        VectorFlag.VALUE,
        VectorFlag.FORGED);
  }

  private static void tampered(
      VectorFile file, String comment, DbeVectorSetup setup, Map<String, AttributeValue> attacked) {
    file.invalid(
        comment,
        setup,
        attacked,
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC,
        VectorFlag.MODIFIED_ITEM);
  }

  private static void notBinary(
      VectorFile file, String comment, DbeVectorSetup setup, Map<String, AttributeValue> attacked) {
    file.invalid(
        comment,
        setup,
        attacked,
        MalformedItemException.class,
        FailureReason.ENCRYPTED_ATTRIBUTE_NOT_BINARY,
        VectorFlag.MODIFIED_ITEM);
  }

  private static byte[] retyped(byte[] bytes, int first, int second) {
    byte[] changed = bytes.clone();
    changed[0] = (byte) first;
    changed[1] = (byte) second;
    return changed;
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return flipped;
  }
}
