package io.github.itemseal.materials;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.internal.crypto.HkdfSha256;

/**
 * A key that is derived from a data key, as material descriptions name it: {@code algorithm/bits}.
 * Source: docs/formats/ddbec.md, "AWS KMS".
 *
 * @param algorithm as JCA names it; of a parsed one a claim
 * @param bits a positive multiple of 8, as many as can be derived
 */
record KeyDescriptor(String algorithm, int bits) {
  private static final int DEFAULT_BITS = 256;

  /** The content keys of new items. */
  static KeyDescriptor ofContentKeys(KmsSettings settings) {
    return new KeyDescriptor("AES", settings.contentKeyBits());
  }

  /** The MAC keys of new items. */
  static KeyDescriptor ofSigningKeys(KmsSettings settings) {
    return new KeyDescriptor(settings.signingAlgorithm().jcaName(), settings.signingKeyBits());
  }

  /**
   * Reads {@code algorithm/bits}, or {@code algorithm} alone for 256 bits.
   *
   * @throws MalformedItemException if there is no key of so many bits
   */
  static KeyDescriptor parse(String text, FailureSubject subject) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new KeyDescriptor(text, DEFAULT_BITS);
    }
    try {
      int bits = Integer.parseInt(text.substring(slash + 1));
      if (bits <= 0 || bits % 8 != 0 || bits > 8 * HkdfSha256.MAX_BYTES) {
        throw notAllowed(subject);
      }
      return new KeyDescriptor(text.substring(0, slash), bits);
    } catch (NumberFormatException e) {
      throw notAllowed(subject);
    }
  }

  String text() {
    return algorithm + "/" + bits;
  }

  static MalformedItemException notAllowed(FailureSubject subject) {
    return new MalformedItemException(
        FailureReason.ALGORITHM_NOT_ALLOWED,
        subject,
        "The %s names key algorithms other than AES and HmacSHA224 to HmacSHA512, or a short key."
            .formatted(subject.describe()));
  }
}
