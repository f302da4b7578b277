package io.github.itemseal;

import io.github.itemseal.internal.format.ddbec.DdbecNames;
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

  /** How the names of the two description entries begin that the format itself writes. */
  public static final String DESCRIPTION_BASE = "amzn-ddb-map-";

  private final @Nullable CryptographicMaterialsProvider provider;
  private final @Nullable AsyncCryptographicMaterialsProvider asyncProvider;
  private final boolean readsPythonDialect;
  private final DdbecNames names;
  private final @Nullable AttributeActions readActions;

  private Ddbec(
      @Nullable CryptographicMaterialsProvider provider,
      @Nullable AsyncCryptographicMaterialsProvider asyncProvider,
      boolean readsPythonDialect,
      DdbecNames names,
      @Nullable AttributeActions readActions) {
    this.provider = provider;
    this.asyncProvider = asyncProvider;
    this.readsPythonDialect = readsPythonDialect;
    this.names = names;
    this.readActions = readActions;
  }

  private static Ddbec with(
      @Nullable CryptographicMaterialsProvider provider,
      @Nullable AsyncCryptographicMaterialsProvider asyncProvider) {
    return new Ddbec(provider, asyncProvider, true, DdbecNames.DEFAULT, null);
  }

  /** With keys for synchronous calls only; asynchronous ones fail and say so. */
  public static Ddbec using(CryptographicMaterialsProvider provider) {
    return with(Objects.requireNonNull(provider, "provider"), null);
  }

  /** With keys for asynchronous calls only; synchronous ones fail and say so. */
  public static Ddbec using(AsyncCryptographicMaterialsProvider provider) {
    return with(null, Objects.requireNonNull(provider, "provider"));
  }

  /** With keys that need no I/O, for synchronous and asynchronous calls. */
  public static Ddbec using(LocalMaterialsProvider provider) {
    Objects.requireNonNull(provider, "provider");
    return with(provider, provider);
  }

  /** With keys for synchronous and for asynchronous calls. */
  public static Ddbec using(
      CryptographicMaterialsProvider provider, AsyncCryptographicMaterialsProvider asyncProvider) {
    return with(
        Objects.requireNonNull(provider, "provider"),
        Objects.requireNonNull(asyncProvider, "asyncProvider"));
  }

  /**
   * Whether a signature that does not fit is tried a second time in the way the Python client
   * orders and rounds, which differs from Java's for texts beyond the basic multilingual plane,
   * binary sets with bytes of 0x80 and above, numbers of more than 28 digits and minus zero.
   * Default true; costs nothing on items that verify.
   */
  public Ddbec readsPythonDialect(boolean readsPythonDialect) {
    return new Ddbec(provider, asyncProvider, readsPythonDialect, names, readActions);
  }

  /**
   * The same format with other attributes for the material description and the signature, as the
   * old Java client's {@code setMaterialDescriptionFieldName} and {@code setSignatureFieldName}
   * choose them. For tables that have such items: the Python client cannot read them, and an
   * inspection without the table takes them for plaintext. Default {@value #DESCRIPTION_ATTRIBUTE}
   * and {@value #SIGNATURE_ATTRIBUTE}, which stay reserved in any case.
   *
   * @throws IllegalArgumentException if the names are empty or equal, or one is reserved for
   *     something else
   */
  public Ddbec attributeNames(String descriptionAttribute, String signatureAttribute) {
    requireOwn(descriptionAttribute, DESCRIPTION_ATTRIBUTE);
    requireOwn(signatureAttribute, SIGNATURE_ATTRIBUTE);
    if (descriptionAttribute.equals(signatureAttribute)) {
      throw new IllegalArgumentException(
          "The material description and the signature cannot share the attribute '%s'."
              .formatted(signatureAttribute));
    }
    return new Ddbec(
        provider,
        asyncProvider,
        readsPythonDialect,
        names.withAttributes(descriptionAttribute, signatureAttribute),
        readActions);
  }

  private static void requireOwn(String name, String usual) {
    if (name.isEmpty() || (!name.equals(usual) && ReservedNames.isUsual(name))) {
      throw new IllegalArgumentException(
          "The attribute '%s' cannot stand in for '%s': it is empty, or reserved for something else."
              .formatted(name, usual));
    }
  }

  /**
   * The same format with another beginning for the names of the description entries {@code
   * <base>sym-mode} and {@code <base>signingAlg}, as the second argument of the old Java client's
   * {@code DynamoDBEncryptor.getInstance}. Default {@value #DESCRIPTION_BASE}; the Python client
   * knows no other.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Ddbec descriptionBase(String base) {
    if (base.isEmpty()) {
      throw new IllegalArgumentException("The description base cannot be empty.");
    }
    return new Ddbec(
        provider, asyncProvider, readsPythonDialect, names.withDescriptionBase(base), readActions);
  }

  /**
   * The actions that old items were written with, for a table that writes another format with other
   * actions: these items do not say themselves. Keys of the table are protected, those of secondary
   * indexes are as the actions say. Default the table's own.
   *
   * @throws IllegalArgumentException if none of them signs: any item would pass for an old one
   */
  public Ddbec readActions(AttributeActions readActions) {
    if (readActions.takesNoActions()) {
      throw new IllegalArgumentException(
          "Ddbec.readActions(...) names no attribute that is signed, so that any item would pass for"
              + " an old one: for unencrypted items say Plaintext.readable() in reads(...).");
    }
    return new Ddbec(provider, asyncProvider, readsPythonDialect, names, readActions);
  }

  DdbecNames names() {
    return names;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supportsBlocking() {
    return provider != null;
  }

  @Override
  public boolean supportsAsync() {
    return asyncProvider != null;
  }

  @Override
  void requireWritable(AttributeActions actions) {
    if (readActions != null) {
      throw new IllegalArgumentException(
          "Ddbec.readActions(...) is for reads(...): a table that writes DDBEC has one set of"
              + " actions.");
    }
    if (actions.contains(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT)) {
      throw new IllegalArgumentException(
          "DDBEC items cannot hold SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT: use SIGN_ONLY.");
    }
  }

  /** Only where old items have actions of their own, see {@link #readActions}. */
  @Override
  boolean verifiesWithoutActions() {
    return readActions != null;
  }

  @Override
  FormatEngine engineFor(ResolvedTable table) {
    ResolvedTable own =
        readActions == null
            ? table
            : table.withActions(
                readActions.withIndexKeys(
                    table.primaryIndex().attributes().toArray(String[]::new)));
    return new DdbecEngine(own, provider, asyncProvider, readsPythonDialect, names);
  }
}
