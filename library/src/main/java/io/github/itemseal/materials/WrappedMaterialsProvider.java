package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.crypto.KeyWrapping;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A fresh AES content key for every item, wrapped with a key you hold and stored with the item.
 * Thread-safe.
 *
 * <p>An AES key wraps by RFC 3394; an RSA key by OAEP with SHA-256 and MGF1 with SHA-1, which is
 * what the transformation in the item has always meant; a {@link DelegatedKey} by what it is. This
 * is the old clients' {@code WrappedMaterialsProvider} and {@code
 * WrappedCryptographicMaterialsProvider}, and with a key pair their {@code
 * AsymmetricStaticProvider}. Source: docs/formats/ddbec.md, "Wrapped keys".
 */
public final class WrappedMaterialsProvider implements LocalMaterialsProvider, PerItemKeys {
  private final @Nullable ContentKeyWrapping wrapping;
  private final @Nullable ContentKeyUnwrapping unwrapping;
  private final SigningKeys signingKeys;
  private final int contentKeyBits;

  private WrappedMaterialsProvider(Builder builder, SigningKeys signingKeys) {
    this.wrapping =
        builder.wrappingKey == null
            ? null
            : ContentKeyWrapping.with(builder.wrappingKey, builder.materialDescription);
    this.unwrapping =
        builder.unwrappingKey == null
            ? null
            : new ContentKeyUnwrapping(builder.unwrappingKey, builder.readsPkcs1V15);
    this.signingKeys = signingKeys;
    this.contentKeyBits = builder.contentKeyBits;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean givesKeysPerItem() {
    return true;
  }

  @Override
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    if (wrapping == null) {
      throw notConfigured(subject(context), "write items", "a wrapping key");
    }
    SecretKey contentKey = KeyWrapping.generateAesKey(contentKeyBits);
    byte[] wrapped;
    try {
      wrapped = wrapping.wrap(contentKey);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject(context), e.role(), e.getCause());
    }
    return EncryptionMaterials.of(
        subject(context),
        contentKey,
        signingKeys,
        wrapping
            .description()
            .with(DescriptionEntries.WRAPPED_KEY, Base64.getEncoder().encodeToString(wrapped)));
  }

  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    FailureSubject subject = subject(context);
    if (unwrapping == null) {
      throw notConfigured(subject, "read items", "an unwrapping key");
    }
    SecretKey contentKey = unwrapping.unwrap(context.materialDescription(), subject);
    return DecryptionMaterials.of(subject, contentKey, signingKeys);
  }

  /** As the format says it too, so that no failure shows which of the two refused. */
  private static FailureSubject subject(EncryptionContext context) {
    return FailureSubject.of(context).withFormat(Ddbec.NAME);
  }

  private static MaterialsUnavailableException notConfigured(
      FailureSubject subject, String purpose, String missing) {
    return new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        subject,
        "The wrapped provider cannot %s: it was built without %s.".formatted(purpose, missing),
        null);
  }

  /** Builds a {@link WrappedMaterialsProvider}. Not thread-safe. */
  public static final class Builder {
    private @Nullable Key wrappingKey;
    private @Nullable Key unwrappingKey;
    private @Nullable SigningKeys signingKeys;
    private int contentKeyBits = 256;
    private MaterialDescription materialDescription = MaterialDescription.empty();
    private boolean readsPkcs1V15;

    private Builder() {}

    /**
     * An AES key, 128, 192 or 256 bits, or a {@link DelegatedKey}, that wraps and unwraps.
     *
     * @throws IllegalArgumentException if it is another key, or tells that it is too weak
     */
    public Builder wrappingKey(SecretKey key) {
      this.wrappingKey = ContentKeys.requireAesOrDelegated(key, KeyStrength.Use.WRITING);
      this.unwrappingKey = key;
      return this;
    }

    /**
     * An RSA key pair that wraps and unwraps: what the old Java client calls an {@code
     * AsymmetricStaticProvider}.
     */
    public Builder wrappingKeyPair(KeyPair pair) {
      return wrappingKey(pair.getPublic()).unwrappingKey(pair.getPrivate());
    }

    /**
     * An RSA public key to wrap with: enough to write items.
     *
     * @throws IllegalArgumentException if it is another key, has fewer than 2048 bits, or a public
     *     exponent below 65537
     */
    public Builder wrappingKey(PublicKey key) {
      this.wrappingKey = requireRsa(key, KeyStrength.Use.WRITING);
      return this;
    }

    /**
     * An AES key or a {@link DelegatedKey} to unwrap with, where another key wraps.
     *
     * @throws IllegalArgumentException if it is another key, or tells that it is too weak
     */
    public Builder unwrappingKey(SecretKey key) {
      this.unwrappingKey = ContentKeys.requireAesOrDelegated(key, KeyStrength.Use.READING);
      return this;
    }

    /**
     * An RSA private key to unwrap with: enough to read items. For old items 1024 bits will do.
     *
     * @throws IllegalArgumentException if it is another key, or has fewer bits
     */
    public Builder unwrappingKey(PrivateKey key) {
      this.unwrappingKey = requireRsa(key, KeyStrength.Use.READING);
      return this;
    }

    /** The keys of the signature. Required. */
    public Builder signingKeys(SigningKeys signingKeys) {
      this.signingKeys = signingKeys;
      return this;
    }

    /** Size of the content keys made for new items: 128, 192 or 256 bits. Default 256. */
    public Builder contentKeyBits(int contentKeyBits) {
      if (!KeyStrength.isAesLength(contentKeyBits)) {
        throw new IllegalArgumentException(
            "An AES key has 128, 192 or 256 bits, not %s.".formatted(contentKeyBits));
      }
      this.contentKeyBits = contentKeyBits;
      return this;
    }

    /** Entries to store with every item. Default none. */
    public Builder materialDescription(Map<String, String> entries) {
      this.materialDescription = DescriptionEntries.ofUser(entries);
      return this;
    }

    /** The same for entries of the library's own names. */
    Builder ownMaterialDescription(MaterialDescription entries) {
      this.materialDescription = entries;
      return this;
    }

    /**
     * Whether to read items whose data key was wrapped with RSA PKCS #1 v1.5, as very old Java
     * clients did; never used for writing. Default false, because the padding is open to chosen
     * ciphertexts by whoever can write to the table; failures are uniform, but better not have it.
     */
    public Builder readsPkcs1V15(boolean readsPkcs1V15) {
      this.readsPkcs1V15 = readsPkcs1V15;
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if the signing keys or both the wrapping and the unwrapping
     *     key are missing
     */
    public WrappedMaterialsProvider build() {
      if (signingKeys == null) {
        throw new IllegalArgumentException("Wrapped keys need signingKeys(...).");
      }
      if (wrappingKey == null && unwrappingKey == null) {
        throw new IllegalArgumentException(
            "Wrapped keys need a wrappingKey(...), an unwrappingKey(...), or both.");
      }
      if (wrappingKey != null
          && unwrappingKey != null
          && !wrappingKey.getAlgorithm().equalsIgnoreCase(unwrappingKey.getAlgorithm())) {
        throw new IllegalArgumentException(
            "What a key of algorithm '%s' wraps, one of '%s' cannot unwrap."
                .formatted(wrappingKey.getAlgorithm(), unwrappingKey.getAlgorithm()));
      }
      return new WrappedMaterialsProvider(this, signingKeys);
    }

    private static <K extends Key> K requireRsa(K key, KeyStrength.Use use) {
      if (!key.getAlgorithm().equalsIgnoreCase("RSA")) {
        throw new IllegalArgumentException(
            "Only RSA key pairs and AES keys wrap data keys, not '%s'."
                .formatted(key.getAlgorithm()));
      }
      return KeyStrength.require(key, use);
    }
  }
}
