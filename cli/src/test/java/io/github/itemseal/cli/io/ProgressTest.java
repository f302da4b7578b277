package io.github.itemseal.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final AtomicLong now = new AtomicLong();

  private Progress progress(int columns, long totalBytes) {
    return new Progress(
        new PrintStream(shown, true, StandardCharsets.UTF_8),
        new Terminal(columns),
        totalBytes,
        now::get);
  }

  private String shown() {
    String text = shown.toString(StandardCharsets.UTF_8);
    shown.reset();
    return text;
  }

  @Test
  void update_noTerminal_showsNothing() {
    Progress progress = progress(0, 1000);
    progress.update(500, 5);
    progress.erase();
    progress.finish(1000, 10);
    assertThat(shown()).isEmpty();
  }

  @Test
  void update_sizeKnown_showsShareRateAndTimeLeft() {
    Progress progress = progress(120, 4_000_000);
    now.set(TimeUnit.SECONDS.toNanos(10));
    progress.update(1_000_000, 12_340);
    assertThat(shown())
        .isEqualTo(
            "\r\u001b[Kitemseal:  25% [#####---------------] 1.0 MB of 4.0 MB, 12,340 items,"
                + " 1,234 items/s, 0:30 left");
  }

  @Test
  void update_sizeUnknown_showsCountsAndTime() {
    Progress progress = progress(120, 0);
    now.set(TimeUnit.SECONDS.toNanos(3700));
    progress.update(2_500_000_000L, 37);
    assertThat(shown()).endsWith("itemseal: 2.5 GB, 37 items, 0 items/s, 1:01:40");
  }

  @Test
  void update_twiceInATenthOfASecond_drawsOnce() {
    Progress progress = progress(120, 0);
    progress.update(1, 1);
    shown();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(99));
    progress.update(2, 2);
    assertThat(shown()).isEmpty();
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    progress.update(3, 3);
    assertThat(shown()).contains("3 items");
  }

  @Test
  void update_narrowTerminal_staysOnOneLine() {
    progress(30, 1000).update(500, 5);
    assertThat(shown()).hasSize("\r\u001b[K".length() + 29);
  }

  @Test
  void erase_visible_clearsOnceAndComesBack() {
    Progress progress = progress(120, 0);
    progress.update(1, 1);
    shown();
    progress.erase();
    progress.erase();
    assertThat(shown()).isEqualTo("\r\u001b[K");
    progress.update(2, 2);
    assertThat(shown()).contains("2 items");
  }

  @Test
  void finish_terminal_leavesALineBehind() {
    progress(120, 10).finish(10, 1);
    assertThat(shown()).contains("100% [####################] 10 B of 10 B").endsWith("\n");
  }
}
