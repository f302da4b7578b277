package io.github.itemseal.cli;

import java.util.List;

/** Names in messages: on one line and not endless, whatever characters they hold. */
final class Names {
  private static final int MAX_NAME_LENGTH = 80;
  private static final int MAX_PATH_LENGTH = 300;

  private Names() {}

  /** Segments joined with dots, except list positions such as {@code [3]}; empty ones left out. */
  static String path(List<String> segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      if (path.length() > MAX_PATH_LENGTH) {
        return path.append('…').toString();
      }
      if (!path.isEmpty() && !segment.isEmpty() && !segment.startsWith("[")) {
        path.append('.');
      }
      path.append(shortened(segment));
    }
    return path.toString();
  }

  private static String shortened(String name) {
    if (name.length() <= MAX_NAME_LENGTH) {
      return onOneLine(name);
    }
    return onOneLine(name.substring(0, MAX_NAME_LENGTH)) + "…";
  }

  /** The same text with controls, line ends and halves of surrogate pairs as escapes. */
  static String onOneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    line.append("\\u%04x".formatted(c));
                default -> line.appendCodePoint(c);
              }
            });
    return line.toString();
  }
}
