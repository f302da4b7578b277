package io.github.itemseal.internal.expression;

import io.github.itemseal.internal.expression.PathElement.Index;
import io.github.itemseal.internal.expression.PathElement.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A place in an item: an attribute, or something inside of it. Immutable.
 *
 * @param elements the name of the attribute, then what leads from a map or list to a part of it
 */
public record DocumentPath(List<PathElement> elements) implements Operand {
  public DocumentPath {
    elements = List.copyOf(elements);
  }

  /** The attribute that it is in. */
  public String attributeName() {
    return ((Name) elements.get(0)).name();
  }

  /** Whether it is a whole attribute. */
  public boolean isAttribute() {
    return elements.size() == 1;
  }

  /** The value there, null if there is none. */
  public @Nullable AttributeValue in(Map<String, AttributeValue> item) {
    @Nullable AttributeValue value = item.get(attributeName());
    for (int i = 1; i < elements.size() && value != null; i++) {
      value = child(value, elements.get(i));
    }
    return value;
  }

  private static @Nullable AttributeValue child(AttributeValue parent, PathElement element) {
    if (element instanceof Name name) {
      return parent.hasM() ? parent.m().get(name.name()) : null;
    }
    int index = ((Index) element).index();
    return parent.hasL() && index < parent.l().size() ? parent.l().get(index) : null;
  }

  /**
   * Refuses two paths of one expression that are the same, of which one is inside of the other, or
   * that cannot both be in one item because a value would have to be a map and a list.
   */
  static void requireApart(List<DocumentPath> paths) {
    for (int i = 1; i < paths.size(); i++) {
      for (int j = 0; j < i; j++) {
        paths.get(j).requireApartFrom(paths.get(i));
      }
    }
  }

  private void requireApartFrom(DocumentPath other) {
    int shorter = Math.min(elements.size(), other.elements.size());
    int fork = 0;
    while (fork < shorter && elements.get(fork).equals(other.elements.get(fork))) {
      fork++;
    }
    boolean overlap = fork == shorter;
    if (overlap || elements.get(fork).getClass() != other.elements.get(fork).getClass()) {
      throw new ExpressionException(
          ("Two document paths %s with each other; must remove or rewrite one of these paths; path"
                  + " one: %s, path two: %s")
              .formatted(overlap ? "overlap" : "conflict", elements, other.elements));
    }
  }
}
