package io.github.itemseal.interop;

import java.nio.file.Path;
import java.util.List;

/**
 * Mints the vectors in {@code testvectors/ddbec}: valid ones by running the old Java client,
 * invalid ones by named changes to them.
 *
 * <p>Not run by the build. Inputs, test keys and numbers are the same every time; what the old
 * client draws at random, content keys and initialisation vectors, is not. How to run it:
 * testvectors/README.md.
 */
public final class VectorGenerator {
  private VectorGenerator() {}

  /**
   * Writes all files.
   *
   * @param args the folder {@code testvectors}
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]).resolve("ddbec");
    List<VectorFile> files =
        List.of(
            ValueVectors.create(),
            WrappedVectors.create(),
            SignatureVectors.create(),
            TamperedVectors.create(),
            DescriptionVectors.create(),
            AlgorithmVectors.create(),
            EncryptedValueVectors.create(),
            UnreadableVectors.create());
    files.forEach(file -> file.write(folder));
  }
}
