package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.AesKeyWrap;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.KeyCalls;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.crypto.KeyWrapping;
import io.github.itemseal.internal.crypto.RsaPadding;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private final @Nullable Wrapping wrapping;
  private final @Nullable Key unwrappingKey;
  private final @Nullable AesKeyWrap aesUnwrapping;
  private final SigningKeys signingKeys;
  private final int contentKeyBits;
  private final boolean readsPkcs1V15;

  private WrappedMaterialsProvider(Builder builder, SigningKeys signingKeys) {
    this.wrapping =
        builder.wrappingKey == null
            ? null
            : Wrapping.with(builder.wrappingKey, builder.materialDescription);
    this.unwrappingKey = builder.unwrappingKey;
    this.aesUnwrapping = aesKeyWrap(builder.unwrappingKey);
    this.signingKeys = signingKeys;
    this.contentKeyBits = builder.contentKeyBits;
    this.readsPkcs1V15 = builder.readsPkcs1V15;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Null for RSA and delegated keys. */
  private static @Nullable AesKeyWrap aesKeyWrap(@Nullable Key key) {
    return key instanceof SecretKey aes && !(key instanceof DelegatedKey)
        ? new AesKeyWrap(aes)
        : null;
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

  /**
   * How the content keys of new items are wrapped.
   *
   * @param aes for an AES key; null for others
   * @param description what all of these items say
   */
  private record Wrapping(
      Key key, @Nullable AesKeyWrap aes, WrapAlgorithm algorithm, MaterialDescription description) {
    static Wrapping with(Key key, MaterialDescription description) {
      WrapAlgorithm algorithm = WrapAlgorithm.forWriting(key);
      return new Wrapping(
          key,
          aesKeyWrap(key),
          algorithm,
          description
              .with(DescriptionEntries.CONTENT_KEY_ALGORITHM, KeyWrapping.AES)
              .with(DescriptionEntries.WRAP_ALGORITHM, algorithm.transformation()));
    }

    byte[] wrap(SecretKey contentKey) {
      if (key instanceof DelegatedKey delegated) {
        return KeyCalls.call(
            "wrapping key", () -> delegated.wrap(algorithm.transformation(), contentKey));
      }
      return aes != null
          ? aes.wrap(contentKey)
          : KeyWrapping.wrapRsa((PublicKey) key, RsaPadding.OAEP_SHA256, contentKey);
    }
  }

  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    FailureSubject subject = subject(context);
    if (unwrappingKey == null) {
      throw notConfigured(subject, "read items", "an unwrapping key");
    }
    MaterialDescription description = context.materialDescription();
    String wrapped =
        DescriptionEntries.require(description, DescriptionEntries.WRAPPED_KEY, subject);
    int expectedBits =
        contentKeyBits(
            subject,
            DescriptionEntries.require(
                description, DescriptionEntries.CONTENT_KEY_ALGORITHM, subject));
    WrapAlgorithm algorithm =
        allowed(subject, unwrappingKey, description.get(DescriptionEntries.WRAP_ALGORITHM));
    SecretKey contentKey;
    try {
      contentKey =
          unwrap(unwrappingKey, algorithm, Base64.getMimeDecoder().decode(wrapped), expectedBits);
    } catch (CryptoFailure | IllegalArgumentException e) {
      // Why it does not open is told to nobody: RSA padding errors are an oracle.
      throw new ItemAuthenticationException(subject);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject, e.role(), e.getCause());
    }
    if (!KeyWrapping.hasLength(contentKey, expectedBits)) {
      throw new ItemAuthenticationException(subject);
    }
    return DecryptionMaterials.of(subject, contentKey, signingKeys);
  }

  private SecretKey unwrap(
      Key unwrappingKey, WrapAlgorithm algorithm, byte[] wrapped, int expectedBits) {
    RsaPadding padding = algorithm.rsaPadding();
    if (unwrappingKey instanceof DelegatedKey delegated) {
      return unwrapDelegated(delegated, algorithm, wrapped, expectedBits);
    }
    return padding == null
        ? Objects.requireNonNull(aesUnwrapping)
            .unwrap(wrapped) // the algorithm is of the key's kind
        : KeyWrapping.unwrapRsa((PrivateKey) unwrappingKey, padding, wrapped, expectedBits);
  }

  /** With PKCS #1 v1.5 as {@link KeyWrapping#unwrapRsa} does it, which says why. */
  private static SecretKey unwrapDelegated(
      DelegatedKey unwrappingKey, WrapAlgorithm algorithm, byte[] wrapped, int expectedBits) {
    if (algorithm.rsaPadding() != RsaPadding.PKCS1_V15) {
      return callUnwrap(unwrappingKey, algorithm, wrapped);
    }
    SecretKey substitute = KeyWrapping.substitute(unwrappingKey, wrapped, expectedBits);
    try {
      SecretKey key = callUnwrap(unwrappingKey, algorithm, wrapped);
      return KeyWrapping.hasLength(key, expectedBits) ? key : substitute;
    } catch (CryptoFailure | KeyFailure e) {
      return substitute;
    }
  }

  private static SecretKey callUnwrap(
      DelegatedKey unwrappingKey, WrapAlgorithm algorithm, byte[] wrapped) {
    return KeyCalls.open(
        "unwrapping key",
        () -> unwrappingKey.unwrap(algorithm.transformation(), wrapped, KeyWrapping.AES));
  }

  private WrapAlgorithm allowed(FailureSubject subject, Key unwrappingKey, Optional<String> name) {
    WrapAlgorithm algorithm =
        WrapAlgorithm.named(name, unwrappingKey)
            .orElseThrow(
                () ->
                    new MalformedItemException(
                        FailureReason.ALGORITHM_NOT_ALLOWED,
                        subject,
                        ("The data key of the %s is wrapped with an algorithm that does not belong"
                                + " to the configured %s unwrapping key.")
                            .formatted(subject.describe(), unwrappingKey.getAlgorithm())));
    if (algorithm.rsaPadding() == RsaPadding.PKCS1_V15 && !readsPkcs1V15) {
      throw new MalformedItemException(
          FailureReason.ALGORITHM_NOT_ALLOWED,
          subject,
          ("The data key of the %s is wrapped with RSA PKCS #1 v1.5, as very old clients did. If the"
                  + " table has such items, build the provider with readsPkcs1V15(true).")
              .formatted(subject.describe()));
    }
    return algorithm;
  }

  /** The bits that {@code AES/bits} names; 0 for a bare {@code AES}. */
  private static int contentKeyBits(FailureSubject subject, String algorithm) {
    return switch (algorithm.toUpperCase(Locale.ROOT)) {
      case "AES" -> 0;
      case "AES/128" -> 128;
      case "AES/192" -> 192;
      case "AES/256" -> 256;
      default ->
          throw new MalformedItemException(
              FailureReason.ALGORITHM_NOT_ALLOWED,
              subject,
              "The material description of the %s names a content key algorithm other than AES."
                  .formatted(subject.describe()));
    };
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
