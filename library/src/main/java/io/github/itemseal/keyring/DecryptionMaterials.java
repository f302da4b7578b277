package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.AesGcm;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.crypto.KeyFailure;
import java.security.Provider;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a keyring is told of a stored item, and, once one has opened an encrypted data key, the data
 * key. Nothing of it is verified yet. Immutable and thread-safe; arrays are copied both ways.
 */
public final class DecryptionMaterials {
  private final KeyringContext context;
  private final Map<String, String> reproducedContext;
  private final List<EncryptedDataKey> encryptedDataKeys;
  private final @Nullable SecretKey dataKey;
  private final @Nullable SecretKey symmetricSigningKey;

  private DecryptionMaterials(
      KeyringContext context,
      Map<String, String> reproducedContext,
      List<EncryptedDataKey> encryptedDataKeys,
      @Nullable SecretKey dataKey,
      @Nullable SecretKey symmetricSigningKey) {
    this.context = context;
    this.reproducedContext = Map.copyOf(reproducedContext);
    this.encryptedDataKeys = List.copyOf(encryptedDataKeys);
    this.dataKey = dataKey;
    this.symmetricSigningKey = symmetricSigningKey;
  }

  /** For whoever calls a keyring: the library, and tests of keyrings. */
  public static Builder builder(
      AlgorithmSuite algorithmSuite, List<EncryptedDataKey> encryptedDataKeys) {
    return new Builder(algorithmSuite, encryptedDataKeys);
  }

  /** The algorithms of the item. */
  public AlgorithmSuite algorithmSuite() {
    return context.algorithmSuite();
  }

  /** The whole encryption context, stored and reproduced; unmodifiable. */
  public Map<String, String> encryptionContext() {
    return context.encryptionContext();
  }

  /** The part of the encryption context that the reader knows without the item's header. */
  public Map<String, String> reproducedContext() {
    return reproducedContext;
  }

  /** The whole encryption context as bytes: see {@link EncryptionMaterials#canonicalContext}. */
  public byte[] canonicalContext() {
    return context.canonicalContext().clone();
  }

  /** See {@link EncryptionMaterials#contextAttributes}. */
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

  /** The encrypted data keys of the item, in the order it stores them. */
  public List<EncryptedDataKey> encryptedDataKeys() {
    return encryptedDataKeys;
  }

  /** The item's key of 32 bytes, absent until a keyring opened it. */
  public Optional<SecretKey> dataKey() {
    return Optional.ofNullable(dataKey);
  }

  /** The signing key of the encrypted data key that was opened, absent until then. */
  public Optional<SecretKey> symmetricSigningKey() {
    return Optional.ofNullable(symmetricSigningKey);
  }

  /**
   * The intermediate key of an encrypted data key, as it was wrapped: what follows the first 48
   * bytes of the ciphertext.
   *
   * @throws MalformedItemException if nothing follows them
   */
  public byte[] wrappedIntermediateKey(EncryptedDataKey key) {
    byte[] ciphertext = key.ciphertext().asByteArrayUnsafe();
    if (ciphertext.length <= IntermediateKey.WRAPPED_BYTES) {
      throw new MalformedItemException(
          FailureReason.DATA_KEY_MALFORMED,
          subject(),
          "The %s has an encrypted data key that is too short.".formatted(subject().describe()));
    }
    return Arrays.copyOfRange(ciphertext, IntermediateKey.WRAPPED_BYTES, ciphertext.length);
  }

  /**
   * These materials with the data key that the intermediate key opens.
   *
   * @param key one of {@link #encryptedDataKeys()}
   * @param intermediateKey what came out of {@link #wrappedIntermediateKey}
   * @throws ItemAuthenticationException if the data key does not open with it
   * @throws MalformedItemException if the ciphertext is too short to hold one
   * @throws MaterialsUnavailableException if the configured provider fails
   */
  public DecryptionMaterials withIntermediateKey(EncryptedDataKey key, byte[] intermediateKey) {
    wrappedIntermediateKey(key); // long enough
    if (intermediateKey.length != IntermediateKey.LENGTH_BYTES) {
      throw new ItemAuthenticationException(subject());
    }
    try {
      IntermediateKey intermediate = new IntermediateKey(context, intermediateKey);
      byte[] opened = intermediate.unwrap(key.ciphertext().asByteArrayUnsafe());
      return new DecryptionMaterials(
          context,
          reproducedContext,
          encryptedDataKeys,
          new SecretKeySpec(opened, "AES"),
          intermediate.signingKey());
    } catch (CryptoFailure e) {
      throw new ItemAuthenticationException(subject());
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject(), e.role(), e.getCause());
    }
  }

  /** Algorithms and numbers only. */
  @Override
  public String toString() {
    return "DecryptionMaterials[%s, encryptedDataKeys=%s, opened=%s]"
        .formatted(algorithmSuite(), encryptedDataKeys.size(), dataKey != null);
  }

  /** Builds {@link DecryptionMaterials} without keys. Not thread-safe. */
  public static final class Builder {
    private final AlgorithmSuite algorithmSuite;
    private final List<EncryptedDataKey> encryptedDataKeys;
    private Map<String, String> storedContext = Map.of();
    private Map<String, String> reproducedContext = Map.of();
    private Map<String, AttributeValue> contextAttributes = Map.of();
    private FailureSubject subject = FailureSubject.unknown();
    private Jca jca = Jca.INSTALLED;

    private Builder(AlgorithmSuite algorithmSuite, List<EncryptedDataKey> encryptedDataKeys) {
      this.algorithmSuite = Objects.requireNonNull(algorithmSuite, "algorithmSuite");
      this.encryptedDataKeys = List.copyOf(encryptedDataKeys);
    }

    /** The part of the encryption context that the item's header holds. Default empty. */
    public Builder storedContext(Map<String, String> storedContext) {
      this.storedContext = storedContext;
      return this;
    }

    /** The part that the reader knows without it. Default empty. */
    public Builder reproducedContext(Map<String, String> reproducedContext) {
      this.reproducedContext = reproducedContext;
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
     * @throws ItemAuthenticationException if stored and reproduced context disagree
     * @throws MalformedItemException if an entry of the encryption context has more than 65,535
     *     bytes or holds half of a surrogate pair
     */
    public DecryptionMaterials build() {
      Map<String, String> whole = new HashMap<>(reproducedContext);
      storedContext.forEach(
          (key, value) -> {
            String reproduced = whole.put(key, value);
            if (reproduced != null && !reproduced.equals(value)) {
              throw new ItemAuthenticationException(subject);
            }
          });
      return new DecryptionMaterials(
          new KeyringContext(algorithmSuite, whole, contextAttributes, subject, jca),
          reproducedContext,
          encryptedDataKeys,
          null,
          null);
    }
  }
}
