package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.EcCurve;
import io.github.itemseal.internal.crypto.Ecdh;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.keyring.EcdhEnvelope.Sides;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Wraps under a secret that two EC key pairs of the user's own agree on, on P-256, P-384 or P-521.
 * Source: docs/formats/dbe.md, "ECDH". Immutable and thread-safe.
 *
 * <p>{@link #staticKeys} writes and reads, {@link #ephemeral} only writes, {@link #discovery} only
 * reads. A reader of the latter two does not learn who wrote an item: anybody who has its public
 * key can.
 */
public abstract sealed class RawEcdhKeyring implements LocalKeyring {
  private static final String PROVIDER_ID = "raw-ecdh";

  private final EcdhEnvelope envelope;

  private RawEcdhKeyring(EcCurve curve) {
    this.envelope = new EcdhEnvelope(PROVIDER_ID, curve);
  }

  /**
   * Writes with the sender's private key for the recipient, and reads whatever these two wrote for
   * each other: the recipient configures its private key and the sender's public one.
   *
   * @param sender the private key of this side, which must allow agreement and signatures
   * @param recipient the public key of the other side, on the same curve
   * @throws IllegalArgumentException if a key cannot be used, is not on one of the three curves, or
   *     the two are on different ones
   */
  public static RawEcdhKeyring staticKeys(PrivateKey sender, PublicKey recipient) {
    return new WithPrivateKey(sender, EcdhParties.of(publicKeyOf(sender), recipient));
  }

  /**
   * Writes for the recipient, each item with a key pair that is made for it and forgotten. Reads
   * nothing: that takes {@link #discovery} with the recipient's private key.
   *
   * @throws IllegalArgumentException if the key is not a point on one of the three curves
   */
  public static RawEcdhKeyring ephemeral(PublicKey recipient) {
    return new Ephemeral(
        EcdhParties.requirePublicKey(EcdhParties.requireCurve(recipient), recipient));
  }

  /**
   * Reads what anybody wrote for this private key. Writes nothing.
   *
   * @param recipient must allow agreement and signatures
   * @throws IllegalArgumentException if the key cannot be used, or is not on one of the three
   *     curves
   */
  public static RawEcdhKeyring discovery(PrivateKey recipient) {
    return new WithPrivateKey(recipient, EcdhParties.discovery(publicKeyOf(recipient)));
  }

  private static ECPublicKey publicKeyOf(PrivateKey key) {
    try {
      return Ecdh.publicKeyOf(Jca.INSTALLED, EcdhParties.requireCurve(key), key);
    } catch (KeyFailure e) {
      throw new IllegalArgumentException(
          "The private key does not agree and sign; the cause says why.", e.getCause());
    }
  }

  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    try {
      return seal(materials, envelope);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause());
    }
  }

  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    FailedAttempts failures = new FailedAttempts();
    for (EncryptedDataKey key : materials.encryptedDataKeys()) {
      try {
        Optional<Sides> sides = envelope.sidesOf(key).filter(this::reads);
        if (sides.isPresent()) {
          byte[] secret = sharedSecret(materials, sides.get());
          return envelope.open(materials, key, sides.get(), secret);
        }
      } catch (KeyFailure e) {
        failures.add(
            MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause()));
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    throw failures.toException(materials);
  }

  abstract EncryptionMaterials seal(EncryptionMaterials materials, EcdhEnvelope envelope);

  abstract boolean reads(Sides sides);

  abstract byte[] sharedSecret(DecryptionMaterials materials, Sides sides);

  /** The static schema, and discovery. */
  private static final class WithPrivateKey extends RawEcdhKeyring {
    private final PrivateKey privateKey;
    private final EcdhParties parties;

    WithPrivateKey(PrivateKey privateKey, EcdhParties parties) {
      super(parties.curve());
      this.privateKey = privateKey;
      this.parties = parties;
    }

    @Override
    EncryptionMaterials seal(EncryptionMaterials materials, EcdhEnvelope envelope) {
      ECPublicKey recipient = parties.requireRecipient(materials);
      byte[] secret = Ecdh.agree(materials.jca(), privateKey, recipient);
      return envelope.seal(materials, parties.sidesTo(recipient), secret);
    }

    @Override
    boolean reads(Sides sides) {
      return parties.read(sides);
    }

    @Override
    byte[] sharedSecret(DecryptionMaterials materials, Sides sides) {
      return Ecdh.agree(materials.jca(), privateKey, parties.otherOf(sides, materials));
    }
  }

  private static final class Ephemeral extends RawEcdhKeyring {
    private final ECPublicKey recipient;

    Ephemeral(ECPublicKey recipient) {
      super(EcdhParties.requireCurve(recipient));
      this.recipient = recipient;
    }

    @Override
    EncryptionMaterials seal(EncryptionMaterials materials, EcdhEnvelope envelope) {
      KeyPair pair = Ecdh.generate(materials.jca(), EcdhParties.requireCurve(recipient));
      EcdhParties parties = EcdhParties.of(pair.getPublic(), recipient);
      byte[] secret = Ecdh.agree(materials.jca(), pair.getPrivate(), recipient);
      return envelope.seal(materials, parties.sidesTo(recipient), secret);
    }

    @Override
    boolean reads(Sides sides) {
      return Arrays.equals(
          sides.recipient(), EcdhParties.requireCurve(recipient).compress(recipient));
    }

    @Override
    byte[] sharedSecret(DecryptionMaterials materials, Sides sides) {
      throw new MaterialsUnavailableException(
          FailureReason.KEY_NOT_CONFIGURED,
          materials.subject(),
          ("An ephemeral keyring only writes: read the %s with the recipient's private key in a"
                  + " discovery keyring.")
              .formatted(materials.subject().describe()),
          null);
    }
  }
}
