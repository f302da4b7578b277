package io.github.itemseal.cli.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file that is written under another name beside it, and takes its place with {@link #commit}. If
 * that is never called, or the process is interrupted, what was there before stays. Not
 * thread-safe.
 *
 * <p>What is written may be decrypted, so until then nobody but the owner of the process may read
 * it. A process that is killed without notice leaves its file behind, under a name that ends in
 * {@code .unfinished}; the next one that writes the same file removes it.
 */
final class ReplacedFile implements Closeable {
  /** The steps that bring a written file into its place. */
  interface Disk {
    Disk REAL =
        new Disk() {
          @Override
          public void syncFile(FileChannel file) throws IOException {
            file.force(true);
          }

          @Override
          public void rename(Path from, Path to) throws IOException {
            try {
              Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
              Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
          }

          @Override
          public void syncDirectory(Path directory) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
              channel.force(true);
            } catch (IOException e) {
              return; // not every system opens directories; where it does not, renaming is enough
            }
          }
        };

    /** Brings the content and the metadata of a file to the disk. */
    void syncFile(FileChannel file) throws IOException;

    /** Gives a file another name in the same directory, in place of what has that name. */
    void rename(Path from, Path to) throws IOException;

    /** Brings the names in a directory to the disk. */
    void syncDirectory(Path directory);
  }

  private final Path target;
  private final Path directory;
  private final Path unfinished;
  private final FileAccess access;
  private final Disk disk;
  private final FileChannel channel;
  private final Thread cleaner;

  private ReplacedFile(Path target, Path directory, Path unfinished, FileAccess access, Disk disk)
      throws IOException {
    this.target = target;
    this.directory = directory;
    this.unfinished = unfinished;
    this.access = access;
    this.disk = disk;
    this.channel =
        FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            ownersOnly(directory));
    this.cleaner = new Thread(() -> deleteQuietly(unfinished));
    Runtime.getRuntime().addShutdownHook(cleaner);
    lock(channel);
  }

  /**
   * Begins to write a file.
   *
   * @param target a regular file, or none; no symbolic link
   * @throws IOException if it cannot be written; nothing has changed then
   */
  static ReplacedFile begin(Path target, Disk disk) throws IOException {
    Path directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new NoSuchFileException(target.toString(), null, "no such directory");
    }
    removeLeftovers(target, directory);
    byte[] suffix = new byte[6];
    new SecureRandom().nextBytes(suffix);
    Path unfinished =
        directory.resolve(
            "." + target.getFileName() + "." + HexFormat.of().formatHex(suffix) + ".unfinished");
    FileAccess access = FileAccess.forReplacing(target, unfinished);
    return new ReplacedFile(target, directory, unfinished, access, disk);
  }

  private static FileAttribute<?>[] ownersOnly(Path directory) {
    return FileAccess.isPosix(directory)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(
              Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
        }
        : new FileAttribute<?>[0];
  }

  /** Says to others that this process lives; before the first byte is written. */
  private static void lock(FileChannel channel) {
    try {
      FileLock unused = channel.tryLock(); // ends with the process, however that ends
    } catch (IOException e) {
      return; // no locks on this file system: then nobody takes the file for a leftover either
    }
  }

  /** Whoever wrote them was killed: it does not hold its lock any more. */
  private static void removeLeftovers(Path target, Path directory) {
    Pattern name =
        Pattern.compile(
            Pattern.quote("." + target.getFileName() + ".") + "[0-9a-f]{12}\\.unfinished");
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            directory, file -> name.matcher(file.getFileName().toString()).matches())) {
      for (Path file : files) {
        removeLeftover(file);
      }
    } catch (IOException e) {
      return; // a directory that may be written but not listed
    }
  }

  private static void removeLeftover(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      boolean written = channel.size() > 0; // else perhaps about to be locked
      if (written && channel.tryLock() != null) {
        Files.delete(file);
      }
    } catch (IOException | OverlappingFileLockException e) {
      return; // another's, or of this process
    }
  }

  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /**
   * Puts the file into its place, with the group and the permissions of the one it replaces. It
   * gets these when all of it is on the disk, so that nobody else ever reads a part of it; and this
   * process holds its lock until it has its name, so that nobody takes it for a leftover.
   */
  void commit() throws IOException {
    disk.syncFile(channel);
    access.applyTo(unfinished);
    disk.syncFile(channel);
    disk.rename(unfinished, target);
    channel.close();
    disk.syncDirectory(directory);
  }

  /** Gives up what has not been committed. */
  @Override
  public void close() throws IOException {
    channel.close();
    deleteQuietly(unfinished);
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      return; // shutting down: the hook is at work
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return; // a stray file is the least of the troubles then, and its name says what it is
    }
  }
}
