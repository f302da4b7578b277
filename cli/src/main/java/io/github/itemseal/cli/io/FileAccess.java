package io.github.itemseal.cli.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what with a file: owner, group and permissions. Immutable. Empty where the file system
 * knows no such things.
 *
 * @param attributes of the file to be like
 */
record FileAccess(Optional<PosixFileAttributes> attributes) {
  /**
   * That of the file to be replaced, or that which new files get here.
   *
   * @param target may be absent
   * @param probe a free name beside it, taken for a moment: only the system knows what new files
   *     get
   */
  static FileAccess forReplacing(Path target, Path probe) throws IOException {
    if (!isPosix(target)) {
      return new FileAccess(Optional.empty());
    }
    if (Files.exists(target)) {
      return new FileAccess(Optional.of(Files.readAttributes(target, PosixFileAttributes.class)));
    }
    Files.createFile(probe); // nothing is ever written to this one
    try {
      return new FileAccess(Optional.of(Files.readAttributes(probe, PosixFileAttributes.class)));
    } finally {
      Files.delete(probe);
    }
  }

  static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Gives a file the same, as far as this process may: mostly only its own groups, and an owner
   * only as root.
   */
  void applyTo(Path file) throws IOException {
    if (attributes.isEmpty()) {
      return;
    }
    PosixFileAttributes like = attributes.get();
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    setOwner(view, like.owner());
    boolean sameGroup = setGroup(view, like.group());
    view.setPermissions(permissions(like.permissions(), sameGroup));
  }

  private static void setOwner(PosixFileAttributeView view, UserPrincipal owner)
      throws IOException {
    if (view.readAttributes().owner().equals(owner)) {
      return;
    }
    try {
      view.setOwner(owner);
    } catch (IOException e) {
      return; // only root gives files away
    }
  }

  private static boolean setGroup(PosixFileAttributeView view, GroupPrincipal group)
      throws IOException {
    if (view.readAttributes().group().equals(group)) {
      return true;
    }
    try {
      view.setGroup(group);
      return true;
    } catch (IOException e) {
      return false; // none of this process's groups
    }
  }

  /** Another group than before gets no more than everybody. */
  static Set<PosixFilePermission> permissions(Set<PosixFilePermission> before, boolean sameGroup) {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(before);
    if (!sameGroup) {
      restrict(permissions, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
      restrict(permissions, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
      restrict(permissions, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }

  private static void restrict(
      Set<PosixFilePermission> permissions, PosixFilePermission group, PosixFilePermission others) {
    if (!permissions.contains(others)) {
      permissions.remove(group);
    }
  }
}
