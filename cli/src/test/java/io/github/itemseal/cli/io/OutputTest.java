package io.github.itemseal.cli.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void commit_syncsTheContentBeforeAndTheDirectoryAfterTheRename() throws IOException {
    Files.writeString(file, "before");
    List<String> seen = new ArrayList<>();
    ReplacedFile.Sync sync =
        new ReplacedFile.Sync() {
          @Override
          public void file(FileChannel channel) throws IOException {
            seen.add("file: " + Files.readString(file) + ", " + channel.size());
            ReplacedFile.Sync.DISK.file(channel);
          }

          @Override
          public void directory(Path path) {
            try {
              seen.add("directory: " + Files.readString(file) + ", " + path.equals(directory));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
            ReplacedFile.Sync.DISK.directory(path);
          }
        };
    try (Output output = Output.toFile(file, sync)) {
      output.write(lines("after"));
      output.commit();
    }
    assertThat(seen).containsExactly("file: before, 5", "directory: after, true");
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
