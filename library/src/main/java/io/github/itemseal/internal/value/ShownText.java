package io.github.itemseal.internal.value;

/**
 * Text from data in messages and logs: names of attributes and tables, key ids. On one line, not
 * endless, and shown as it is: control and formatting characters, which could forge a line or turn
 * the rest around, are escaped as {@code \}{@code u000a}. Stateless.
 */
public final class ShownText {
  private static final int MAX_NAME_LENGTH = 80;
  private static final int MAX_MESSAGE_LENGTH = 2_000;

  private ShownText() {}

  /** A name, cut with an ellipsis after {@value #MAX_NAME_LENGTH} of its characters. */
  public static String name(String name) {
    return name.length() <= MAX_NAME_LENGTH
        ? onOneLine(name)
        : onOneLine(name.substring(0, MAX_NAME_LENGTH)) + "…";
  }

  /** A whole message, cut with an ellipsis where it has {@value #MAX_MESSAGE_LENGTH} characters. */
  public static String message(String message) {
    String line = onOneLine(message.substring(0, Math.min(message.length(), MAX_MESSAGE_LENGTH)));
    return Math.max(message.length(), line.length()) <= MAX_MESSAGE_LENGTH
        ? line
        : line.substring(0, Math.min(line.length(), MAX_MESSAGE_LENGTH)) + "…";
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
}
