package io.github.itemseal.materials;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.AesKeyWrap;
import io.github.itemseal.internal.crypto.CryptoFailure;
import io.github.itemseal.internal.crypto.KeyCalls;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.crypto.KeyWrapping;
import io.github.itemseal.internal.crypto.RsaPadding;
import java.security.Key;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * How the content keys of stored items are unwrapped, all of whose descriptions are claims.
 * Thread-safe.
 */
final class ContentKeyUnwrapping {
  private final Key key;
  private final @Nullable AesKeyWrap aes;
  private final boolean readsPkcs1V15;

  /**
   * @param key an AES key, an RSA private key or a {@link DelegatedKey}
   * @param readsPkcs1V15 see {@link WrappedMaterialsProvider.Builder#readsPkcs1V15}
   */
  ContentKeyUnwrapping(Key key, boolean readsPkcs1V15) {
    this.key = key;
    this.aes = ContentKeyWrapping.aesOrNull(key);
    this.readsPkcs1V15 = readsPkcs1V15;
  }

  /**
   * The content key of an item.
   *
   * @throws MalformedItemException if the description is incomplete, or names what is not allowed
   * @throws ItemAuthenticationException if the wrapped key does not open
   * @throws MaterialsUnavailableException if the unwrapping key cannot be used
   */
  SecretKey unwrap(MaterialDescription description, FailureSubject subject) {
    String wrapped =
        DescriptionEntries.require(description, DescriptionEntries.WRAPPED_KEY, subject);
    int expectedBits =
        contentKeyBits(
            subject,
            DescriptionEntries.require(
                description, DescriptionEntries.CONTENT_KEY_ALGORITHM, subject));
    WrapAlgorithm algorithm = allowed(subject, description.get(DescriptionEntries.WRAP_ALGORITHM));
    SecretKey contentKey;
    try {
      contentKey = unwrap(algorithm, Base64.getMimeDecoder().decode(wrapped), expectedBits);
    } catch (CryptoFailure | IllegalArgumentException e) {
      // Why it does not open is told to nobody: RSA padding errors are an oracle.
      throw new ItemAuthenticationException(subject);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(subject, e.role(), e.getCause());
    }
    if (!KeyWrapping.hasLength(contentKey, expectedBits)) {
      throw new ItemAuthenticationException(subject);
    }
    return contentKey;
  }

  private SecretKey unwrap(WrapAlgorithm algorithm, byte[] wrapped, int expectedBits) {
    RsaPadding padding = algorithm.rsaPadding();
    if (key instanceof DelegatedKey delegated) {
      return unwrapDelegated(delegated, algorithm, wrapped, expectedBits);
    }
    return padding == null
        ? Objects.requireNonNull(aes).unwrap(wrapped) // the algorithm is of the key's kind
        : KeyWrapping.unwrapRsa((PrivateKey) key, padding, wrapped, expectedBits);
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

  private WrapAlgorithm allowed(FailureSubject subject, Optional<String> name) {
    WrapAlgorithm algorithm =
        WrapAlgorithm.named(name, key)
            .orElseThrow(
                () ->
                    new MalformedItemException(
                        FailureReason.ALGORITHM_NOT_ALLOWED,
                        subject,
                        ("The data key of the %s is wrapped with an algorithm that does not belong"
                                + " to the configured %s unwrapping key.")
                            .formatted(subject.describe(), key.getAlgorithm())));
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
}
