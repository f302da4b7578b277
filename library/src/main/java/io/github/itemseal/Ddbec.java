package io.github.itemseal;

import io.github.itemseal.materials.AsyncCryptographicMaterialsProvider;
import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.LocalMaterialsProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The format of the DynamoDB Encryption Client (Java 1.x and 2.x, Python 1 to 3), read and written
 * byte for byte. Specification: docs/formats/ddbec.md.
 */
public final class Ddbec extends ItemFormat {
  /** The name of this format. */
  public static final String NAME = "DDBEC";

  /** The attribute, of type B, that holds the material description. */
  public static final String DESCRIPTION_ATTRIBUTE = "*amzn-ddb-map-desc*";

  /** The attribute, of type B, that holds the signature. */
  public static final String SIGNATURE_ATTRIBUTE = "*amzn-ddb-map-sig*";

  private final @Nullable CryptographicMaterialsProvider provider;
  private final @Nullable AsyncCryptographicMaterialsProvider asyncProvider;
  private final boolean readsPythonDialect;

  private Ddbec(
      @Nullable CryptographicMaterialsProvider provider,
      @Nullable AsyncCryptographicMaterialsProvider asyncProvider,
      boolean readsPythonDialect) {
    this.provider = provider;
    this.asyncProvider = asyncProvider;
    this.readsPythonDialect = readsPythonDialect;
  }

  /** With keys for synchronous calls only; asynchronous ones fail and say so. */
  public static Ddbec using(CryptographicMaterialsProvider provider) {
    return new Ddbec(Objects.requireNonNull(provider, "provider"), null, true);
  }

  /** With keys for asynchronous calls only; synchronous ones fail and say so. */
  public static Ddbec using(AsyncCryptographicMaterialsProvider provider) {
    return new Ddbec(null, Objects.requireNonNull(provider, "provider"), true);
  }

  /** With keys that need no I/O, for synchronous and asynchronous calls. */
  public static Ddbec using(LocalMaterialsProvider provider) {
    Objects.requireNonNull(provider, "provider");
    return new Ddbec(provider, provider, true);
  }

  /** With keys for synchronous and for asynchronous calls. */
  public static Ddbec using(
      CryptographicMaterialsProvider provider, AsyncCryptographicMaterialsProvider asyncProvider) {
    return new Ddbec(
        Objects.requireNonNull(provider, "provider"),
        Objects.requireNonNull(asyncProvider, "asyncProvider"),
        true);
  }

  /**
   * Whether a signature that does not fit is tried a second time in the way the Python client
   * orders and rounds, which differs from Java's for texts beyond the basic multilingual plane,
   * binary sets with bytes of 0x80 and above, numbers of more than 28 digits and minus zero.
   * Default true; costs nothing on items that verify.
   */
  public Ddbec readsPythonDialect(boolean readsPythonDialect) {
    return new Ddbec(provider, asyncProvider, readsPythonDialect);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  void requireWritable(AttributeActions actions) {
    if (actions.contains(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT)) {
      throw new IllegalArgumentException(
          "DDBEC items cannot hold SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT: use SIGN_ONLY.");
    }
  }

  @Override
  FormatEngine engineFor(ResolvedTable table) {
    return new DdbecEngine(table, provider, asyncProvider, readsPythonDialect);
  }
}
