package io.github.itemseal.cli;

import io.github.itemseal.cli.io.LineReader;
import io.github.itemseal.cli.io.Output;
import io.github.itemseal.cli.io.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiConsumer;

/**
 * All lines of an input through the same work, in order, one at a time. Memory is bounded by the
 * longest line. Not thread-safe.
 */
final class ItemStream {
  /** Longer lines fail: forty times what DynamoDB stores, in Base64 and escapes. */
  static final int MAX_LINE_BYTES = 16 << 20;

  /** What is done with a line. */
  @FunctionalInterface
  interface Work {
    /** Writes the result without a line end; what is written is dropped if it throws. */
    void apply(long number, byte[] line, int offset, int length, ByteArrayOutputStream result)
        throws IOException;
  }

  private final LineReader lines;
  private final Output output;
  private final Progress progress;
  private final BiConsumer<Long, ItemFailure> onFailure;
  private final ByteArrayOutputStream result = new ByteArrayOutputStream(4096);
  private long items;
  private boolean failed;

  /**
   * @param onFailure is told the number of a line and what failed
   */
  ItemStream(
      InputStream in, Output output, Progress progress, BiConsumer<Long, ItemFailure> onFailure) {
    this.output = output;
    this.progress = progress;
    this.onFailure = onFailure;
    this.lines = new LineReader(in, MAX_LINE_BYTES, this::flush);
  }

  /**
   * Works through the input.
   *
   * @param onError what follows a failure; with STOP nothing after it is read
   */
  void run(Work work, OnError onError) throws IOException {
    while (lines.next()) {
      result.reset();
      if (!lines.isBlank()) {
        items++;
        boolean done = apply(work);
        if (!done && onError == OnError.STOP) {
          break;
        }
        if (!done && onError == OnError.SKIP) {
          continue;
        }
      }
      result.write('\n');
      if (result.size() + output.pendingBytes() > Output.BUFFER_BYTES) {
        flush();
      }
      output.write(result);
      progress.update(lines.consumedBytes(), items);
    }
    flush();
    progress.finish(lines.consumedBytes(), items);
  }

  /** Whether an item has failed so far. */
  boolean hasFailed() {
    return failed;
  }

  /** Leaves the result or the error in {@link #result}; false if it is an error. */
  private boolean apply(Work work) throws IOException {
    ItemFailure failure;
    if (lines.isTooLong()) {
      failure = ItemFailure.lineTooLong(MAX_LINE_BYTES);
    } else {
      try {
        work.apply(lines.number(), lines.bytes(), lines.offset(), lines.length(), result);
        return true;
      } catch (RuntimeException e) {
        failure = ItemFailure.of(e);
      }
    }
    failed = true;
    progress.erase();
    onFailure.accept(lines.number(), failure);
    result.reset();
    failure.writeTo(result);
    return false;
  }

  private void flush() throws IOException {
    if (output.pendingBytes() > 0) {
      if (output.mayBeTerminal()) {
        progress.erase();
      }
      output.flush();
    }
  }
}
