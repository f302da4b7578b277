package io.github.itemseal.keyring;

import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.AesGcm;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.RandomBytes;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a keyring is told of an item about to be written, and what keyrings have added to it: the
 * data key, and that key wrapped by each of theirs. Immutable and thread-safe; arrays are copied
 * both ways.
 */
public final class EncryptionMaterials {
  /** Most encrypted data keys that an item can carry. */
  public static final int MAX_ENCRYPTED_DATA_KEYS = 255;

  private final KeyringContext context;
  private final @Nullable SecretKey dataKey;
  private final List<EncryptedDataKey> encryptedDataKeys;
  private final List<SecretKey> symmetricSigningKeys;

  private EncryptionMaterials(
      KeyringContext context,
      @Nullable SecretKey dataKey,
      List<EncryptedDataKey> encryptedDataKeys,
      List<SecretKey> symmetricSigningKeys) {
    this.context = context;
    this.dataKey = dataKey;
    this.encryptedDataKeys = List.copyOf(encryptedDataKeys);
    this.symmetricSigningKeys = List.copyOf(symmetricSigningKeys);
  }

  /** For whoever calls a keyring: the library, and tests of keyrings. */
  public static Builder builder(AlgorithmSuite algorithmSuite) {
    return new Builder(algorithmSuite);
  }

  /** The algorithms of the item. */
  public AlgorithmSuite algorithmSuite() {
    return context.algorithmSuite();
  }

  /**
   * The whole encryption context, what the item stores of it and what it does not; unmodifiable.
   */
  public Map<String, String> encryptionContext() {
    return context.encryptionContext();
  }

  /**
   * The encryption context as bytes, the associated data of everything wrapped: a 2-byte big-endian
   * count, then for each entry a 2-byte length and UTF-8 key, a 2-byte length and UTF-8 value, in
   * ascending order of key bytes. No bytes at all for an empty context.
   */
  public byte[] canonicalContext() {
    return context.canonicalContext().clone();
  }

  /**
   * The key attributes of the item, and in version 2 also those with {@code
   * SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT} and three that name the table and its keys:
   * unmodifiable. What may choose a branch key.
   */
  public Map<String, AttributeValue> contextAttributes() {
    return context.contextAttributes();
  }

  /** The table and its keys, for exceptions. */
  public FailureSubject subject() {
    return context.subject();
  }

  /** The provider that JCA calls should prefer, if one is configured. */
  public Optional<Provider> provider() {
    return Optional.ofNullable(context.jca().preferred());
  }

  Jca jca() {
    return context.jca();
  }

  AesGcm gcm() {
    return context.gcm();
  }

  /** What was wrapped so far, in the order it is stored. */
  public List<EncryptedDataKey> encryptedDataKeys() {
    return encryptedDataKeys;
  }

  /** The item's key of 32 bytes, absent until the first keyring made it. */
  public Optional<SecretKey> dataKey() {
    return Optional.ofNullable(dataKey);
  }

  /** One for each encrypted data key, in the same order. */
  public List<SecretKey> symmetricSigningKeys() {
    return symmetricSigningKeys;
  }

  /**
   * These materials with one more encrypted data key. Makes the data key if there is none yet,
   * derives a wrapping and a signing key from the intermediate key, and wraps the data key.
   *
   * @param intermediateKey 32 random bytes made for this encrypted data key alone
   * @param providerId which kind of key wrapped the intermediate key
   * @param providerInfo which key did
   * @param wrappedIntermediateKey what only that key opens
   * @throws IllegalArgumentException if the intermediate key is not of 32 bytes, or a part does not
   *     fit an {@link EncryptedDataKey}
   * @throws IllegalStateException if there are {@value #MAX_ENCRYPTED_DATA_KEYS} already
   * @throws MaterialsUnavailableException if the configured provider fails
   */
  public EncryptionMaterials withWrappedKey(
      byte[] intermediateKey,
      String providerId,
      byte[] providerInfo,
      byte[] wrappedIntermediateKey) {
    if (intermediateKey.length != IntermediateKey.LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "An intermediate key has 32 bytes, not %s.".formatted(intermediateKey.length));
    }
    if (encryptedDataKeys.size() == MAX_ENCRYPTED_DATA_KEYS) {
      throw new IllegalStateException(
          "An item carries at most %s encrypted data keys.".formatted(MAX_ENCRYPTED_DATA_KEYS));
    }
    try {
      SecretKey key =
          dataKey == null
              ? new SecretKeySpec(RandomBytes.of(IntermediateKey.LENGTH_BYTES), "AES")
              : dataKey;
      IntermediateKey intermediate = new IntermediateKey(context, intermediateKey);
      byte[] wrapped = intermediate.wrap(key.getEncoded());
      byte[] ciphertext = new byte[wrapped.length + wrappedIntermediateKey.length];
      System.arraycopy(wrapped, 0, ciphertext, 0, wrapped.length);
      System.arraycopy(
          wrappedIntermediateKey, 0, ciphertext, wrapped.length, wrappedIntermediateKey.length);
      return new EncryptionMaterials(
          context,
          key,
          with(
              encryptedDataKeys,
              new EncryptedDataKey(
                  providerId,
                  SdkBytes.fromByteArray(providerInfo),
                  SdkBytes.fromByteArrayUnsafe(ciphertext))),
          with(symmetricSigningKeys, intermediate.signingKey()));
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject(), e.role(), e.getCause());
    }
  }

  private static <T> List<T> with(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }

  /** Algorithms and numbers only. */
  @Override
  public String toString() {
    return "EncryptionMaterials[%s, encryptedDataKeys=%s]"
        .formatted(algorithmSuite(), encryptedDataKeys.size());
  }

  /** Builds {@link EncryptionMaterials} without keys. Not thread-safe. */
  public static final class Builder {
    private final AlgorithmSuite algorithmSuite;
    private Map<String, String> encryptionContext = Map.of();
    private Map<String, AttributeValue> contextAttributes = Map.of();
    private FailureSubject subject = FailureSubject.unknown();
    private Jca jca = Jca.INSTALLED;

    private Builder(AlgorithmSuite algorithmSuite) {
      this.algorithmSuite = Objects.requireNonNull(algorithmSuite, "algorithmSuite");
    }

    /** The whole encryption context. Default empty. */
    public Builder encryptionContext(Map<String, String> encryptionContext) {
      this.encryptionContext = encryptionContext;
      return this;
    }

    /** What may choose a branch key. Default nothing. */
    public Builder contextAttributes(Map<String, AttributeValue> contextAttributes) {
      this.contextAttributes = contextAttributes;
      return this;
    }

    /** The table and its keys. Default unknown. */
    public Builder subject(FailureSubject subject) {
      this.subject = Objects.requireNonNull(subject, "subject");
      return this;
    }

    /** The provider that JCA calls prefer; null, the default, for the installed ones. */
    public Builder provider(@Nullable Provider provider) {
      this.jca = Jca.preferring(provider);
      return this;
    }

    /**
     * Builds them.
     *
     * @throws io.github.itemseal.MalformedItemException if an entry of the encryption context has
     *     more than 65,535 bytes or holds half of a surrogate pair
     */
    public EncryptionMaterials build() {
      return new EncryptionMaterials(
          new KeyringContext(algorithmSuite, encryptionContext, contextAttributes, subject, jca),
          null,
          List.of(),
          List.of());
    }
  }
}
