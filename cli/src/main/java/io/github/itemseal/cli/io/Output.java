package io.github.itemseal.cli.io;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where results go: whole lines, buffered. Not thread-safe.
 *
 * <p>A file is a {@link ReplacedFile}: it takes its place with {@link #commit}. What is no regular
 * file (a pipe, a device) is written directly, like standard output. Symbolic links are followed,
 * also one whose file is not there yet.
 */
public final class Output implements Closeable {
  /** What is handed on at once, more or less. */
  public static final int BUFFER_BYTES = 1 << 16;

  /** More links in a row are a loop, as for the system. */
  private static final int MAX_LINKS = 40;

  /** The reader at the other end has gone, as {@code | head} does. */
  public static final class ReaderGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ReaderGoneException(IOException cause) {
      super(cause);
    }
  }

  private final OutputStream out;
  private final boolean closes;
  private final @Nullable ReplacedFile file;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES + 4096);

  private Output(OutputStream out, boolean closes, @Nullable ReplacedFile file) {
    this.out = out;
    this.closes = closes;
    this.file = file;
  }

  /** A stream that stays open. */
  public static Output to(OutputStream out) {
    return new Output(out, false, null);
  }

  /**
   * A file.
   *
   * @throws IOException if it cannot be written; nothing has changed then
   */
  public static Output toFile(Path file) throws IOException {
    return toFile(file, ReplacedFile.Disk.REAL);
  }

  /** The same on a disk of the tests. */
  static Output toFile(Path file, ReplacedFile.Disk disk) throws IOException {
    boolean exists = Files.exists(file);
    if (exists && !Files.isWritable(file)) {
      throw new FileSystemException(file.toString(), null, "not writable");
    }
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "a directory");
    }
    if (exists && !Files.isRegularFile(file)) {
      // By the name that was given: the links in /proc to open pipes lead to no path.
      return new Output(Files.newOutputStream(file, StandardOpenOption.WRITE), true, null);
    }
    ReplacedFile replaced = ReplacedFile.begin(followLinks(file.toAbsolutePath()), disk);
    return new Output(replaced.stream(), true, replaced);
  }

  private static Path followLinks(Path file) throws IOException {
    Path target = file;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /** Buffers bytes, which are whole lines, until {@link #flush}. */
  public void write(ByteArrayOutputStream lines) throws IOException {
    lines.writeTo(buffer);
  }

  /** Whether what is written may show on a terminal: it goes to a stream, not to a file. */
  public boolean mayBeTerminal() {
    return file == null;
  }

  /** How much waits to be flushed. */
  public int pendingBytes() {
    return buffer.size();
  }

  /**
   * Hands everything on.
   *
   * @throws ReaderGoneException if nobody reads it any more
   */
  public void flush() throws IOException {
    try {
      buffer.writeTo(out);
      out.flush();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
        throw new ReaderGoneException(e);
      }
      throw e;
    } finally {
      buffer.reset();
    }
  }

  /** Flushes, and puts a file into its place. */
  public void commit() throws IOException {
    flush();
    if (file != null) {
      file.commit();
    } else if (closes) {
      out.close();
    }
  }

  /** Gives up what has not been committed. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    } else if (closes) {
      out.close();
    }
  }
}
