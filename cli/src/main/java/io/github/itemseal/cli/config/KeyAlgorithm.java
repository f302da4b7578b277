package io.github.itemseal.cli.config;

import io.github.itemseal.materials.SigningAlgorithm;
import java.util.Locale;
import java.util.Optional;

/**
 * What a key is for, as its {@code algorithm} says.
 *
 * @param family how its material is read
 * @param jcaName the algorithm of the {@code java.security.Key}
 * @param signature with which algorithm it signs, if it names one: {@code SHA384withRSA} is an RSA
 *     key
 */
record KeyAlgorithm(Family family, String jcaName, Optional<SigningAlgorithm> signature) {
  static final String CHOICES =
      "AES, HmacSHA224, HmacSHA256, HmacSHA384, HmacSHA512, RSA, EC, SHA256withRSA,"
          + " SHA256withECDSA (or SHA224, SHA384, SHA512)";

  enum Family {
    AES,
    MAC,
    RSA,
    EC;

    boolean symmetric() {
      return this == AES || this == MAC;
    }
  }

  /** The algorithm of a name, letter case ignored. */
  static Optional<KeyAlgorithm> named(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "AES", "AESWRAP" -> Optional.of(plain(Family.AES));
      case "RSA" -> Optional.of(plain(Family.RSA));
      case "EC" -> Optional.of(plain(Family.EC));
      default -> SigningAlgorithm.fromJcaName(name).map(KeyAlgorithm::signing);
    };
  }

  private static KeyAlgorithm plain(Family family) {
    return new KeyAlgorithm(family, family.name(), Optional.empty());
  }

  private static KeyAlgorithm signing(SigningAlgorithm algorithm) {
    if (algorithm.isMac()) {
      return new KeyAlgorithm(Family.MAC, algorithm.jcaName(), Optional.of(algorithm));
    }
    Family family = algorithm.jcaName().endsWith("RSA") ? Family.RSA : Family.EC;
    return new KeyAlgorithm(family, family.name(), Optional.of(algorithm));
  }
}
