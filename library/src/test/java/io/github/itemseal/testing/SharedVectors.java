package io.github.itemseal.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Vectors that the team shares beside the project and that no user's checkout has: written by the
 * real old clients, in part from other projects. Tests that need them skip and say so.
 */
public final class SharedVectors {
  private static final Path ROOT = root().resolveSibling("shared").resolve("vectors");

  private SharedVectors() {}

  /** A file of theirs; skips the calling test where they are absent. */
  public static Path file(String path) {
    assumeTrue(
        Files.isDirectory(ROOT),
        "The shared vectors are not in this checkout: there is no folder ../shared/vectors beside"
            + " the project. Not run.");
    return ROOT.resolve(path);
  }

  /** The project's root, from its own folder or from a module's. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("library")) ? here : here.getParent();
  }
}
