package io.github.itemseal.examples;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of {@value #WIDTH} columns: headings, paragraphs and tables whose cells wrap. Colours and
 * line drawing only where asked for.
 */
final class Console {
  static final int WIDTH = 100;

  /** What a piece of text is; a colour on a terminal. */
  enum Tone {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    CAUTION("33"),
    BAD("31"),
    ACCENT("36");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /** Some text in one tone; it wraps at spaces, and breaks where it must. */
  record Cell(String text, Tone tone) {
    static Cell of(String text) {
      return new Cell(text, Tone.PLAIN);
    }
  }

  private final PrintStream out;
  private final boolean color;
  private final boolean unicode;

  Console(PrintStream out, boolean color, boolean unicode) {
    this.out = out;
    this.color = color;
    this.unicode = unicode;
  }

  String ellipsis() {
    return unicode ? "…" : "..";
  }

  void blank() {
    out.println();
  }

  /** A numbered step of the story, set off by an empty line above and below. */
  void heading(int number, String text) {
    blank();
    out.println(
        "  " + paint(String.valueOf(number), Tone.ACCENT) + "  " + paint(text, Tone.STRONG));
    blank();
  }

  /** Text that wraps, indented. */
  void paragraph(int indent, String text, Tone tone) {
    for (String line : wrap(text, WIDTH - indent)) {
      out.println(" ".repeat(indent) + paint(line, tone));
    }
  }

  /** Lines of source text, as they are. */
  void code(String text) {
    text.lines()
        .forEach(line -> out.println(line.isEmpty() ? "" : "     " + paint(line, Tone.FAINT)));
  }

  /** A line across the page. */
  void rule() {
    out.println("  " + paint((unicode ? "─" : "-").repeat(WIDTH - 2), Tone.FAINT));
  }

  /** One row of a table: cells in columns of these widths, two columns apart. */
  void row(int[] widths, Cell... cells) {
    List<List<String>> wrapped = new ArrayList<>();
    int lines = 1;
    for (int i = 0; i < cells.length; i++) {
      List<String> cell = wrap(cells[i].text(), widths[i]);
      wrapped.add(cell);
      lines = Math.max(lines, cell.size());
    }
    for (int line = 0; line < lines; line++) {
      StringBuilder row = new StringBuilder();
      int column = 0;
      int written = 0;
      for (int i = 0; i < cells.length; i++) {
        String text = line < wrapped.get(i).size() ? wrapped.get(i).get(line) : "";
        column += 2;
        if (!text.isEmpty()) {
          row.append(" ".repeat(column - written)).append(paint(text, cells[i].tone()));
          written = column + text.length();
        }
        column += widths[i];
      }
      out.println(row);
    }
  }

  private String paint(String text, Tone tone) {
    return color && !tone.code.isEmpty() ? "\u001B[" + tone.code + "m" + text + "\u001B[0m" : text;
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int end = rest.lastIndexOf(' ', width);
      int next = end + 1;
      if (end <= 0 || rest.substring(0, end).isBlank()) {
        end = width;
        next = width;
      }
      lines.add(rest.substring(0, end));
      rest = rest.substring(next);
    }
    lines.add(rest);
    return lines;
  }
}
