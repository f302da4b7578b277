package io.github.itemseal.interop;

import static io.github.itemseal.interop.VectorItems.b;
import static io.github.itemseal.interop.VectorItems.bs;
import static io.github.itemseal.interop.VectorItems.bytes;
import static io.github.itemseal.interop.VectorItems.n;
import static io.github.itemseal.interop.VectorItems.put;
import static io.github.itemseal.interop.VectorItems.s;
import static io.github.itemseal.interop.VectorItems.simple;
import static io.github.itemseal.interop.VectorItems.with;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.testing.RandomItems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What attribute values, names, keys and table names can be. */
final class ValueVectors {
  static final String PRIVATE_USE = "\uE000";
  static final String ASTRAL = "\uD800\uDC00"; // before private use in UTF-16, after in UTF-8

  private ValueVectors() {}

  static VectorFile create() {
    VectorFile file = new VectorFile(VectorFormat.DDBEC, "values", 1000);
    VectorSetup encrypted = VectorSetup.ofStaticKeys();
    VectorSetup signed = encrypted.action("a", CryptoAction.SIGN_ONLY);
    values()
        .forEach(
            (comment, value) -> {
              file.written(comment + ", encrypted", encrypted, with("a", value), VectorFlag.VALUE);
              file.written(comment + ", signed only", signed, with("a", value), VectorFlag.VALUE);
            });
    names(file);
    keys(file);
    actions(file);
    random(file);
    return file;
  }

  /** Values of every type, with what is special about each. */
  static Map<String, AttributeValue> values() {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    values.put("string", s("hello"));
    values.put("empty string", s(""));
    values.put("string of 2-, 3- and 4-byte characters", s("\u00E9\u4E2D\uD83D\uDE00\uFFFD"));
    values.put("string with a zero character and a line break", s("\u0000\n"));
    values.put("string that fills blocks exactly", s("0123456789"));
    values.put("binary", b(0, 0x7F, 0x80, 0xFF));
    values.put("empty binary", b());
    values.put("true", AttributeValue.fromBool(true));
    values.put("false", AttributeValue.fromBool(false));
    values.put("null", AttributeValue.fromNul(true));
    for (String number :
        List.of(
            "0",
            "-0",
            "-0.0",
            "0E10",
            "007",
            "+5",
            "5.",
            ".5",
            "1E3",
            "1e+3",
            "1.50E2",
            "-100.00",
            "12345678901234567890123456789012345678",
            "-0.12345678901234567890123456789012345678",
            "9.9999999999999999999999999999999999999E125",
            "-9.9999999999999999999999999999999999999E125",
            "1E-130",
            "-1E-130")) {
      values.put("number " + number, n(number));
    }
    values.put("number set, not in order", AttributeValue.fromNs(List.of("10", "9", "1.0", "-1")));
    values.put("empty number set", AttributeValue.fromNs(List.of()));
    values.put("string set, not in order", AttributeValue.fromSs(List.of("b", "a", "", "B")));
    values.put(
        "string set beyond the basic plane",
        AttributeValue.fromSs(List.of(PRIVATE_USE, ASTRAL, "a")));
    values.put("empty string set", AttributeValue.fromSs(List.of()));
    values.put(
        "binary set with bytes of 80 and above",
        bs(List.of(bytes(1), bytes(0x80), bytes(0xFF), bytes(0x7F), bytes())));
    values.put("empty binary set", bs(List.of()));
    values.put("empty list", AttributeValue.fromL(List.of()));
    values.put("empty map", AttributeValue.fromM(Map.of()));
    values.put(
        "list of every type",
        AttributeValue.fromL(
            List.of(
                s("x"),
                n("1.0"),
                b(1),
                AttributeValue.fromBool(true),
                AttributeValue.fromNul(true),
                AttributeValue.fromSs(List.of("b", "a")),
                AttributeValue.fromNs(List.of("2", "10")),
                bs(List.of(bytes(2), bytes(1))),
                AttributeValue.fromL(List.of(s(""))),
                AttributeValue.fromM(Map.of("k", AttributeValue.fromL(List.of()))))));
    Map<String, AttributeValue> map = new LinkedHashMap<>();
    map.put(PRIVATE_USE, n("1"));
    map.put(ASTRAL, n("2"));
    map.put("", n("3"));
    values.put("map with keys beyond the basic plane and an empty one", AttributeValue.fromM(map));
    AttributeValue deep = s("bottom");
    for (int level = 1; level < 32; level++) {
      deep =
          level % 2 == 0
              ? AttributeValue.fromL(List.of(deep))
              : AttributeValue.fromM(Map.of("m", deep));
    }
    values.put("nested 32 levels, the most DynamoDB stores", deep);
    return values;
  }

  private static void names(VectorFile file) {
    VectorSetup setup = VectorSetup.ofStaticKeys();
    Map<String, AttributeValue> item = put(simple(), PRIVATE_USE, s("1"));
    file.written(
        "attribute names beyond the basic plane",
        setup,
        put(item, ASTRAL, s("2")),
        VectorFlag.VALUE);
    file.written("empty attribute name", setup, put(simple(), "", s("1")), VectorFlag.VALUE);
    file.written(
        "table name beyond the basic plane",
        setup.table("T\u00E9st \u30C6\uD83D\uDE00"),
        simple(),
        VectorFlag.VALUE);
    file.written("empty table name", setup.table(""), simple(), VectorFlag.VALUE);
    file.written("table name 'null'", setup.table("null"), simple(), VectorFlag.VALUE);
  }

  private static void keys(VectorFile file) {
    VectorSetup setup = VectorSetup.ofStaticKeys();
    file.written(
        "no sort key",
        setup.keys("\u30AD\u30FC", null),
        Map.of("\u30AD\u30FC", s("p"), "\uD83D\uDD11", s("1")),
        VectorFlag.VALUE);
    file.written(
        "binary partition key, string sort key",
        setup,
        put(put(simple(), "pk", b(0, 0xFF)), "sk", s("")),
        VectorFlag.VALUE);
    file.written("nothing but keys", setup, VectorItems.keysOnly(), VectorFlag.VALUE);
  }

  private static void actions(VectorFile file) {
    VectorSetup setup = VectorSetup.ofStaticKeys();
    file.written("everything signed only", setup.actions(signOnly()), simple());
    file.written(
        "without a content key",
        VectorSetup.of(VectorSetup.staticKeys(null, "test-hmac-sha256")).actions(signOnly()),
        simple());
    file.written("b untouched", setup.action("b", CryptoAction.DO_NOTHING), simple());
    file.written(
        "a encrypted, all else untouched, keys too",
        setup.actions(
            AttributeActions.withDefault(CryptoAction.DO_NOTHING)
                .with("a", CryptoAction.ENCRYPT_AND_SIGN)),
        simple());
  }

  /** Items of the generator that the live comparison uses too. */
  private static void random(VectorFile file) {
    RandomItems random = RandomItems.beyondLimits(20_261_122);
    for (int i = 1; i <= 24; i++) {
      Map<String, AttributeValue> item = random.item();
      AttributeActions actions = random.actionsFor(item);
      if (!actions.takesNoActions()) {
        file.written(
            "random item " + i,
            VectorSetup.ofStaticKeys().actions(actions),
            item,
            VectorFlag.VALUE);
      }
    }
  }

  private static AttributeActions signOnly() {
    return AttributeActions.withDefault(CryptoAction.SIGN_ONLY);
  }
}
