package io.github.itemseal.internal.expression;

/** One step of a document path. */
public sealed interface PathElement {
  /** The name of an attribute or of a map's entry, its placeholder resolved. */
  record Name(String name) implements PathElement {
    @Override
    public String toString() {
      return name;
    }
  }

  /** The position of a list's element, from 0. */
  record Index(int index) implements PathElement {
    @Override
    public String toString() {
      return "[" + index + "]";
    }
  }
}
