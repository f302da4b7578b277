package io.github.itemseal.internal.format.ddbec;

import io.github.itemseal.Ddbec;

/**
 * The names that the format writes into an item: of its two attributes, and of the two entries it
 * adds to the material description.
 *
 * @param descriptionAttribute holds the material description
 * @param signatureAttribute holds the signature
 * @param symmetricMode description entry that names the cipher mode of encrypted attributes
 * @param signingAlgorithm description entry that names the algorithm of an asymmetric signature
 */
public record DdbecNames(
    String descriptionAttribute,
    String signatureAttribute,
    String symmetricMode,
    String signingAlgorithm) {
  /** The names that every client uses unless it is told otherwise. */
  public static final DdbecNames DEFAULT =
      new DdbecNames(Ddbec.DESCRIPTION_ATTRIBUTE, Ddbec.SIGNATURE_ATTRIBUTE, "", "")
          .withDescriptionBase(Ddbec.DESCRIPTION_BASE);

  /** The same names with other attributes. */
  public DdbecNames withAttributes(String descriptionAttribute, String signatureAttribute) {
    return new DdbecNames(
        descriptionAttribute, signatureAttribute, symmetricMode, signingAlgorithm);
  }

  /** The same names with another beginning of the description entries. */
  public DdbecNames withDescriptionBase(String base) {
    return new DdbecNames(
        descriptionAttribute, signatureAttribute, base + "sym-mode", base + "signingAlg");
  }

  /** Whether an attribute is one of the format's two. */
  public boolean isAttribute(String name) {
    return name.equals(signatureAttribute) || name.equals(descriptionAttribute);
  }
}
