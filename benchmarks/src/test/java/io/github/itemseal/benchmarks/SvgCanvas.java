package io.github.itemseal.benchmarks;

import java.util.Locale;

/** Writes SVG, with colours that follow the reader's light or dark mode. */
final class SvgCanvas implements Canvas {
  private final StringBuilder svg = new StringBuilder();

  SvgCanvas(int width, int height, String title) {
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " viewBox=\"0 0 %d %d\" role=\"img\""
            + " font-family=\"-apple-system, 'Segoe UI', Helvetica, Arial, sans-serif\">%n",
        width, height, width, height);
    append("<title>%s</title>%n<style>%n", escaped(title));
    for (Ink ink : Ink.values()) {
      append(".%s{fill:%s;stroke:%s}%n", name(ink), ink.light(), ink.light());
    }
    append("@media (prefers-color-scheme: dark){%n");
    for (Ink ink : Ink.values()) {
      append(".%s{fill:%s;stroke:%s}%n", name(ink), ink.dark(), ink.dark());
    }
    append("}%nrect,text{stroke:none}%n</style>%n");
  }

  @Override
  public void box(double x, double y, double width, double height, double radius, Ink ink) {
    append(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\"/>%n",
        name(ink), x, y, width, height, radius);
  }

  @Override
  public void rule(double x, double top, double bottom, boolean dashed, Ink ink) {
    append(
        "<path class=\"%s\" d=\"M%.1f %.1fV%.1f\"%s/>%n",
        name(ink), x, top, bottom, dashed ? " stroke-dasharray=\"4 4\"" : "");
  }

  @Override
  public void text(
      double x, double y, int size, boolean bold, Anchor anchor, Ink ink, String text) {
    append(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\"%s>%s</text>%n",
        name(ink),
        x,
        y,
        size,
        anchor.name().toLowerCase(Locale.ROOT),
        bold ? " font-weight=\"600\"" : "",
        escaped(text));
  }

  /** The whole document. */
  String document() {
    return svg + "</svg>\n";
  }

  private void append(String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), arguments));
  }

  private static String name(Ink ink) {
    return ink.name().toLowerCase(Locale.ROOT);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
