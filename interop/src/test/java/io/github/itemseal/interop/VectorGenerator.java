package io.github.itemseal.interop;

import java.nio.file.Path;
import java.util.List;

/**
 * Mints the vectors in {@code testvectors}: valid ones by running the old Java client and the
 * original Database Encryption SDK, invalid ones by named changes to them, or by a forger.
 *
 * <p>Not run by the build. Inputs, test keys and numbers are the same every time; what the peers
 * draw at random, keys and initialisation vectors, is not. How to run it: testvectors/README.md.
 */
public final class VectorGenerator {
  private VectorGenerator() {}

  /**
   * Writes the files of all formats, or of one.
   *
   * @param args the folder {@code testvectors}; then, if not empty, the format's folder in it
   */
  public static void main(String[] args) {
    Path vectors = Path.of(args[0]);
    String format = args.length > 1 ? args[1] : "";
    if (format.isEmpty() || format.equals(VectorFormat.DDBEC.folder())) {
      List.of(
              ValueVectors.create(),
              WrappedVectors.create(),
              SignatureVectors.create(),
              TamperedVectors.create(),
              DescriptionVectors.create(),
              AlgorithmVectors.create(),
              EncryptedValueVectors.create(),
              UnreadableVectors.create())
          .forEach(file -> file.write(vectors));
    }
    if (format.isEmpty() || format.equals(VectorFormat.DBE.folder())) {
      List.of(
              DbeValueVectors.create(),
              DbeKeyringVectors.create(),
              DbeHeaderVectors.create(),
              DbeFooterVectors.create(),
              DbeTamperedVectors.create(),
              DbeEncryptedValueVectors.create(),
              DbeUnreadableVectors.create())
          .forEach(file -> file.write(vectors));
    }
  }
}
