package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.EcCurve;
import io.github.itemseal.keyring.EcdhEnvelope.Sides;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Between whom an ECDH keyring agrees on secrets: its own key pair and one other side, or, in
 * discovery, whoever sent something to its own key pair. Immutable and thread-safe.
 */
final class EcdhParties {
  private final EcCurve curve;
  private final byte[] own;
  private final @Nullable ECPublicKey other;

  private EcdhParties(EcCurve curve, byte[] own, @Nullable ECPublicKey other) {
    this.curve = curve;
    this.own = own;
    this.other = other;
  }

  /**
   * The keyring's own side as sender, and the recipient.
   *
   * @throws IllegalArgumentException if they are not both points on one of the three curves
   */
  static EcdhParties of(PublicKey own, PublicKey recipient) {
    EcCurve curve = requireCurve(own);
    return new EcdhParties(
        curve, curve.compress(requirePublicKey(curve, own)), requirePublicKey(curve, recipient));
  }

  /**
   * The keyring's own side as recipient, and anybody as sender.
   *
   * @throws IllegalArgumentException if it is not a point on one of the three curves
   */
  static EcdhParties discovery(PublicKey own) {
    EcCurve curve = requireCurve(own);
    return new EcdhParties(curve, curve.compress(requirePublicKey(curve, own)), null);
  }

  EcCurve curve() {
    return curve;
  }

  /** The recipient of what is written; in discovery nothing is. */
  ECPublicKey requireRecipient(EncryptionMaterials materials) {
    if (other == null) {
      throw new MaterialsUnavailableException(
          FailureReason.KEY_NOT_CONFIGURED,
          materials.subject(),
          "A discovery keyring only reads: write the %s with a keyring that names both keys."
              .formatted(materials.subject().describe()),
          null);
    }
    return other;
  }

  /** Both sides of what is written to the recipient. */
  Sides sidesTo(ECPublicKey recipient) {
    return new Sides(own, curve.compress(recipient));
  }

  /** Whether an encrypted data key is for this keyring; a static pair reads both directions. */
  boolean read(Sides sides) {
    return other == null ? Arrays.equals(sides.recipient(), own) : sides.areThoseOf(sidesTo(other));
  }

  /**
   * The public key to agree with.
   *
   * @throws MalformedItemException if the item claims a sender that is not a point on the curve
   */
  ECPublicKey otherOf(Sides sides, DecryptionMaterials materials) {
    return other == null ? senderOf(sides, materials) : other;
  }

  private ECPublicKey senderOf(Sides sides, DecryptionMaterials materials) {
    Optional<ECPublicKey> sender = curve.decompress(materials.jca(), sides.sender());
    return sender.orElseThrow(
        () ->
            new MalformedItemException(
                FailureReason.DATA_KEY_MALFORMED,
                materials.subject(),
                "The %s has an encrypted data key whose sender is not a point on the curve."
                    .formatted(materials.subject().describe())));
  }

  /**
   * The curve of a key.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  static EcCurve requireCurve(Key key) {
    return EcCurve.of(key)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "ECDH keyrings take EC keys on P-256, P-384 or P-521, not this %s key."
                        .formatted(key.getAlgorithm())));
  }

  /**
   * A public key that is a point on this curve.
   *
   * @throws IllegalArgumentException if it is not
   */
  static ECPublicKey requirePublicKey(EcCurve curve, PublicKey key) {
    EcCurve found = requireCurve(key);
    if (found != curve) {
      throw new IllegalArgumentException(
          "Both keys must be on one curve, not on %s and %s."
              .formatted(curve.jcaName(), found.jcaName()));
    }
    if (!(key instanceof ECPublicKey ec) || !curve.contains(ec.getW())) {
      throw new IllegalArgumentException("The public key is not a point on its curve.");
    }
    return ec;
  }
}
