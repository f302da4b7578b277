package io.github.itemseal.cli.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that take their place when all is done. */
class OutputTest {
  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("items.jsonl");
  }

  private static ByteArrayOutputStream lines(String text) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    lines.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return lines;
  }

  private static void replace(Path file, String text) throws IOException {
    try (Output output = Output.toFile(file)) {
      output.write(lines(text));
      output.commit();
    }
  }

  private List<Path> others() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(other -> !other.equals(file)).toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** A group that this process may give files to, another than the one new files get. */
  private static int anotherGroup(Path file) throws IOException {
    int own = (int) Files.getAttribute(file, "unix:gid");
    for (int group = 1; group < 70_000; group++) {
      if (group != own) {
        try {
          Files.setAttribute(file, "unix:gid", group);
          return group;
        } catch (IOException e) {
          // not a member
        }
      }
    }
    return own; // a user of one group: what is kept is that
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-rw-r--", "rw-------", "rwxrw-rw-"})
  void commit_fileExists_keepsGroupAndPermissions(String permissions) throws IOException {
    Files.writeString(file, "before");
    int group = anotherGroup(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    Object owner = Files.getAttribute(file, "unix:uid");
    replace(file, "after\n");
    assertThat(file).hasContent("after\n");
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(group);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(owner);
    assertThat(permissions(file)).isEqualTo(permissions);
  }

  @ParameterizedTest
  @CsvSource({
    "rw-rw-r--, rw-r--r--",
    "rw-r-----, rw-------",
    "rwxrwxrwx, rwxrwxrwx",
    "rw-r-x--x, rw---x--x"
  })
  void permissions_groupNotKept_groupGetsNoMoreThanEverybody(String before, String after) {
    assertThat(
            PosixFilePermissions.toString(
                FileAccess.permissions(PosixFilePermissions.fromString(before), false)))
        .isEqualTo(after);
  }

  @Test
  void commit_newFile_hasThePermissionsOfANewFile() throws IOException {
    Path usual = Files.createFile(directory.resolve("usual"));
    replace(file, "a\n");
    assertThat(permissions(file)).isEqualTo(permissions(usual));
    assertThat(others()).containsExactly(usual);
  }

  @Test
  void toFile_beforeTheFirstByte_nobodyElseMayRead() throws IOException {
    Files.writeString(file, "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    try (Output output = Output.toFile(file)) {
      assertThat(others()).hasSize(1);
      assertThat(permissions(others().get(0))).isEqualTo("rw-------");
      output.write(lines("secret\n"));
      output.flush();
      assertThat(permissions(others().get(0))).isEqualTo("rw-------");
    }
    assertThat(others()).isEmpty();
    assertThat(file).hasContent("before");
  }

  /** Notes before each step what the files hold, and who may read them. */
  private final class Watched implements ReplacedFile.Disk {
    final List<String> seen = new ArrayList<>();

    private void note(String what) throws IOException {
      List<Path> others = others();
      seen.add(
          "%s: %s, beside it %s"
              .formatted(
                  what,
                  Files.readString(file),
                  others.isEmpty()
                      ? "nothing"
                      : Files.readString(others.get(0))
                          + " "
                          + permissions(others.get(0))
                          + (isLocked(others.get(0)) ? " locked" : "")));
    }

    private static boolean isLocked(Path path) throws IOException {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        return lock == null;
      } catch (OverlappingFileLockException e) {
        return true; // by this process
      }
    }

    @Override
    public void syncFile(FileChannel channel) throws IOException {
      note("sync");
      REAL.syncFile(channel);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      note("rename");
      REAL.rename(from, to);
    }

    @Override
    public void syncDirectory(Path path) {
      try {
        note("sync of " + directory.relativize(path));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      REAL.syncDirectory(path);
    }
  }

  @Test
  void commit_givesOthersTheirRightsWhenAllIsOnTheDisk_andKeepsItsLockUntilTheRename()
      throws IOException {
    Files.writeString(file, "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Watched disk = new Watched();
    try (Output output = Output.toFile(file, disk)) {
      output.write(lines("after"));
      output.commit();
    }
    assertThat(disk.seen)
        .containsExactly(
            "sync: before, beside it after rw------- locked",
            "sync: before, beside it after rw-r--r-- locked",
            "rename: before, beside it after rw-r--r-- locked",
            "sync of : after, beside it nothing");
  }

  @Test
  void toFile_whatIsNoRegularFile_isWrittenDirectly() throws Exception {
    Process made = new ProcessBuilder("mkfifo", file.toString()).start();
    assertThat(made.waitFor()).isZero();
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    for (Path name : List.of(file, link)) {
      CompletableFuture<String> reader =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      replace(name, "through\n");
      assertThat(reader.get()).isEqualTo("through\n");
    }
    replace(Path.of("/dev/null"), "gone\n");
    assertThat(others()).containsExactly(link);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  /** What {@code /dev/stdout} is where standard output goes to another command. */
  @Test
  void toFile_openPipeInProc_isWrittenDirectly() throws IOException {
    Map<Path, String> before = openPipes();
    Pipe pipe = Pipe.open();
    try (InputStream source = Channels.newInputStream(pipe.source());
        Channel sink = pipe.sink()) {
      Path name =
          openPipes().entrySet().stream()
              .filter(open -> !before.containsValue(open.getValue()))
              .findFirst()
              .orElseThrow()
              .getKey();
      replace(name, "through\n");
      assertThat(source.readNBytes(8)).asString().isEqualTo("through\n");
      assertThat(sink.isOpen()).isTrue();
    }
  }

  /** What is no pipe is closed since, or a file. */
  private static Map<Path, String> openPipes() throws IOException {
    Map<Path, String> pipes = new HashMap<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path link : links) {
        String opened = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
        if (opened.startsWith("pipe:")) {
          pipes.put(link, opened);
        }
      }
    }
    return pipes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void toFile_symbolicLinks_areFollowedAlsoWhereTheFileIsNotThere(boolean exists)
      throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path real = elsewhere.resolve("real.jsonl");
    if (exists) {
      Files.writeString(real, "before");
    }
    Path link =
        Files.createSymbolicLink(directory.resolve("link"), Path.of("elsewhere/real.jsonl"));
    Files.createSymbolicLink(file, link);
    replace(file, "after\n");
    assertThat(real).hasContent("after\n");
    assertThat(Files.readSymbolicLink(file)).isEqualTo(link);
    assertThat(link).isSymbolicLink();
  }

  @Test
  void toFile_linkIntoNoDirectory_isRefused() throws IOException {
    Files.createSymbolicLink(file, Path.of("none/real.jsonl"));
    assertThatThrownBy(() -> Output.toFile(file)).isInstanceOf(NoSuchFileException.class);
    assertThat(file).isSymbolicLink();
  }

  @Test
  void toFile_linkToItself_isRefused() throws IOException {
    Files.createSymbolicLink(file, file);
    assertThatThrownBy(() -> Output.toFile(file)).isInstanceOf(FileSystemException.class);
  }

  @Test
  void toFile_leftoverOfAKilledProcess_isRemovedAndNothingElse() throws IOException {
    Path leftover = directory.resolve(".items.jsonl.0123456789ab.unfinished");
    Files.writeString(leftover, "secret");
    Path ofAnother = directory.resolve(".other.jsonl.0123456789ab.unfinished");
    Files.writeString(ofAnother, "secret");
    Path empty = directory.resolve(".items.jsonl.0123456789ac.unfinished");
    Files.createFile(empty); // perhaps just begun
    replace(file, "after\n");
    assertThat(others()).containsExactlyInAnyOrder(ofAnother, empty);
  }

  @Test
  void toFile_whileAnotherWritesTheSame_leavesItsFileAlone() throws IOException {
    try (Output first = Output.toFile(file)) {
      first.write(lines("first\n"));
      first.flush();
      replace(file, "second\n");
      assertThat(file).hasContent("second\n");
      first.commit();
    }
    assertThat(file).hasContent("first\n");
    assertThat(others()).isEmpty();
  }
}
