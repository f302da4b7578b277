package io.github.itemseal.cli.io;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where results go: whole lines, buffered. Not thread-safe.
 *
 * <p>A file is written under another name beside it, and takes its place with {@link #commit}; if
 * that is never called, or the process is interrupted, what was there before stays. What is no
 * regular file (a pipe, a device) is written directly, like standard output.
 */
public final class Output implements Closeable {
  /** What is handed on at once, more or less. */
  public static final int BUFFER_BYTES = 1 << 16;

  /** The reader at the other end has gone, as {@code | head} does. */
  public static final class ReaderGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ReaderGoneException(IOException cause) {
      super(cause);
    }
  }

  private final OutputStream out;
  private final boolean closes;
  private final @Nullable Path unfinished;
  private final @Nullable Path target;
  private final @Nullable Thread cleaner;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES + 4096);

  private Output(
      OutputStream out, boolean closes, @Nullable Path unfinished, @Nullable Path target) {
    this.out = out;
    this.closes = closes;
    this.unfinished = unfinished;
    this.target = target;
    this.cleaner = unfinished == null ? null : new Thread(() -> deleteQuietly(unfinished));
    if (cleaner != null) {
      Runtime.getRuntime().addShutdownHook(cleaner);
    }
  }

  /** A stream that stays open. */
  public static Output to(OutputStream out) {
    return new Output(out, false, null, null);
  }

  /**
   * A file.
   *
   * @throws IOException if it cannot be written; nothing has changed then
   */
  public static Output toFile(Path file) throws IOException {
    boolean exists = Files.exists(file);
    Path target = exists ? file.toRealPath() : file.toAbsolutePath();
    if (exists && !Files.isWritable(target)) {
      throw new FileSystemException(file.toString(), null, "not writable");
    }
    if (Files.isDirectory(target)) {
      throw new FileSystemException(file.toString(), null, "a directory");
    }
    if (exists && !Files.isRegularFile(target)) {
      return new Output(Files.newOutputStream(target, StandardOpenOption.WRITE), true, null, null);
    }
    Path directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new NoSuchFileException(file.toString(), null, "no such directory");
    }
    byte[] suffix = new byte[6];
    new SecureRandom().nextBytes(suffix);
    Path unfinished =
        directory.resolve(
            "." + target.getFileName() + "." + HexFormat.of().formatHex(suffix) + ".unfinished");
    Files.createFile(unfinished, permissions(exists, target));
    return new Output(
        Files.newOutputStream(unfinished, StandardOpenOption.WRITE), true, unfinished, target);
  }

  /** Those of the file that is replaced; of a new one, what the process usually gives. */
  private static FileAttribute<?>[] permissions(boolean exists, Path target) throws IOException {
    boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
    return exists && posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(target))
        }
        : new FileAttribute<?>[0];
  }

  /** Buffers bytes, which are whole lines, until {@link #flush}. */
  public void write(ByteArrayOutputStream lines) throws IOException {
    lines.writeTo(buffer);
  }

  /** Whether what is written may show on a terminal: it goes to a stream, not to a file. */
  public boolean mayBeTerminal() {
    return unfinished == null;
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
    if (closes) {
      out.close();
    }
    if (unfinished != null && target != null) {
      try {
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Gives up what has not been committed. */
  @Override
  public void close() throws IOException {
    if (closes) {
      out.close();
    }
    if (unfinished != null) {
      deleteQuietly(unfinished);
    }
    if (cleaner != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(cleaner);
      } catch (IllegalStateException e) {
        return; // shutting down: the hook is at work
      }
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      return; // a stray file is the least of the troubles then, and its name says what it is
    }
  }
}
