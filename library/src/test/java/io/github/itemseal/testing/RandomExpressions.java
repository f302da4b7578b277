package io.github.itemseal.testing;

import io.github.itemseal.internal.expression.Lexer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Random items, update expressions and conditions over lists, nested paths, sets, numbers and
 * functions, some of them hostile: wrong in every way that DynamoDB refuses. What is made depends
 * on the seed alone. Not thread-safe.
 */
public final class RandomExpressions {
  /** The key of every item. */
  public static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("x"));

  private static final List<String> PATHS =
      List.of(
          "n",
          "s",
          "b",
          "l",
          "m",
          "ss",
          "ns",
          "bs",
          "t",
          "nul",
          "m.x",
          "m.y",
          "m.z.x",
          "#m.#x",
          "l[0]",
          "l[1]",
          "l[2]",
          "l[3]",
          "l[7]",
          "absent",
          "absent2",
          "absent.x",
          "d[0]",
          "d[1]",
          "d[0].x",
          "d[1].x",
          "d[1].y",
          "d[2][0]",
          "d[2][1]",
          "d[2][5]",
          "d[3]",
          "d[4]",
          "#s");

  private static final Map<String, String> NAMES = Map.of("#m", "m", "#x", "x", "#s", "s");

  private static final Map<String, AttributeValue> VALUES = new TreeMap<>();

  static {
    VALUES.put(":n1", AttributeValue.fromN("1"));
    VALUES.put(":n2", AttributeValue.fromN("25.50"));
    VALUES.put(":n3", AttributeValue.fromN("3E0"));
    VALUES.put(":s", AttributeValue.fromS("text"));
    VALUES.put(":S", AttributeValue.fromS("S"));
    VALUES.put(":L", AttributeValue.fromS("L"));
    VALUES.put(":p", AttributeValue.fromS("te"));
    VALUES.put(":emoji", AttributeValue.fromS("\uD83D\uDE00"));
    VALUES.put(":b", bytes(127));
    VALUES.put(":l", AttributeValue.fromL(List.of(AttributeValue.fromN("5.0"))));
    VALUES.put(":m", AttributeValue.fromM(Map.of("x", AttributeValue.fromN("1.0"))));
    VALUES.put(":ss", AttributeValue.fromSs(List.of("c", "b")));
    VALUES.put(":ns", AttributeValue.fromNs(List.of("3.0", "2", "7")));
    VALUES.put(":bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("q"))));
    VALUES.put(":t", AttributeValue.fromBool(true));
    VALUES.put(":nul", AttributeValue.fromNul(true));
    VALUES.put(":big", AttributeValue.fromN("9.9E125"));
    VALUES.put(":long", AttributeValue.fromN("12345678901234567890123456789012345678"));
  }

  private final Random random;

  public RandomExpressions(long seed) {
    this.random = new Random(seed);
  }

  /**
   * An expression, or two of one request, with the placeholders of the request.
   *
   * @param names empty if there are none; so is the map of values
   */
  public record Request(
      String expression,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    /** Null where there is none, as requests have it. */
    public Map<String, String> namesOrNull() {
      return names.isEmpty() ? null : names;
    }

    public Map<String, AttributeValue> valuesOrNull() {
      return values.isEmpty() ? null : values;
    }
  }

  /**
   * One action of an update.
   *
   * @param clause such as {@code SET}
   * @param value empty for {@code REMOVE}
   */
  public record Action(String clause, String path, String value) {
    private String text() {
      return switch (clause) {
        case "REMOVE" -> path;
        case "SET" -> path + " = " + value;
        default -> path + " " + value;
      };
    }
  }

  /** An update by its actions, and the request that they make, of which nothing is hostile. */
  public record Update(List<Action> actions, Request request) {}

  /** An item with {@link #KEY}; three of four attributes are there. */
  public Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    whole()
        .forEach(
            (name, value) -> {
              if (random.nextInt(4) > 0) {
                item.put(name, value);
              }
            });
    item.putAll(KEY);
    return item;
  }

  private Map<String, AttributeValue> whole() {
    Map<String, AttributeValue> item = new TreeMap<>();
    item.put("n", AttributeValue.fromN(pick(List.of("1", "-3.25", "25.5", "3"))));
    item.put("s", AttributeValue.fromS(pick(List.of("text", "\uFF5E", "te", "\uD83D\uDE00x"))));
    item.put("b", bytes(random.nextInt(256)));
    item.put("t", AttributeValue.fromBool(random.nextBoolean()));
    item.put("nul", AttributeValue.fromNul(true));
    item.put("l", list(pick(List.of(List.of("1", "2", "3"), List.of("5"), List.of("1", "2")))));
    item.put(
        "m",
        AttributeValue.fromM(
            random.nextInt(3) == 0
                ? Map.of("x", AttributeValue.fromN("1"))
                : Map.of(
                    "x", AttributeValue.fromN("1"),
                    "z", AttributeValue.fromM(Map.of("x", AttributeValue.fromS("deep"))))));
    item.put(
        "d",
        AttributeValue.fromL(
            List.of(
                AttributeValue.fromM(Map.of("x", AttributeValue.fromS("first"))),
                AttributeValue.fromM(
                    Map.of("x", AttributeValue.fromS("te"), "y", AttributeValue.fromN("2"))),
                list(List.of("8", "9")),
                AttributeValue.fromS("last"))));
    item.put("ss", AttributeValue.fromSs(List.of("b", "c")));
    item.put("ns", AttributeValue.fromNs(List.of("2", "3")));
    item.put("bs", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("q"))));
    return item;
  }

  private static AttributeValue list(List<String> numbers) {
    return AttributeValue.fromL(numbers.stream().map(AttributeValue::fromN).toList());
  }

  private static AttributeValue bytes(int value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) value}));
  }

  /** A request that updates; one in three has a condition too. */
  public Request update() {
    String condition = random.nextInt(3) == 0 ? conditionText(2) : null;
    return request(text(actions()), condition, random.nextInt(5) == 0);
  }

  /** An update that the SDK can be given action by action; one in three has a condition too. */
  public Update typedUpdate() {
    List<Action> actions = actions();
    String condition = random.nextInt(3) == 0 ? conditionText(2) : null;
    return new Update(actions, withPlaceholders(text(actions), condition));
  }

  /** A request with nothing but a condition. */
  public Request condition() {
    return request(null, conditionText(3), random.nextInt(5) == 0);
  }

  private Request request(String update, String condition, boolean hostile) {
    if (hostile && update != null) {
      update = mutated(update);
    } else if (hostile) {
      condition = mutated(condition);
    }
    Request request = withPlaceholders(update, condition);
    if (random.nextInt(25) == 0) {
      spoil(request.names(), request.values());
    }
    return request;
  }

  private void spoil(Map<String, String> names, Map<String, AttributeValue> values) {
    switch (random.nextInt(6)) {
      case 0 -> names.put("#unused", "s");
      case 1 -> values.put(":unused", AttributeValue.fromS("u"));
      case 2 -> names.put("plain", "s");
      case 3 -> values.put("illegal", AttributeValue.fromS("u"));
      case 4 -> names.replaceAll((key, name) -> "");
      default -> values.clear();
    }
  }

  private static Request withPlaceholders(String update, String condition) {
    Map<String, String> names = new HashMap<>(NAMES);
    Map<String, AttributeValue> values = new HashMap<>(VALUES);
    List<String> used = new ArrayList<>();
    for (String text : new String[] {update, condition}) {
      try {
        used.addAll(text == null ? List.of() : Lexer.placeholders(text));
      } catch (IllegalArgumentException e) {
        used.addAll(VALUES.keySet());
      }
    }
    names.keySet().retainAll(used);
    values.keySet().retainAll(used);
    return new Request(update, condition, names, values);
  }

  private List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String path = pick(PATHS);
      switch (random.nextInt(7)) {
        case 0, 1 -> actions.add(new Action("REMOVE", path, ""));
        case 2 ->
            actions.add(new Action("ADD", path, pick(List.of(":n1", ":n2", ":ss", ":ns", ":bs"))));
        case 3 -> actions.add(new Action("DELETE", path, pick(List.of(":ss", ":ns", ":bs"))));
        default -> actions.add(new Action("SET", path, newValue()));
      }
    }
    return actions;
  }

  private static String text(List<Action> all) {
    Map<String, List<String>> clauses = new TreeMap<>();
    for (Action action : all) {
      clauses.computeIfAbsent(action.clause(), clause -> new ArrayList<>()).add(action.text());
    }
    StringBuilder text = new StringBuilder();
    clauses.forEach(
        (clause, actions) ->
            text.append(clause).append(' ').append(String.join(", ", actions)).append(' '));
    return text.toString();
  }

  private String newValue() {
    String path = pick(PATHS);
    String value = value();
    return switch (random.nextInt(10)) {
      case 0 -> path;
      case 1 -> path + " + " + pick(List.of(":n1", ":n2", ":big", ":long", "n"));
      case 2 -> "if_not_exists(" + path + ", :n1) - :n2";
      case 3 -> "list_append(if_not_exists(" + path + ", :l), :l)";
      case 4 -> "if_not_exists(" + path + "," + value + ")";
      case 5 -> "(" + pick(List.of("n", ":n1")) + "-" + pick(List.of("n", ":n3")) + ")";
      case 6 -> "list_append(l, " + pick(List.of(":l", "d", "l", ":s")) + ")";
      default -> value;
    };
  }

  private String conditionText(int depth) {
    return switch (depth == 0 ? 9 : random.nextInt(10)) {
      case 0 -> conditionText(depth - 1) + " AND " + conditionText(depth - 1);
      case 1 -> conditionText(depth - 1) + " or " + conditionText(depth - 1);
      case 2 -> "NOT " + conditionText(depth - 1);
      case 3 -> "(" + conditionText(depth - 1) + ")";
      default -> simpleCondition();
    };
  }

  private String simpleCondition() {
    return switch (random.nextInt(12)) {
      case 0 -> "attribute_exists(" + pick(PATHS) + ")";
      case 1 -> "attribute_not_exists(" + pick(PATHS) + ")";
      case 2 -> "begins_with(" + operand() + ", " + pick(List.of(":p", ":s", "s", ":b")) + ")";
      case 3 -> "contains(" + operand() + ", " + operand() + ")";
      case 4 -> operand() + " BETWEEN " + pick(List.of(":n1", ":p", "n")) + " AND " + operand();
      case 5 -> operand() + " IN (" + operand() + ", " + operand() + ")";
      case 6 -> "attribute_type(" + pick(PATHS) + ", " + pick(List.of(":S", ":L", ":s")) + ")";
      case 7 ->
          "size(" + pick(PATHS) + ") " + comparator() + " " + pick(List.of(":n1", ":n3", "n"));
      default -> operand() + " " + comparator() + " " + operand();
    };
  }

  private String comparator() {
    return pick(List.of("=", "<>", "<", "<=", ">", ">="));
  }

  private String operand() {
    return switch (random.nextInt(8)) {
      case 0 -> "size(" + pick(PATHS) + ")";
      case 1, 2, 3 -> value();
      default -> pick(PATHS);
    };
  }

  private String value() {
    return pick(List.copyOf(VALUES.keySet()));
  }

  /** One thing wrong, which may happen to be right all the same. */
  private String mutated(String text) {
    int at = random.nextInt(text.length() + 1);
    return switch (random.nextInt(10)) {
      case 0 ->
          text.substring(0, at)
              + pick(List.of(")", "(", ",", "[", "=", "#", ":", ";", "'"))
              + text.substring(at);
      case 1 -> text.substring(0, at);
      case 2 -> text.replace("[", "[0");
      case 3 ->
          text.replaceFirst("absent", pick(List.of("name", "Date", "_a", "size", "1a", "id")));
      case 4 -> text.replaceFirst(":n1", ":undefined");
      case 5 -> text.replaceFirst("\\(", "((").replaceFirst("\\)", "))");
      case 6 -> text.replaceFirst("\\w+\\(", "unknown(");
      case 7 -> text + " " + text;
      case 8 -> text.replace(" ", " \n\t");
      default -> text.replaceFirst("m\\.x", "m" + ".x".repeat(random.nextInt(40)));
    };
  }

  private <E> E pick(List<E> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
