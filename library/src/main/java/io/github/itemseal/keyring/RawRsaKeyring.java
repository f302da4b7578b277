package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.crypto.KeyWrapping;
import io.github.itemseal.internal.crypto.RandomBytes;
import io.github.itemseal.internal.crypto.Rsa;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Wraps with an RSA public key of the user's own, and opens with the private one. Source:
 * docs/formats/dbe.md, "Raw RSA". Immutable and thread-safe.
 *
 * <p>The encrypted data key is the intermediate key under RSA; its provider info is the key's name.
 * Either half may be missing: a writer that cannot read has the public key alone.
 */
public final class RawRsaKeyring implements LocalKeyring {
  private final String namespace;
  private final byte[] name;
  private final RsaKeyPadding padding;
  private final @Nullable PublicKey publicKey;
  private final @Nullable PrivateKey privateKey;

  private RawRsaKeyring(Builder builder) {
    this.namespace = RawKeyNames.requireNamespace(builder.namespace);
    this.name = RawKeyNames.requireName(builder.name);
    this.padding = builder.padding;
    this.publicKey = builder.publicKey;
    this.privateKey = builder.privateKey;
  }

  /**
   * A keyring of one key pair. Items name it by namespace and name, so both must stay the same.
   *
   * @param namespace of the user's choice; {@code aws-kms} is taken
   * @param name of the key within its namespace
   * @param padding which must stay the same too
   */
  public static Builder builder(String namespace, String name, RsaKeyPadding padding) {
    return new Builder(namespace, name, padding);
  }

  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    if (publicKey == null) {
      throw new MaterialsUnavailableException(
          FailureReason.KEY_NOT_CONFIGURED,
          materials.subject(),
          "Cannot encrypt the %s: the RSA keyring has no public key."
              .formatted(materials.subject().describe()),
          null);
    }
    byte[] intermediateKey = RandomBytes.of(IntermediateKey.LENGTH_BYTES);
    try {
      byte[] wrapped =
          Rsa.wrap(
              materials.jca(),
              padding.transformation(),
              padding.parameters(),
              publicKey,
              intermediateKey);
      return materials.withWrappedKey(intermediateKey, namespace, name, wrapped);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause());
    }
  }

  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    FailedAttempts failures = new FailedAttempts();
    for (EncryptedDataKey key : materials.encryptedDataKeys()) {
      if (key.providerId().equals(namespace)
          && Arrays.equals(key.providerInfo().asByteArrayUnsafe(), name)) {
        try {
          return open(materials, key);
        } catch (RuntimeException e) {
          failures.add(e);
        }
      }
    }
    throw failures.toException(materials);
  }

  private DecryptionMaterials open(DecryptionMaterials materials, EncryptedDataKey key) {
    if (privateKey == null) {
      throw new MaterialsUnavailableException(
          FailureReason.KEY_NOT_CONFIGURED,
          materials.subject(),
          "Cannot decrypt the %s: the RSA keyring has no private key."
              .formatted(materials.subject().describe()),
          null);
    }
    try {
      return materials.withIntermediateKey(
          key, unwrap(materials, privateKey, materials.wrappedIntermediateKey(key)));
    } catch (CryptoFailure e) {
      throw new ItemAuthenticationException(materials.subject());
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(materials.subject(), e.role(), e.getCause());
    }
  }

  /** Nobody learns whether PKCS #1 v1.5 padding was right: what does not open fails later alike. */
  private byte[] unwrap(DecryptionMaterials materials, PrivateKey key, byte[] wrapped) {
    byte[] substitute =
        padding == RsaKeyPadding.PKCS1
            ? KeyWrapping.substitute(key, wrapped, 8 * IntermediateKey.LENGTH_BYTES).getEncoded()
            : null;
    try {
      byte[] opened =
          Rsa.unwrap(materials.jca(), padding.transformation(), padding.parameters(), key, wrapped);
      return substitute == null || opened.length == substitute.length ? opened : substitute;
    } catch (CryptoFailure e) {
      if (substitute == null) {
        throw e;
      }
      return substitute;
    }
  }

  /** Names only. */
  @Override
  public String toString() {
    return "RawRsaKeyring[namespace=%s, padding=%s]".formatted(namespace, padding);
  }

  /** Builds a {@link RawRsaKeyring}. Not thread-safe. */
  public static final class Builder {
    private final String namespace;
    private final String name;
    private final RsaKeyPadding padding;
    private @Nullable PublicKey publicKey;
    private @Nullable PrivateKey privateKey;

    private Builder(String namespace, String name, RsaKeyPadding padding) {
      this.namespace = namespace;
      this.name = name;
      this.padding = Objects.requireNonNull(padding, "padding");
    }

    /**
     * The key that wraps.
     *
     * @throws IllegalArgumentException if it is no RSA key, has fewer than 2048 bits, or a public
     *     exponent below 65537
     */
    public Builder publicKey(PublicKey publicKey) {
      this.publicKey = requireRsa(publicKey, KeyStrength.Use.WRITING);
      return this;
    }

    /**
     * The key that unwraps. For old items 1024 bits will do.
     *
     * @throws IllegalArgumentException if it is no RSA key, or has fewer bits
     */
    public Builder privateKey(PrivateKey privateKey) {
      this.privateKey = requireRsa(privateKey, KeyStrength.Use.READING);
      return this;
    }

    /** Both halves. */
    public Builder keyPair(KeyPair keyPair) {
      return publicKey(keyPair.getPublic()).privateKey(keyPair.getPrivate());
    }

    /**
     * The key that wraps, as a PEM block {@code PUBLIC KEY}.
     *
     * @throws IllegalArgumentException if it is something else, or too weak
     */
    public Builder publicKeyPem(String pem) {
      return publicKey(Rsa.publicKey(pem));
    }

    /**
     * The key that unwraps, as an unencrypted PEM block {@code PRIVATE KEY} (PKCS #8).
     *
     * @throws IllegalArgumentException if it is something else, or too weak
     */
    public Builder privateKeyPem(String pem) {
      return privateKey(Rsa.privateKey(pem));
    }

    private static <K extends Key> K requireRsa(K key, KeyStrength.Use use) {
      if (!key.getAlgorithm().equals("RSA")) {
        throw new IllegalArgumentException(
            "Expected an RSA key, got '%s'.".formatted(key.getAlgorithm()));
      }
      return KeyStrength.require(key, use);
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if there is neither key, the two are of different pairs, the
     *     namespace is taken, or a name is empty or too long
     */
    public RawRsaKeyring build() {
      if (publicKey == null && privateKey == null) {
        throw new IllegalArgumentException(
            "An RSA keyring needs publicKey(...) or privateKey(...).");
      }
      if (publicKey instanceof RSAKey wrapping
          && privateKey instanceof RSAKey unwrapping // a key in an HSM may not tell
          && !wrapping.getModulus().equals(unwrapping.getModulus())) {
        throw new IllegalArgumentException(
            "publicKey(...) and privateKey(...) are of different key pairs: what one writes the"
                + " other could not read.");
      }
      return new RawRsaKeyring(this);
    }
  }
}
