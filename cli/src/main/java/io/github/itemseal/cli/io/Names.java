package io.github.itemseal.cli.io;

import io.github.itemseal.internal.value.ShownText;
import java.util.List;

/** Names in messages: on one line and not endless, whatever characters they hold. */
public final class Names {
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
    return ShownText.name(name);
  }

  /** The same text with controls, line ends and halves of surrogate pairs as escapes. */
  public static String onOneLine(String text) {
    return ShownText.onOneLine(text);
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
