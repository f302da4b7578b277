package io.github.itemseal.keyring;

import java.util.Optional;

/**
 * The algorithms of a DBE item. Both commit to the data key, encrypt attributes with AES-256-GCM
 * under keys derived with HKDF-SHA-512, and authenticate the item with HMAC-SHA-384; they differ in
 * the asymmetric signature. Source: docs/formats/dbe.md, "Algorithm suites".
 */
public enum AlgorithmSuite {
  /** Without an asymmetric signature: whoever can read an item could have written it. */
  ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384(0x6700),

  /**
   * With an ECDSA P-384 signature, whose key pair the writer makes and throws away: among those who
   * hold several of an item's keys, or may only decrypt, nobody can change it unnoticed.
   */
  ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384(0x6701);

  private final int id;

  AlgorithmSuite(int id) {
    this.id = id;
  }

  /** The suite of an id. */
  public static Optional<AlgorithmSuite> fromId(int id) {
    for (AlgorithmSuite suite : values()) {
      if (suite.id == id) {
        return Optional.of(suite);
      }
    }
    return Optional.empty();
  }

  /** The number that stands for it, two bytes. Items carry the lower one. */
  public int id() {
    return id;
  }

  /** Whether items carry an ECDSA signature too. */
  public boolean hasSignature() {
    return this == ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;
  }
}
