package io.github.itemseal.keyring;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link RawRsaKeyring} pads. Unlike the JCA's names, OAEP here uses one hash for both of its
 * parts.
 */
public enum RsaKeyPadding {
  /** RSAES-PKCS1-v1_5, for old items only: OAEP is the better choice. */
  PKCS1(null),
  OAEP_SHA1("SHA-1"),
  OAEP_SHA256("SHA-256"),
  OAEP_SHA384("SHA-384"),
  OAEP_SHA512("SHA-512");

  private final @Nullable String digest;

  RsaKeyPadding(@Nullable String digest) {
    this.digest = digest;
  }

  String transformation() {
    return digest == null ? "RSA/ECB/PKCS1Padding" : "RSA/ECB/OAEPPadding";
  }

  @Nullable AlgorithmParameterSpec parameters() {
    return digest == null
        ? null
        : new OAEPParameterSpec(
            digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT);
  }
}
