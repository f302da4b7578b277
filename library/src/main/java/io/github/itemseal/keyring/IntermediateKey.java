package io.github.itemseal.keyring;

import io.github.itemseal.internal.crypto.AesGcm;
import io.github.itemseal.internal.crypto.HkdfSha512;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two keys that come out of an intermediate key: one wraps the data key, the other signs for
 * this encrypted data key. Source: docs/formats/dbe.md, "Encrypted data keys". For one item; not
 * thread-safe.
 */
final class IntermediateKey {
  /** Bytes of an intermediate key, of a data key and of the keys made here. */
  static final int LENGTH_BYTES = 32;

  /** Bytes of a wrapped data key. */
  static final int WRAPPED_BYTES = LENGTH_BYTES + AesGcm.TAG_BYTES;

  private static final byte[] SIGNING =
      "AWS_MPL_INTERMEDIATE_KEYWRAP_MAC".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WRAPPING =
      "AWS_MPL_INTERMEDIATE_KEYWRAP_ENC".getBytes(StandardCharsets.US_ASCII);

  private final KeyringContext context;
  private final SecretKey signingKey;
  private final SecretKey wrappingKey;

  IntermediateKey(KeyringContext context, byte[] key) {
    HkdfSha512 hkdf = new HkdfSha512(context.jca(), key);
    this.context = context;
    this.signingKey = new SecretKeySpec(hkdf.expand(LENGTH_BYTES, SIGNING), "HmacSHA384");
    this.wrappingKey = new SecretKeySpec(hkdf.expand(LENGTH_BYTES, WRAPPING), "AES");
  }

  SecretKey signingKey() {
    return signingKey;
  }

  byte[] wrap(byte[] dataKey) {
    return context.gcm().seal(wrappingKey, AesGcm.zeroNonce(), context.canonicalContext(), dataKey);
  }

  /**
   * The data key at the beginning of {@code ciphertext}.
   *
   * @throws io.github.itemseal.internal.crypto.CryptoFailure if it does not open
   */
  byte[] unwrap(byte[] ciphertext) {
    return context
        .gcm()
        .open(
            wrappingKey,
            AesGcm.zeroNonce(),
            context.canonicalContext(),
            ciphertext,
            0,
            WRAPPED_BYTES);
  }
}
