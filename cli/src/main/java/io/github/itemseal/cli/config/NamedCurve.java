package io.github.itemseal.cli.config;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The field {@code curve} of ECDH keyrings; every key of the keyring must be on it. */
enum NamedCurve {
  P_256("P-256", "secp256r1"),
  P_384("P-384", "secp384r1"),
  P_521("P-521", "secp521r1");

  static final String FIELD = "curve";

  private static final String CHOICES = "P-256, P-384, P-521";
  private static final String ALGORITHM = "EC";

  private final String word;
  private final String jcaName;

  NamedCurve(String word, String jcaName) {
    this.word = word;
    this.jcaName = jcaName;
  }

  static NamedCurve from(ConfigNode.Fields fields) {
    return fields.required(FIELD, "one of " + CHOICES).choice(NamedCurve::named, CHOICES);
  }

  private static Optional<NamedCurve> named(String word) {
    return Arrays.stream(values()).filter(curve -> curve.word.equals(word)).findFirst();
  }

  /** The public key that a reference names. */
  PublicKey publicKey(ConfigNode reference, NamedKeys keys) {
    return require(reference, keys.publicKey(reference, ALGORITHM));
  }

  /** The private key that a reference names. */
  PrivateKey privateKey(ConfigNode reference, NamedKeys keys) {
    return require(reference, keys.privateKey(reference, ALGORITHM));
  }

  /** The key itself, which must be on the curve. */
  <K extends Key> K require(ConfigNode place, K key) {
    if (!(key instanceof ECKey ec) || !isOn(ec.getParams())) {
      throw place.error(
          "is not a key on the curve " + word, "the field 'curve' and all keys must agree");
    }
    return key;
  }

  private boolean isOn(ECParameterSpec found) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance(ALGORITHM);
      parameters.init(new ECGenParameterSpec(jcaName));
      ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
      return found.getCurve().equals(curve.getCurve())
          && found.getGenerator().equals(curve.getGenerator());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has the curve " + jcaName + ".", e);
    }
  }
}
