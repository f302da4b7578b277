package io.github.itemseal.cli.io;

import java.util.List;

/** Names in messages: on one line and not endless, whatever characters they hold. */
public final class Names {
  private static final int MAX_NAME_LENGTH = 80;
  private static final int MAX_PATH_LENGTH = 300;

  private Names() {}

  /** Segments joined with dots, except list positions such as {@code [3]}; empty ones left out. */
  public static String path(List<String> segments) {
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

  /** A name that fits on a line, cut with an ellipsis if it is long. */
  public static String shortened(String name) {
    if (name.length() <= MAX_NAME_LENGTH) {
      return onOneLine(name);
    }
    return onOneLine(name.substring(0, MAX_NAME_LENGTH)) + "…";
  }

  /** The same text with controls, line ends and halves of surrogate pairs as escapes. */
  public static String onOneLine(String text) {
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

  /** The same text with halves of surrogate pairs as escapes, for UTF-8. */
  public static String withoutLoneSurrogates(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.getType(c) == Character.SURROGATE) {
                whole.append("\\u%04x".formatted(c));
              } else {
                whole.appendCodePoint(c);
              }
            });
    return whole.toString();
  }
}
