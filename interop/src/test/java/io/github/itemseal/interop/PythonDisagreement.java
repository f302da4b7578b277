package io.github.itemseal.interop;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Why the Python client signs an item differently from the Java client and from this library, so
 * that it cannot verify what they wrote. Found by looking at the item alone, with arithmetic and
 * orders of its own: the library's are what is being checked.
 *
 * <p>All but the first concern values that are signed as they are; inside an encrypted value order
 * does not matter, and numbers lose digits ({@link #asPythonKeeps}) without breaking a signature.
 */
enum PythonDisagreement {
  /** Signed names ordered by code points instead of UTF-16 code units. */
  ATTRIBUTE_NAME_ORDER("attribute names: code points / UTF-16"),
  /** Names inside a map, likewise. */
  MAP_KEY_ORDER("map keys: code points / UTF-16"),
  /** Members of a string set, likewise. */
  STRING_SET_ORDER("string sets: code points / UTF-16"),
  /** Members of a binary set ordered by unsigned bytes instead of signed ones. */
  BINARY_SET_ORDER("binary sets: unsigned / signed bytes"),
  /** 29 to 38 digits, rounded to 28 before they are signed. */
  NUMBER_ROUNDED("numbers of 29 to 38 digits: rounded to 28"),
  /** More than 38 digits in the text, which the Python client refuses to serialize. */
  NUMBER_TOO_LONG("numbers of more than 38 digits: refused"),
  /** Zero with a minus, which it signs as it is. */
  MINUS_ZERO("minus zero: kept");

  private static final MathContext PYTHON_DIGITS = new MathContext(28, RoundingMode.HALF_EVEN);
  private static final MathContext DYNAMODB_DIGITS = new MathContext(38, RoundingMode.HALF_EVEN);
  private static final Comparator<String> CODE_POINTS =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final String label;

  PythonDisagreement(String label) {
    this.label = label;
  }

  /** What differs, Python's way first. */
  String label() {
    return label;
  }

  /** The name of the Python class that is raised when such an item is read. */
  boolean isRaisedAs(String pythonType) {
    return this == NUMBER_TOO_LONG
        ? Set.of("Inexact", "Rounded").contains(pythonType)
        : pythonType.equals("SignatureVerificationError");
  }

  /** All that apply to what is signed of an item. */
  static Set<PythonDisagreement> of(Map<String, AttributeValue> item, AttributeActions actions) {
    Set<PythonDisagreement> found = EnumSet.noneOf(PythonDisagreement.class);
    List<String> signed =
        item.keySet().stream().filter(name -> actions.actionFor(name).signs()).toList();
    if (differ(signed)) {
      found.add(ATTRIBUTE_NAME_ORDER);
    }
    item.forEach(
        (name, value) -> {
          if (actions.actionFor(name) == CryptoAction.SIGN_ONLY) {
            find(value, found);
          }
        });
    return found;
  }

  private static void find(AttributeValue value, Set<PythonDisagreement> found) {
    switch (value.type()) {
      case N -> findNumber(value.n(), found);
      case NS -> value.ns().forEach(number -> findNumber(number, found));
      case SS -> {
        if (differ(value.ss())) {
          found.add(STRING_SET_ORDER);
        }
      }
      case BS -> {
        List<byte[]> members = value.bs().stream().map(SdkBytes::asByteArray).toList();
        List<byte[]> unsigned = new ArrayList<>(members);
        unsigned.sort(Arrays::compareUnsigned);
        List<byte[]> signed = new ArrayList<>(members);
        signed.sort(Arrays::compare);
        if (!unsigned.equals(signed)) {
          found.add(BINARY_SET_ORDER);
        }
      }
      case L -> value.l().forEach(element -> find(element, found));
      case M -> {
        if (differ(value.m().keySet())) {
          found.add(MAP_KEY_ORDER);
        }
        value.m().values().forEach(entry -> find(entry, found));
      }
      default -> {}
    }
  }

  private static void findNumber(String number, Set<PythonDisagreement> found) {
    BigDecimal value = new BigDecimal(number);
    if (value.precision() > DYNAMODB_DIGITS.getPrecision()) {
      found.add(NUMBER_TOO_LONG);
    } else if (value.stripTrailingZeros().precision() > PYTHON_DIGITS.getPrecision()) {
      found.add(NUMBER_ROUNDED);
    } else if (value.signum() == 0 && number.startsWith("-")) {
      found.add(MINUS_ZERO);
    }
  }

  private static boolean differ(Collection<String> texts) {
    return !texts.stream().sorted(CODE_POINTS).toList().equals(texts.stream().sorted().toList());
  }

  // ---- items without a cause ----

  /**
   * The item changed so that none of these causes is left in it, and the actions with its names.
   */
  static Repaired without(
      Set<PythonDisagreement> causes, Map<String, AttributeValue> item, AttributeActions actions) {
    UnaryOperator<String> name =
        causes.contains(ATTRIBUTE_NAME_ORDER)
            ? PythonDisagreement::belowSurrogates
            : UnaryOperator.identity();
    Map<String, AttributeValue> repaired = new LinkedHashMap<>();
    item.forEach((key, value) -> repaired.put(name.apply(key), without(causes, value)));
    Map<String, CryptoAction> exceptions = new LinkedHashMap<>();
    actions.exceptions().forEach((key, action) -> exceptions.put(name.apply(key), action));
    return new Repaired(
        repaired, AttributeActions.withDefault(actions.defaultAction()).withAll(exceptions));
  }

  private static AttributeValue without(Set<PythonDisagreement> causes, AttributeValue value) {
    return switch (value.type()) {
      case N -> AttributeValue.fromN(number(causes, value.n()));
      case NS ->
          AttributeValue.fromNs(value.ns().stream().map(number -> number(causes, number)).toList());
      case SS ->
          causes.contains(STRING_SET_ORDER)
              ? AttributeValue.fromSs(
                  value.ss().stream().map(PythonDisagreement::belowSurrogates).distinct().toList())
              : value;
      case BS ->
          causes.contains(BINARY_SET_ORDER)
              ? AttributeValue.fromBs(
                  List.copyOf(
                      new LinkedHashSet<>(
                          value.bs().stream().map(PythonDisagreement::sevenBits).toList())))
              : value;
      case L ->
          AttributeValue.fromL(
              value.l().stream().map(element -> without(causes, element)).toList());
      case M -> {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        value
            .m()
            .forEach(
                (key, entry) ->
                    entries.put(
                        causes.contains(MAP_KEY_ORDER) ? belowSurrogates(key) : key,
                        without(causes, entry)));
        yield AttributeValue.fromM(entries);
      }
      default -> value;
    };
  }

  private static String number(Set<PythonDisagreement> causes, String number) {
    BigDecimal value = new BigDecimal(number);
    boolean tooLong = value.precision() > DYNAMODB_DIGITS.getPrecision();
    if (tooLong && !causes.contains(NUMBER_TOO_LONG)) {
      return number;
    }
    if (value.signum() == 0) {
      return causes.contains(MINUS_ZERO) ? "0" : number;
    }
    if (causes.contains(NUMBER_ROUNDED)
        && value.stripTrailingZeros().precision() > PYTHON_DIGITS.getPrecision()) {
      return value.round(PYTHON_DIGITS).toString();
    }
    return tooLong ? value.round(DYNAMODB_DIGITS).toString() : number;
  }

  /** The text with all from U+E000 to U+FFFF moved below the surrogates, where orders agree. */
  private static String belowSurrogates(String text) {
    StringBuilder moved = new StringBuilder(text);
    for (int i = 0; i < moved.length(); i++) {
      char c = moved.charAt(i);
      if (c >= 0xE000) {
        moved.setCharAt(i, (char) (c - 0x9000));
      }
    }
    return moved.toString();
  }

  private static SdkBytes sevenBits(SdkBytes bytes) {
    byte[] result = bytes.asByteArray();
    for (int i = 0; i < result.length; i++) {
      result[i] &= 0x7F;
    }
    return SdkBytes.fromByteArray(result);
  }

  // ---- what is left of an item ----

  /**
   * The item as it comes out when the Python client wrote or read it: numbers inside encrypted
   * attributes rounded to 28 digits.
   */
  static Map<String, AttributeValue> asPythonKeeps(
      Map<String, AttributeValue> item, AttributeActions actions) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>();
    item.forEach(
        (name, value) ->
            kept.put(
                name,
                actions.actionFor(name).encrypts()
                    ? without(EnumSet.of(NUMBER_TOO_LONG, NUMBER_ROUNDED), value)
                    : value));
    return kept;
  }

  /**
   * An item without some cause.
   *
   * @param item the changed item
   * @param actions for its names
   */
  record Repaired(Map<String, AttributeValue> item, AttributeActions actions) {}
}
