package io.github.itemseal.internal.crypto;

import java.security.spec.MGF1ParameterSpec;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/**
 * RSA encryption paddings under their JCE names, with the meaning SunJCE gives those names: MGF1
 * uses SHA-1 whatever the OAEP digest is, and the label is empty.
 */
public enum RsaPadding {
  PKCS1_V15("PKCS1Padding", null),
  OAEP_SHA1("OAEPWithSHA-1AndMGF1Padding", "SHA-1"),
  OAEP_SHA224("OAEPWithSHA-224AndMGF1Padding", "SHA-224"),
  OAEP_SHA256("OAEPWithSHA-256AndMGF1Padding", "SHA-256"),
  OAEP_SHA384("OAEPWithSHA-384AndMGF1Padding", "SHA-384"),
  OAEP_SHA512("OAEPWithSHA-512AndMGF1Padding", "SHA-512");

  private final String jcaName;
  private final @Nullable String digest;

  RsaPadding(String jcaName, @Nullable String digest) {
    this.jcaName = jcaName;
    this.digest = digest;
  }

  /** The padding of a JCE name, letter case ignored; SHA1 is another spelling of SHA-1. */
  public static Optional<RsaPadding> fromJcaName(String name) {
    String upperCaseName =
        name.toUpperCase(Locale.ROOT).replace("OAEPWITHSHA1AND", "OAEPWITHSHA-1AND");
    if (upperCaseName.equals("OAEPPADDING")) {
      return Optional.of(OAEP_SHA1);
    }
    for (RsaPadding padding : values()) {
      if (padding.jcaName.equalsIgnoreCase(upperCaseName)) {
        return Optional.of(padding);
      }
    }
    return Optional.empty();
  }

  /** The transformation that names this padding in full, which is also what items carry. */
  public String jcaTransformation() {
    return "RSA/ECB/" + jcaName;
  }

  /** A transformation every provider understands alike once given {@link #parameters()}. */
  String transformation() {
    return digest == null ? "RSA/ECB/PKCS1Padding" : "RSA/ECB/OAEPPadding";
  }

  @Nullable OAEPParameterSpec parameters() {
    return digest == null
        ? null
        : new OAEPParameterSpec(digest, "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
  }
}
