package io.github.itemseal.benchmarks;

import io.github.itemseal.benchmarks.Canvas.Anchor;
import io.github.itemseal.benchmarks.Canvas.Ink;
import java.util.List;
import java.util.Locale;

/**
 * The picture of the results: for each work two bars, Itemseal's and the original's, each as long
 * as its share of the floor's speed. The dashed line at 100 % is what the bare JCA calls reach;
 * Itemseal can be beyond it where it makes fewer of them.
 */
final class Chart {
  static final int WIDTH = 820;

  private static final double LEFT = 250; // where bars begin
  private static final double RIGHT = 640; // where 100 % is
  private static final double LONGEST = 1.2; // the rest is cut off
  private static final double TOP = 96;
  private static final double ROW = 50;
  private static final double BAR = 15;

  /**
   * One work.
   *
   * @param ours Itemseal's speed as a share of the floor's
   * @param original the same of the original's
   */
  record Row(String title, String detail, double ours, double original) {}

  private final List<Row> rows;
  private final String foot;

  Chart(List<Row> rows, String foot) {
    this.rows = rows;
    this.foot = foot;
  }

  static String title() {
    return "Speed of an item, beside what its ciphers alone allow";
  }

  int height() {
    return (int) (TOP + rows.size() * ROW + 62);
  }

  void drawOn(Canvas canvas) {
    double bottom = TOP + rows.size() * ROW + 4;
    canvas.box(0, 0, WIDTH, height(), 0, Ink.BACKGROUND);
    canvas.text(24, 36, 18, true, Anchor.START, Ink.TEXT, title());
    legend(canvas, 24, Ink.OURS, "Itemseal");
    legend(canvas, 116, Ink.ORIGINAL, "the original client");
    for (int percent = 0; percent <= 100; percent += 25) {
      double x = x(percent / 100.0);
      canvas.rule(x, TOP - 6, bottom, false, Ink.RULE);
      canvas.text(x, bottom + 18, 12, false, Anchor.MIDDLE, Ink.MUTED, percent + " %");
    }
    canvas.text(RIGHT, TOP - 14, 12, false, Anchor.MIDDLE, Ink.MUTED, "bare JCA calls");
    canvas.text(WIDTH - 24, TOP - 14, 12, false, Anchor.END, Ink.MUTED, "x original");
    for (int i = 0; i < rows.size(); i++) {
      draw(canvas, rows.get(i), TOP + i * ROW);
    }
    canvas.rule(RIGHT, TOP - 6, bottom, true, Ink.TEXT); // in front of the bars
    canvas.text(24, height() - 14, 11, false, Anchor.START, Ink.MUTED, foot);
  }

  private static void legend(Canvas canvas, double x, Ink ink, String text) {
    canvas.box(x, 52, 12, 12, 3, ink);
    canvas.text(x + 18, 63, 13, false, Anchor.START, Ink.TEXT, text);
  }

  private static void draw(Canvas canvas, Row row, double top) {
    canvas.text(LEFT - 14, top + 17, 13, true, Anchor.END, Ink.TEXT, row.title());
    canvas.text(LEFT - 14, top + 33, 12, false, Anchor.END, Ink.MUTED, row.detail());
    bar(canvas, row.ours(), top + 4, Ink.OURS);
    bar(canvas, row.original(), top + 4 + BAR + 2, Ink.ORIGINAL);
    String times = String.format(Locale.ROOT, "%.1f×", row.ours() / row.original());
    canvas.text(WIDTH - 24, top + 27, 18, true, Anchor.END, Ink.OURS, times);
  }

  private static void bar(Canvas canvas, double share, double top, Ink ink) {
    double width = Math.max(2, x(Math.min(share, LONGEST)) - LEFT);
    canvas.box(LEFT, top, width, BAR, 2, ink);
    String percent = String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
    boolean inside = width > 60;
    canvas.text( // where bars begin: the line of the bare calls crosses their ends
        LEFT + 7 + (inside ? 0 : width),
        top + BAR - 3.5,
        11,
        inside,
        Anchor.START,
        inside ? Ink.BACKGROUND : Ink.MUTED,
        percent);
  }

  private static double x(double share) {
    return LEFT + share * (RIGHT - LEFT);
  }
}
