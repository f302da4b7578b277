package io.github.itemseal.internal.request;

import io.github.itemseal.internal.expression.Definitions;
import io.github.itemseal.internal.expression.DocumentPath;
import io.github.itemseal.internal.expression.ExpressionException;
import io.github.itemseal.internal.expression.ExpressionParser;
import io.github.itemseal.internal.expression.Lexer;
import io.github.itemseal.internal.expression.PathElement;
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
   * @return empty if DynamoDB would refuse the expression or a placeholder, see {@link
   *     ExpressionParser} and {@link Definitions}
   */
  static Optional<Projection> of(String expression, Map<String, String> names) {
    try {
      Definitions definitions = Definitions.of(names.isEmpty() ? null : names, null);
      Projection projection = new Projection();
      ExpressionParser.projection(expression, definitions).forEach(projection::add);
      projection.placeholders.addAll(Lexer.placeholders(expression));
      return Optional.of(projection);
    } catch (ExpressionException e) {
      return Optional.empty();
    }
  }

  /**
   * Whole attributes, as the parameter {@code AttributesToGet} lists them.
   *
   * @return empty if one is listed twice or is no name, which DynamoDB refuses
   */
  static Optional<Projection> ofAttributes(Collection<String> names) {
    Projection projection = new Projection();
    for (String name : names) {
      if (name.isEmpty() || projection.attributes.children.putIfAbsent(name, Whole.WHOLE) != null) {
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

  /** Adds a path that is apart from those that are there. */
  private void add(DocumentPath path) {
    Part parent = attributes;
    List<PathElement> elements = path.elements();
    for (int i = 0; i < elements.size(); i++) {
      Part next =
          i == elements.size() - 1
              ? Whole.WHOLE
              : elements.get(i + 1) instanceof PathElement.Name
                  ? new Fields(new LinkedHashMap<>())
                  : new Elements(new TreeMap<>());
      Part known =
          elements.get(i) instanceof PathElement.Name name
              ? ((Fields) parent).children.putIfAbsent(name.name(), next)
              : ((Elements) parent)
                  .children.putIfAbsent(((PathElement.Index) elements.get(i)).index(), next);
      parent = known == null ? next : known;
    }
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
}
