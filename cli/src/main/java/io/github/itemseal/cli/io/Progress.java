package io.github.itemseal.cli.io;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A line at the bottom of a terminal that says how far the work is; nothing where there is no
 * terminal. Not thread-safe.
 */
public final class Progress {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int BAR_CELLS = 20;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final Terminal terminal;
  private final long totalBytes;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private long drawnNanos;
  private boolean visible;

  /**
   * @param totalBytes the size of the input, or 0 if it is not known
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  public Progress(PrintStream err, Terminal terminal, long totalBytes, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = terminal;
    this.totalBytes = totalBytes;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.drawnNanos = startNanos - REDRAW_NANOS;
  }

  /** Draws where the work is, at most ten times a second. */
  public void update(long bytes, long items) {
    if (terminal.present() && nanoTime.getAsLong() - drawnNanos >= REDRAW_NANOS) {
      draw(bytes, items);
    }
  }

  /** Makes room for other output on the terminal. */
  public void erase() {
    if (visible) {
      err.print(ERASE_LINE);
      err.flush();
      visible = false;
      drawnNanos = nanoTime.getAsLong() - REDRAW_NANOS; // come back soon
    }
  }

  /** Leaves the last state on the terminal. */
  public void finish(long bytes, long items) {
    if (terminal.present()) {
      draw(bytes, items);
      err.println();
      err.flush();
      visible = false;
    }
  }

  private void draw(long bytes, long items) {
    drawnNanos = nanoTime.getAsLong();
    String line = line(bytes, items, drawnNanos - startNanos);
    int room = Math.max(terminal.columns() - 1, 1);
    err.print(ERASE_LINE + (line.length() > room ? line.substring(0, room) : line));
    err.flush();
    visible = true;
  }

  private String line(long bytes, long items, long nanos) {
    double seconds = nanos / 1e9;
    String rate =
        seconds < 0.001 ? "" : String.format(Locale.ROOT, ", %,.0f items/s", items / seconds);
    String counts = String.format(Locale.ROOT, "%,d items%s", items, rate);
    if (totalBytes <= 0) {
      return "itemseal: %s, %s, %s".formatted(size(bytes), counts, time(seconds));
    }
    double done = Math.min((double) bytes / totalBytes, 1);
    int cells = (int) (done * BAR_CELLS);
    String remaining =
        done >= 1 || bytes == 0
            ? time(seconds)
            : time(seconds * (totalBytes - bytes) / bytes) + " left";
    return "itemseal: %3d%% [%s%s] %s of %s, %s, %s"
        .formatted(
            (int) (done * 100),
            "#".repeat(cells),
            "-".repeat(BAR_CELLS - cells),
            size(bytes),
            size(totalBytes),
            counts,
            remaining);
  }

  private static String size(long bytes) {
    String[] units = {"kB", "MB", "GB", "TB"};
    double value = bytes / 1e3;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1e3;
      unit++;
    }
    return bytes < 1000
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }
}
