package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.FailureReason;
import io.github.itemseal.internal.crypto.EcCurve;
import io.github.itemseal.internal.crypto.EcdsaP384;
import io.github.itemseal.internal.crypto.Hmac;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.format.WireFormatException;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The footer attribute: an HMAC-SHA-384 of the canonical record's hash for each encrypted data key,
 * 48 bytes each, then, where the suite has signatures, one of 103 bytes. Source:
 * docs/formats/dbe.md, "Footer". Stateless.
 */
final class DbeFooter {
  static final int TAG_BYTES = 48;

  private DbeFooter() {}

  /**
   * The footer of an item.
   *
   * @param signingKey null for a suite without signatures
   */
  static byte[] sign(
      Jca jca, byte[] hash, List<SecretKey> symmetricKeys, @Nullable DbeSigningKey signingKey) {
    int tags = TAG_BYTES * symmetricKeys.size();
    byte[] footer = new byte[tags + (signingKey == null ? 0 : EcdsaP384.SIGNATURE_BYTES)];
    Hmac hmac = Hmac.sha384(jca);
    int position = 0;
    for (SecretKey key : symmetricKeys) {
      System.arraycopy(hmac.of(key, hash, hash.length), 0, footer, position, TAG_BYTES);
      position += TAG_BYTES;
    }
    if (signingKey != null) {
      byte[] signature = EcdsaP384.sign(jca, signingKey.privateKey(), hash);
      System.arraycopy(signature, 0, footer, tags, signature.length);
    }
    return footer;
  }

  /**
   * Checks the length of a stored footer.
   *
   * @throws WireFormatException if it is not that of one tag for each data key and, where the suite
   *     has signatures, a signature
   */
  static void requireLength(byte[] footer, DbeHeader header) {
    int expected =
        TAG_BYTES * header.encryptedDataKeys().size()
            + (header.suite().hasSignature() ? EcdsaP384.SIGNATURE_BYTES : 0);
    if (footer.length != expected) {
      throw new WireFormatException(
          FailureReason.FOOTER_MALFORMED,
          "does not hold one tag for each encrypted data key and the signature of its suite");
    }
  }

  /**
   * Whether one of the tags fits, and the signature where there must be one.
   *
   * @param footer of a length already checked
   * @param publicKey the compressed point in Base64; null for a suite without signatures
   */
  static boolean verify(
      Jca jca, byte[] footer, byte[] hash, SecretKey symmetricKey, @Nullable String publicKey) {
    int tags = footer.length - (publicKey == null ? 0 : EcdsaP384.SIGNATURE_BYTES);
    byte[] expected = Hmac.sha384(jca).of(symmetricKey, hash, hash.length);
    boolean fits = false;
    for (int at = 0; at < tags; at += TAG_BYTES) { // all of them, each in constant time
      fits |= MessageDigest.isEqual(expected, Arrays.copyOfRange(footer, at, at + TAG_BYTES));
    }
    return fits
        && (publicKey == null
            || publicKeyOf(jca, publicKey)
                .filter(key -> EcdsaP384.verify(jca, key, hash, footer, tags))
                .isPresent());
  }

  private static Optional<ECPublicKey> publicKeyOf(Jca jca, String base64) {
    try {
      return EcCurve.P384.decompress(jca, Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not Base64
    }
  }
}
