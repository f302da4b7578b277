package io.github.itemseal.cli.config;

import io.github.itemseal.keyring.RsaKeyPadding;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the field {@code padding} may be, by the names of the Database Encryption SDK. */
enum RsaPaddingName {
  PKCS1(RsaKeyPadding.PKCS1, 11),
  OAEP_SHA1_MGF1(RsaKeyPadding.OAEP_SHA1, 2 + 2 * 20),
  OAEP_SHA256_MGF1(RsaKeyPadding.OAEP_SHA256, 2 + 2 * 32),
  OAEP_SHA384_MGF1(RsaKeyPadding.OAEP_SHA384, 2 + 2 * 48),
  OAEP_SHA512_MGF1(RsaKeyPadding.OAEP_SHA512, 2 + 2 * 64);

  static final String CHOICES =
      Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));

  private static final int WRAPPED_BYTES = 32;

  private final RsaKeyPadding padding;
  private final int overheadBytes;

  RsaPaddingName(RsaKeyPadding padding, int overheadBytes) {
    this.padding = padding;
    this.overheadBytes = overheadBytes;
  }

  static Optional<RsaPaddingName> named(String name) {
    return Arrays.stream(values()).filter(padding -> padding.name().equals(name)).findFirst();
  }

  RsaKeyPadding padding() {
    return padding;
  }

  /** The shortest modulus that a data key fits into; RFC 8017, 7.1.1 and 7.2.1. */
  int minModulusBits() {
    return 8 * (WRAPPED_BYTES + overheadBytes);
  }
}
