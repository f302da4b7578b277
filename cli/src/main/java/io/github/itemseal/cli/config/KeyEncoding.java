package io.github.itemseal.cli.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the bytes of a key are written down. */
enum KeyEncoding {
  /** The bytes of a secret key. */
  RAW,
  /** PKCS #8 of a private, X.509 SubjectPublicKeyInfo of a public key. */
  DER,
  /** DER as text: RFC 7468 with the labels {@code PRIVATE KEY} and {@code PUBLIC KEY}. */
  PEM;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  static Optional<KeyEncoding> named(String name) {
    return Arrays.stream(values()).filter(e -> e.name().equalsIgnoreCase(name)).findFirst();
  }

  /**
   * The DER inside PEM.
   *
   * @param label what the block must be named
   */
  static byte[] derOfPem(byte[] pem, String label, ConfigNode place) {
    Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    String found = "nothing in PEM";
    while (block.find()) {
      if (block.group(1).equals(label)) {
        try {
          return Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
          throw place.error("the PEM text is damaged", "its lines must be standard Base64");
        }
      }
      found = "another kind of PEM";
    }
    throw place.error(
        "must hold a PEM block '%s', but holds %s".formatted(label, found),
        label.startsWith("PRIVATE")
            ? "convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem"
            : "extract it: openssl pkey -pubout -in key.pem");
  }
}
