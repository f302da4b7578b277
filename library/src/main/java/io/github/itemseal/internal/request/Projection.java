package io.github.itemseal.internal.request;

import io.github.itemseal.internal.request.ExpressionToken.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The parts of an item that a read asks for, and the work of picking them as DynamoDB would.
 *
 * <p>A part is a document path: an attribute, then names of map entries and indices of list
 * elements. Picked elements of a list move together in their order; what is not there is left out,
 * with the maps and lists that would be empty without it. Sets have no parts. Once built, immutable
 * and thread-safe.
 *
 * <p>Source: the DynamoDB developer guide, "Using projection expressions"; what it leaves open is
 * compared with DynamoDB Local by a test.
 */
final class Projection {
  private final Fields attributes = new Fields(new LinkedHashMap<>());
  private final Set<String> placeholders = new LinkedHashSet<>();

  private Projection() {}

  /**
   * The projection that an expression describes.
   *
   * @return empty if DynamoDB would refuse the expression: because of its syntax, an undefined
   *     placeholder, paths that overlap or conflict, or an index out of range
   */
  static Optional<Projection> of(String expression, Map<String, String> names) {
    List<ExpressionToken> tokens;
    try {
      tokens = ExpressionLexer.tokens(expression);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    Projection projection = new Projection();
    return projection.new Parser(tokens, names).addAll()
        ? Optional.of(projection)
        : Optional.empty();
  }

  /**
   * Whole attributes, as the parameter {@code AttributesToGet} lists them.
   *
   * @return empty if one is listed twice, which DynamoDB refuses
   */
  static Optional<Projection> ofAttributes(Collection<String> names) {
    Projection projection = new Projection();
    for (String name : names) {
      if (!projection.add(List.of(name))) {
        return Optional.empty();
      }
    }
    return Optional.of(projection);
  }

  /** The names of the attributes of which something is asked for. */
  Set<String> attributes() {
    return attributes.children.keySet();
  }

  /** The names of the attributes that are asked for as a whole. */
  Set<String> wholeAttributes() {
    Set<String> whole = new LinkedHashSet<>(attributes());
    whole.removeIf(name -> attributes.children.get(name) != Whole.WHOLE);
    return whole;
  }

  /** The {@code #placeholders} of the expression. */
  Set<String> placeholders() {
    return placeholders;
  }

  /** The parts of an item that are asked for; empty if it has none of them. */
  Map<String, AttributeValue> pickFrom(Map<String, AttributeValue> item) {
    return attributes.pickEntries(item);
  }

  /**
   * Adds a path of names and indices.
   *
   * @return false if it overlaps or conflicts with one that is there
   */
  private boolean add(List<Object> path) {
    Part parent = attributes;
    for (int i = 0; i < path.size(); i++) {
      Object step = path.get(i);
      boolean last = i == path.size() - 1;
      Part next =
          last
              ? Whole.WHOLE
              : path.get(i + 1) instanceof String
                  ? new Fields(new LinkedHashMap<>())
                  : new Elements(new TreeMap<>());
      Part known;
      if (parent instanceof Fields fields && step instanceof String name) {
        known = fields.children.putIfAbsent(name, next);
      } else if (parent instanceof Elements elements && step instanceof Integer index) {
        known = elements.children.putIfAbsent(index, next);
      } else {
        return false; // below a whole value, or a name beside an index
      }
      if (known != null && last) {
        return false;
      }
      parent = known == null ? next : known;
    }
    return true;
  }

  /** What is picked of one value. */
  private sealed interface Part {
    /** The picked part of a value, or null if it has none. */
    @Nullable AttributeValue pick(AttributeValue value);
  }

  /** All of it. */
  private enum Whole implements Part {
    WHOLE;

    @Override
    public AttributeValue pick(AttributeValue value) {
      return value;
    }
  }

  /** Some entries of a map. */
  private record Fields(Map<String, Part> children) implements Part {
    @Override
    public @Nullable AttributeValue pick(AttributeValue value) {
      Map<String, AttributeValue> picked = value.hasM() ? pickEntries(value.m()) : Map.of();
      return picked.isEmpty() ? null : AttributeValue.fromM(picked);
    }

    Map<String, AttributeValue> pickEntries(Map<String, AttributeValue> entries) {
      Map<String, AttributeValue> picked = new HashMap<>();
      children.forEach(
          (name, child) -> {
            AttributeValue entry = entries.get(name);
            AttributeValue part = entry == null ? null : child.pick(entry);
            if (part != null) {
              picked.put(name, part);
            }
          });
      return picked;
    }
  }

  /** Some elements of a list, by their indices. */
  private record Elements(SortedMap<Integer, Part> children) implements Part {
    @Override
    public @Nullable AttributeValue pick(AttributeValue value) {
      List<AttributeValue> elements = value.hasL() ? value.l() : List.of();
      List<AttributeValue> picked = new ArrayList<>();
      children.forEach(
          (index, child) -> {
            AttributeValue part = index < elements.size() ? child.pick(elements.get(index)) : null;
            if (part != null) {
              picked.add(part);
            }
          });
      return picked.isEmpty() ? null : AttributeValue.fromL(picked);
    }
  }

  /** Reads {@code path, path, …} with path = name, then {@code .name} and {@code [index]}. */
  private final class Parser {
    private final List<ExpressionToken> tokens;
    private final Map<String, String> names;
    private int position;

    Parser(List<ExpressionToken> tokens, Map<String, String> names) {
      this.tokens = tokens;
      this.names = names;
    }

    boolean addAll() {
      do {
        List<Object> path = path();
        if (path == null || !add(path)) {
          return false;
        }
      } while (skip(','));
      return position == tokens.size();
    }

    private @Nullable List<Object> path() {
      List<Object> path = new ArrayList<>();
      boolean more = true;
      Object step = name();
      while (more) {
        if (step == null) {
          return null;
        }
        path.add(step);
        if (skip('.')) {
          step = name();
        } else if (skip('[')) {
          Integer index = index();
          step = skip(']') ? index : null;
        } else {
          more = false;
        }
      }
      return path;
    }

    private @Nullable String name() {
      if (position == tokens.size()) {
        return null;
      }
      ExpressionToken token = tokens.get(position++);
      return switch (token.kind()) {
        case NAME -> {
          placeholders.add(token.text());
          yield names.get(token.text());
        }
        case WORD -> isPlainName(token.text()) ? token.text() : null;
        case VALUE, SYMBOL -> null;
      };
    }

    /** DynamoDB takes indices of the range of an int, without leading zeros. */
    private @Nullable Integer index() {
      if (position == tokens.size() || tokens.get(position).kind() != Kind.WORD) {
        return null;
      }
      String digits = tokens.get(position++).text();
      try {
        int index = Integer.parseInt(digits);
        return digits.equals(Integer.toString(index)) ? index : null;
      } catch (NumberFormatException e) {
        return null;
      }
    }

    private boolean skip(char symbol) {
      if (position < tokens.size() && tokens.get(position).is(symbol)) {
        position++;
        return true;
      }
      return false;
    }
  }

  private static boolean isPlainName(String word) {
    char first = word.charAt(0);
    return ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'))
        && !ExpressionLexer.isOperator(word);
  }
}
