package io.github.itemseal.benchmarks;

/** What a {@link Chart} is drawn on. Coordinates in pixels from the upper left corner. */
interface Canvas {
  /** What something is, which says its colour. */
  enum Ink {
    BACKGROUND("#ffffff", "#0d1117"),
    TEXT("#1f2328", "#e6edf3"),
    MUTED("#59636e", "#9198a1"),
    RULE("#d1d9e0", "#3d444d"),
    OURS("#1a7f64", "#2ea97f"),
    ORIGINAL("#b8621b", "#d9803a");

    private final String light;
    private final String dark;

    Ink(String light, String dark) {
      this.light = light;
      this.dark = dark;
    }

    /** {@code #rrggbb} on a light page. */
    String light() {
      return light;
    }

    /** The same on a dark one. */
    String dark() {
      return dark;
    }
  }

  /** How a text stands to its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void box(double x, double y, double width, double height, double radius, Ink ink);

  /** A vertical line. */
  void rule(double x, double top, double bottom, boolean dashed, Ink ink);

  /** With its base line at y. */
  void text(double x, double y, int size, boolean bold, Anchor anchor, Ink ink, String text);
}
