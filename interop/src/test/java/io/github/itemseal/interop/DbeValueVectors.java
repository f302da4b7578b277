package io.github.itemseal.interop;

import static io.github.itemseal.CryptoAction.DO_NOTHING;
import static io.github.itemseal.CryptoAction.ENCRYPT_AND_SIGN;
import static io.github.itemseal.CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;
import static io.github.itemseal.CryptoAction.SIGN_ONLY;
import static io.github.itemseal.interop.DbeVectorSetup.rawAes;
import static io.github.itemseal.interop.ValueVectors.ASTRAL;
import static io.github.itemseal.interop.ValueVectors.PRIVATE_USE;
import static io.github.itemseal.interop.VectorItems.b;
import static io.github.itemseal.interop.VectorItems.n;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.with;

import io.github.itemseal.CryptoAction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What attribute values, names, keys and table names can be in the second format. */
final class DbeValueVectors {
  private DbeValueVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DBE, "values", 11000);
    DbeVectorSetup setup = DbeVectorSetup.simple();
    DbeVectorSetup context =
        DbeVectorSetup.of(2, DbeTable.HMAC_ONLY, rawAes(256))
            .with("a", SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT);
    ValueVectors.values()
        .forEach(
            (comment, value) -> {
              file.written(comment + ", encrypted", setup, with("a", value), VectorFlag.VALUE);
              file.written(
                  comment + ", signed only",
                  setup.with("a", SIGN_ONLY),
                  with("a", value),
                  VectorFlag.VALUE);
              file.written(
                  comment + ", in the context",
                  context,
                  with("a", value),
                  VectorFlag.VALUE,
                  VectorFlag.CONTEXT);
            });
    names(file);
    keys(file);
    unsigned(file);
    random(file);
    return file;
  }

  private static void names(VectorFile file) {
    DbeVectorSetup setup = DbeVectorSetup.simple();
    Map<String, AttributeValue> item = simple();
    // The order of the fields: length in UTF-16 units first, then bytes of UTF-8.
    for (String name :
        new String[] {"zz", "\u00E9", PRIVATE_USE, ASTRAL, "\uFF61yz", ASTRAL + "x", "aaaa"}) {
      item.put(name, s(name));
      setup = setup.with(name, name.length() == 2 ? SIGN_ONLY : ENCRYPT_AND_SIGN);
    }
    file.written("names of many lengths in both encodings", setup, item, VectorFlag.VALUE);
    String longName = "n".repeat(300);
    file.written(
        "name of 300 characters",
        DbeVectorSetup.simple().with(longName, ENCRYPT_AND_SIGN),
        put(simple(), longName, n("1")),
        VectorFlag.VALUE);
    file.written(
        "table name beyond the basic plane",
        DbeVectorSetup.simple().named("T\u00E9st \u30C6\uD83D\uDE00"),
        simple(),
        VectorFlag.VALUE);
  }

  private static void keys(VectorFile file) {
    for (int version : new int[] {1, 2}) {
      CryptoAction action = version == 1 ? SIGN_ONLY : SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;
      String comment = ", item format " + version;
      DbeVectorSetup setup = DbeVectorSetup.of(version, DbeTable.HMAC_ONLY, rawAes(256));
      file.written(
          "no sort key" + comment,
          keys(action, "\u30AD\u30FC", null),
          Map.of("\u30AD\u30FC", s("p"), "a", s("1")),
          VectorFlag.VALUE);
      file.written(
          "binary partition key, string sort key" + comment,
          setup,
          put(put(simple(), "pk", b(0, 0xFF)), "sk", s("2")),
          VectorFlag.VALUE);
      file.written(
          "numbers as keys" + comment,
          keys(action, "\uD83D\uDD11", "s"),
          Map.of("\uD83D\uDD11", n("-12.5"), "s", n("0"), "a", n("1")),
          VectorFlag.VALUE);
      file.written("nothing but keys" + comment, setup, VectorItems.keysOnly(), VectorFlag.VALUE);
    }
  }

  private static DbeVectorSetup keys(
      CryptoAction action, String partitionKey, @Nullable String sortKey) {
    Map<String, CryptoAction> actions = new LinkedHashMap<>();
    actions.put(partitionKey, action);
    if (sortKey != null) {
      actions.put(sortKey, action);
    }
    actions.put("a", ENCRYPT_AND_SIGN);
    DbeTable table =
        new DbeTable("T", partitionKey, sortKey, actions, Set.of(), null, DbeTable.HMAC_ONLY);
    return new DbeVectorSetup(table, rawAes(256), rawAes(256));
  }

  private static void unsigned(VectorFile file) {
    DbeVectorSetup setup = DbeVectorSetup.simple();
    file.written(
        "attribute unsigned by name",
        setup.with("u", DO_NOTHING),
        put(simple(), "u", n("00.10")),
        VectorFlag.UNSIGNED);
    file.written(
        "attributes unsigned by prefix, without an action of their own",
        setup,
        put(put(simple(), ":", s("x")), ":\uD83D\uDE00", AttributeValue.fromNul(true)),
        VectorFlag.UNSIGNED);
    Map<String, AttributeValue> stored = setup.stored(put(simple(), "u", s("before")));
    file.valid(
        "unsigned attributes changed, added and removed",
        setup,
        put(put(simple(), ":new", s("x")), ":other", s("y")),
        put(put(VectorItems.without(stored, "u"), ":new", s("x")), ":other", s("y")),
        VectorFlag.UNSIGNED,
        VectorFlag.FORGED);
    file.valid(
        "attribute with the format's prefix: not signed, and not the caller's",
        setup,
        simple(),
        put(setup.stored(simple()), "aws_dbe_b_beacon", s("0f")),
        VectorFlag.UNSIGNED,
        VectorFlag.FORGED);
  }

  /** Items of the generator that the live comparison uses too. */
  private static void random(VectorFile file) {
    RandomDbeItems random = new RandomDbeItems(20_261_124);
    for (int i = 1; i <= 24; i++) {
      RandomDbeItems.Drawn drawn = random.next();
      file.written(
          "random item " + i,
          new DbeVectorSetup(drawn.table(), rawAes(256), rawAes(256)),
          drawn.item(),
          VectorFlag.VALUE);
    }
  }
}
