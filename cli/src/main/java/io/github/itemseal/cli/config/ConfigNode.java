package io.github.itemseal.cli.config;

import io.github.itemseal.cli.io.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of the configuration file that knows its path, such as {@code tables.Orders.reads[1]}.
 * Its accessors throw {@link ConfigException} where the value is of another kind. Immutable.
 */
final class ConfigNode {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]+");

  private final String path;
  private final @Nullable Object value;

  private ConfigNode(String path, @Nullable Object value) {
    this.path = path;
    this.value = value;
  }

  /** The whole file. */
  static ConfigNode root(@Nullable Object value) {
    return new ConfigNode("", value);
  }

  /** An option of the command line, checked like a field. */
  static ConfigNode option(String name, String value) {
    return new ConfigNode(name, value);
  }

  String path() {
    return path;
  }

  /** A mapping with any names. */
  Map<String, ConfigNode> entries() {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrongKind("a mapping (name: value)");
    }
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    map.forEach(
        (name, entry) -> {
          if (!(name instanceof String text)) {
            throw error(
                "has a name that is not text", "put names such as 1, true and null in quotes");
          }
          entries.put(text, new ConfigNode(pathOf(text), entry));
        });
    return entries;
  }

  /** A mapping with these names only; all of them may be absent. */
  Fields fields(String... known) {
    Map<String, ConfigNode> entries = entries();
    entries.forEach(
        (name, node) -> {
          if (!Arrays.asList(known).contains(name)) {
            throw node.error("is not a known field", "known here: " + String.join(", ", known));
          }
        });
    return new Fields(this, entries);
  }

  /** The fields of a mapping whose names have been checked. */
  record Fields(ConfigNode parent, Map<String, ConfigNode> entries) {
    Optional<ConfigNode> optional(String name) {
      return Optional.ofNullable(entries.get(name));
    }

    ConfigNode required(String name) {
      return required(name, "see the configuration reference in docs/cli.md");
    }

    ConfigNode required(String name, String hint) {
      return optional(name).orElseThrow(() -> parent.missing(name, hint));
    }
  }

  List<ConfigNode> elements() {
    if (!(value instanceof List<?> list)) {
      throw wrongKind("a list ([a, b])");
    }
    List<ConfigNode> elements = new ArrayList<>();
    for (Object element : list) {
      elements.add(new ConfigNode(path + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  /** A text that is not empty. */
  String text() {
    if (!(value instanceof String text)) {
      throw wrongKind("text");
    }
    if (text.isEmpty()) {
      throw error("is empty", "give it a value or leave the field out");
    }
    return text;
  }

  /** What a text stands for, one of few. */
  <T> T choice(Function<String, Optional<T>> meaning, String choices) {
    return meaning
        .apply(text())
        .orElseThrow(() -> error("has an unknown value", "one of " + choices));
  }

  ConfigException error(String problem, String hint) {
    return new ConfigException(path, problem, hint);
  }

  /**
   * What the library makes of a key; what it has against that key is said of this field.
   *
   * @param build throws an {@link IllegalArgumentException} with a sentence
   */
  <T> T accepted(Supplier<T> build) {
    try {
      return build.get();
    } catch (IllegalArgumentException e) {
      throw error(
          "cannot be used: " + e.getMessage(), "docs/keys.md says how strong a key must be");
    }
  }

  ConfigException missing(String name, String hint) {
    return new ConfigException(pathOf(name), "is missing", hint);
  }

  private ConfigException wrongKind(String wanted) {
    String found =
        value == null
            ? "nothing"
            : value instanceof Map
                ? "a mapping"
                : value instanceof List
                    ? "a list"
                    : value instanceof String
                        ? "text"
                        : value instanceof Boolean ? "true or false" : "a number";
    return error(
        "must be %s, but is %s".formatted(wanted, found),
        wanted.equals("text") && !(value instanceof Map || value instanceof List)
            ? "put it in quotes"
            : "see the configuration reference in docs/cli.md");
  }

  private String pathOf(String name) {
    String segment =
        PLAIN_NAME.matcher(name).matches()
            ? (path.isEmpty() ? "" : ".") + name
            : "['" + Names.shortened(name) + "']";
    return path + segment;
  }
}
