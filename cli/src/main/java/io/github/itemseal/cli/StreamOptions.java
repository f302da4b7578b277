package io.github.itemseal.cli;

import io.github.itemseal.cli.io.Output;
import io.github.itemseal.cli.io.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where items come from and go to. */
final class StreamOptions {
  /**
   * Names of the stream that the command has already. Opening one of them fails where it is a
   * socket, and would replace a file that the shell appends to.
   */
  private static final Set<Path> STANDARD_OUTPUT =
      Set.of(Path.of("/dev/stdout"), Path.of("/dev/fd/1"), Path.of("/proc/self/fd/1"));

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description = "Read items from this file instead of standard input.")
  private @Nullable Path in;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write results to this file instead of standard output. It takes its place when all is"
              + " done; a pipe or a device is written directly.")
  private @Nullable Path out;

  /** Sends every line through the work; returns the exit code. */
  int run(Console console, OnError onError, ItemStream.Work work) {
    try (InputStream input = openInput(console);
        Output output = openOutput(console)) {
      Progress progress =
          new Progress(console.err(), console.terminal().get(), totalBytes(), System::nanoTime);
      ItemStream stream =
          new ItemStream(
              new NamedInput(input),
              output,
              progress,
              (number, failure) ->
                  console.error(
                      "line %s: %s".formatted(number, failure.message()), failure.hint()));
      try {
        stream.run(work, onError);
        if (!stream.hasFailed() || onError != OnError.STOP) {
          output.commit();
        }
      } catch (Output.ReaderGoneException e) {
        progress.erase(); // whoever reads has seen enough
      }
      return stream.hasFailed() ? Itemseal.EXIT_ITEM_FAILED : Itemseal.EXIT_PASSED;
    } catch (NamedInput.Failure e) {
      throw new UsageException("the input cannot be read to its end", "check the disk or pipe");
    } catch (IOException e) {
      throw new UsageException(
          "the output cannot be written to its end", "check the space on the disk");
    }
  }

  private InputStream openInput(Console console) {
    if (in == null) {
      return new FilterInputStream(console.in()) {
        @Override
        public void close() {
          // belongs to the caller
        }
      };
    }
    try {
      if (Files.isDirectory(in)) {
        throw new UsageException("--in: '%s' is a directory".formatted(in), "name a file");
      }
      return Files.newInputStream(in);
    } catch (NoSuchFileException e) {
      throw new UsageException("--in: there is no file '%s'".formatted(in), "check the path");
    } catch (IOException e) {
      throw new UsageException(
          "--in: '%s' cannot be read".formatted(in), "check the permissions of the file");
    }
  }

  private Output openOutput(Console console) {
    if (out == null || STANDARD_OUTPUT.contains(out)) {
      return Output.to(console.out());
    }
    try {
      return Output.toFile(out);
    } catch (IOException e) {
      throw new UsageException(
          "--out: '%s' cannot be written".formatted(out),
          "check that its directory exists and can be written to");
    }
  }

  private long totalBytes() {
    try {
      return in != null && Files.isRegularFile(in) ? Files.size(in) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Tells failures of the input from those of the output. */
  private static final class NamedInput extends FilterInputStream {
    static final class Failure extends IOException {
      private static final long serialVersionUID = 1L;

      Failure(IOException cause) {
        super(cause);
      }
    }

    NamedInput(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw new Failure(e);
      }
    }

    @Override
    public int available() throws IOException {
      try {
        return super.available();
      } catch (IOException e) {
        return 0; // some devices cannot tell
      }
    }
  }
}
