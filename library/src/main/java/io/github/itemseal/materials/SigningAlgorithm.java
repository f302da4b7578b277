package io.github.itemseal.materials;

import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * The algorithms that sign items: everything that the Python client writes, and what the Java
 * client is commonly configured with. RSA is RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2); ECDSA
 * signatures are DER.
 */
public enum SigningAlgorithm {
  HMAC_SHA224("HmacSHA224", Family.MAC),
  HMAC_SHA256("HmacSHA256", Family.MAC),
  HMAC_SHA384("HmacSHA384", Family.MAC),
  HMAC_SHA512("HmacSHA512", Family.MAC),
  RSA_SHA224("SHA224withRSA", Family.RSA),
  RSA_SHA256("SHA256withRSA", Family.RSA),
  RSA_SHA384("SHA384withRSA", Family.RSA),
  RSA_SHA512("SHA512withRSA", Family.RSA),
  ECDSA_SHA224("SHA224withECDSA", Family.EC),
  ECDSA_SHA256("SHA256withECDSA", Family.EC),
  ECDSA_SHA384("SHA384withECDSA", Family.EC),
  ECDSA_SHA512("SHA512withECDSA", Family.EC);

  /** Of asymmetric keys, by the algorithm name that they bear. */
  private enum Family {
    MAC,
    RSA,
    EC
  }

  private final String jcaName;
  private final Family family;

  SigningAlgorithm(String jcaName, Family family) {
    this.jcaName = jcaName;
    this.family = family;
  }

  /** The JCA standard name, which is also what items carry. */
  public String jcaName() {
    return jcaName;
  }

  /** Whether the same secret key signs and verifies. */
  public boolean isMac() {
    return family == Family.MAC;
  }

  /** Whether two signatures over the same bytes differ: true of ECDSA alone. */
  public boolean isRandomized() {
    return family == Family.EC;
  }

  /** The algorithm of a JCA standard name, letter case ignored. */
  public static Optional<SigningAlgorithm> fromJcaName(String jcaName) {
    for (SigningAlgorithm algorithm : values()) {
      if (algorithm.jcaName.equalsIgnoreCase(jcaName)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /**
   * The algorithms that a key can be used with: the one that a delegated key names, the MAC that
   * another secret key names, or all of an asymmetric key's family; empty for other keys.
   */
  public static Set<SigningAlgorithm> allowedFor(Key key) {
    Set<SigningAlgorithm> allowed = EnumSet.noneOf(SigningAlgorithm.class);
    for (SigningAlgorithm algorithm : values()) {
      if (algorithm.isAllowedFor(key)) {
        allowed.add(algorithm);
      }
    }
    return Collections.unmodifiableSet(allowed);
  }

  /** Whether {@link #allowedFor} holds this one: asked for every item, so nothing is collected. */
  boolean isAllowedFor(Key key) {
    if (key instanceof DelegatedKey) {
      return jcaName.equalsIgnoreCase(key.getAlgorithm());
    }
    if (key instanceof SecretKey) {
      return isMac() && jcaName.equalsIgnoreCase(key.getAlgorithm());
    }
    return !isMac()
        && (key instanceof PrivateKey || key instanceof PublicKey)
        && family.name().equalsIgnoreCase(key.getAlgorithm());
  }
}
