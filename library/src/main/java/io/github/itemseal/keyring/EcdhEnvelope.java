package io.github.itemseal.keyring;

import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.AesGcm;
import io.github.itemseal.internal.crypto.CounterKdf;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.EcCurve;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.RandomBytes;
import io.github.itemseal.internal.format.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the ECDH keyrings do once the two sides share a secret, wherever the private key is. Source:
 * docs/formats/dbe.md, "ECDH". Immutable and thread-safe.
 *
 * <p>The provider info is a byte 1, then for the recipient and the sender each a 4-byte length and
 * the compressed point. The wrapped intermediate key is a salt of 32 bytes, a commitment of 32, and
 * 48 bytes of AES-GCM.
 */
final class EcdhEnvelope {
  private static final byte VERSION = 1;
  private static final int SALT_BYTES = 32;
  private static final int COMMITMENT_BYTES = 32;
  private static final int KEY_BYTES = 32;
  private static final int HEAD_BYTES = SALT_BYTES + COMMITMENT_BYTES;
  private static final int WRAPPED_BYTES = HEAD_BYTES + KEY_BYTES + AesGcm.TAG_BYTES;
  private static final byte[] PURPOSE = ascii("ecdh-key-derivation");
  private static final byte[] KDF_NAME = ascii("HMAC_SHA384");

  private final String providerId;
  private final EcCurve curve;

  EcdhEnvelope(String providerId, EcCurve curve) {
    this.providerId = providerId;
    this.curve = curve;
  }

  /** The compressed public keys of both sides; shared arrays, which nobody changes. */
  @SuppressWarnings("ArrayRecordComponent") // compared by the methods here, never with equals
  record Sides(byte[] sender, byte[] recipient) {
    /** Whether these are the same two, in whichever roles: their secret is the same. */
    boolean areThoseOf(Sides other) {
      return (Arrays.equals(sender, other.sender) && Arrays.equals(recipient, other.recipient))
          || (Arrays.equals(sender, other.recipient) && Arrays.equals(recipient, other.sender));
    }

    boolean isRecipient(byte[] compressed) {
      return Arrays.equals(recipient, compressed);
    }
  }

  EncryptionMaterials seal(EncryptionMaterials materials, Sides sides, byte[] sharedSecret) {
    byte[] intermediateKey = RandomBytes.of(IntermediateKey.LENGTH_BYTES);
    byte[] salt = RandomBytes.of(SALT_BYTES);
    try {
      byte[] fixedInfo = fixedInfo(sides, materials.canonicalContext());
      byte[] derived =
          new CounterKdf(materials.jca(), "HmacSHA384")
              .derive(sharedSecret, fixedInfo, salt, COMMITMENT_BYTES + KEY_BYTES);
      byte[] wrapped = Arrays.copyOf(salt, WRAPPED_BYTES);
      System.arraycopy(derived, 0, wrapped, SALT_BYTES, COMMITMENT_BYTES);
      materials
          .gcm()
          .seal(
              wrappingKey(derived),
              AesGcm.zeroNonce(),
              fixedInfo,
              intermediateKey,
              0,
              intermediateKey.length,
              wrapped,
              HEAD_BYTES);
      return materials.withWrappedKey(intermediateKey, providerId, providerInfo(sides), wrapped);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause());
    }
  }

  /** Whose an encrypted data key says it is; empty if it is of another keyring or curve. */
  Optional<Sides> sidesOf(EncryptedDataKey key) {
    byte[] info = key.providerInfo().asByteArrayUnsafe();
    int pointBytes = curve.compressedBytes();
    int second = 1 + Integer.BYTES + pointBytes;
    if (!key.providerId().equals(providerId)
        || info.length != second + Integer.BYTES + pointBytes) {
      return Optional.empty();
    }
    Sides sides =
        new Sides(
            Arrays.copyOfRange(info, second + Integer.BYTES, info.length),
            Arrays.copyOfRange(info, 1 + Integer.BYTES, second));
    return Arrays.equals(info, providerInfo(sides)) ? Optional.of(sides) : Optional.empty();
  }

  DecryptionMaterials open(
      DecryptionMaterials materials, EncryptedDataKey key, Sides sides, byte[] sharedSecret) {
    byte[] wrapped = materials.wrappedIntermediateKey(key);
    if (wrapped.length != WRAPPED_BYTES) {
      throw new ItemAuthenticationException(materials.subject());
    }
    try {
      byte[] fixedInfo = fixedInfo(sides, materials.canonicalContext());
      byte[] derived =
          new CounterKdf(materials.jca(), "HmacSHA384")
              .derive(
                  sharedSecret,
                  fixedInfo,
                  Arrays.copyOf(wrapped, SALT_BYTES),
                  COMMITMENT_BYTES + KEY_BYTES);
      if (!MessageDigest.isEqual(
          Arrays.copyOf(derived, COMMITMENT_BYTES),
          Arrays.copyOfRange(wrapped, SALT_BYTES, HEAD_BYTES))) {
        throw new ItemAuthenticationException(materials.subject());
      }
      return materials.withIntermediateKey(
          key,
          materials
              .gcm()
              .open(
                  wrappingKey(derived),
                  AesGcm.zeroNonce(),
                  fixedInfo,
                  wrapped,
                  HEAD_BYTES,
                  WRAPPED_BYTES - HEAD_BYTES));
    } catch (CryptoFailure e) {
      throw new ItemAuthenticationException(materials.subject());
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause());
    }
  }

  private static SecretKey wrappingKey(byte[] derived) {
    return new SecretKeySpec(derived, COMMITMENT_BYTES, KEY_BYTES, "AES");
  }

  private static byte[] providerInfo(Sides sides) {
    ByteWriter out = new ByteWriter();
    out.writeByte(VERSION);
    out.writeBytes(sides.recipient());
    out.writeBytes(sides.sender());
    return out.toByteArray();
  }

  /** What the keys are derived for, and what authenticates the wrapped key. */
  private byte[] fixedInfo(Sides sides, byte[] canonicalContext) {
    ByteWriter out = new ByteWriter();
    out.writeRaw(PURPOSE);
    out.writeByte(0);
    out.writeRaw(ascii(curve.name().toLowerCase(Locale.ROOT)));
    out.writeByte(0);
    out.writeRaw(KDF_NAME);
    out.writeByte(0);
    out.writeRaw(sides.sender());
    out.writeRaw(sides.recipient());
    out.writeByte(0);
    out.writeByte(VERSION);
    out.writeByte(0);
    out.writeRaw(canonicalContext);
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
