package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import io.github.itemseal.internal.crypto.KeyStrength;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;

/**
 * Which RSA key of AWS KMS a keyring uses, and what it sends along. The same settings serve both
 * kinds of {@link KmsRsaKeyring}. Source: docs/formats/dbe.md, "AWS KMS RSA". Immutable and
 * thread-safe.
 */
public final class KmsRsaSettings {
  private final KmsKeyArn key;
  private final @Nullable PublicKey publicKey;
  private final EncryptionAlgorithmSpec algorithm;
  private final KmsRequests requests;

  private KmsRsaSettings(Builder builder) {
    this.key = builder.key;
    this.publicKey = builder.publicKey;
    this.algorithm = builder.algorithm;
    this.requests = new KmsRequests(builder.grantTokens, builder.userAgentSuffix, builder.listener);
  }

  /**
   * Settings for one key of the usage {@code ENCRYPT_DECRYPT}.
   *
   * @param keyArn its ARN: items name it so, for every reader
   * @throws IllegalArgumentException if it is not the ARN of a key; ids and aliases are not
   */
  public static Builder forKey(String keyArn) {
    KmsKeyArn key =
        KmsKeyArn.parse(keyArn)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s' is not the ARN of a KMS key, by which items name an RSA key."
                            .formatted(keyArn)));
    return new Builder(key);
  }

  KmsKeyArn key() {
    return key;
  }

  /** For writing. */
  Optional<PublicKey> publicKey() {
    return Optional.ofNullable(publicKey);
  }

  EncryptionAlgorithmSpec algorithm() {
    return algorithm;
  }

  RsaKeyPadding padding() {
    return algorithm == EncryptionAlgorithmSpec.RSAES_OAEP_SHA_1
        ? RsaKeyPadding.OAEP_SHA1
        : RsaKeyPadding.OAEP_SHA256;
  }

  KmsRequests requests() {
    return requests;
  }

  /** Builds {@link KmsRsaSettings}. Not thread-safe. */
  public static final class Builder {
    private final KmsKeyArn key;
    private @Nullable PublicKey publicKey;
    private EncryptionAlgorithmSpec algorithm = EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256;
    private List<String> grantTokens = List.of();
    private @Nullable String userAgentSuffix;
    private @Nullable ItemsealListener listener;

    private Builder(KmsKeyArn key) {
      this.key = key;
    }

    /**
     * The public half of the key, with which items are written without asking KMS. Default none:
     * then the keyring only reads.
     *
     * @throws IllegalArgumentException if it is no RSA key, has fewer than 2048 bits, or a public
     *     exponent below 65537
     */
    public Builder publicKey(PublicKey publicKey) {
      if (!(publicKey instanceof RSAKey)) {
        throw new IllegalArgumentException(
            "Expected an RSA key, got '%s'.".formatted(publicKey.getAlgorithm()));
      }
      this.publicKey = KeyStrength.require(publicKey, KeyStrength.Use.WRITING);
      return this;
    }

    /**
     * {@code RSAES_OAEP_SHA_256}, the default, or {@code RSAES_OAEP_SHA_1}. Items do not say which,
     * so writers and readers agree on it.
     *
     * @throws IllegalArgumentException if it is another
     */
    public Builder algorithm(EncryptionAlgorithmSpec algorithm) {
      if (algorithm != EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256
          && algorithm != EncryptionAlgorithmSpec.RSAES_OAEP_SHA_1) {
        throw new IllegalArgumentException(
            "RSA keys encrypt with RSAES_OAEP_SHA_256 or RSAES_OAEP_SHA_1, not " + algorithm + ".");
      }
      this.algorithm = algorithm;
      return this;
    }

    /** Grant tokens to send with every request. Default none. */
    public Builder grantTokens(String... grantTokens) {
      this.grantTokens = List.of(grantTokens);
      return this;
    }

    /** A name to add to the user agent of every request, beside Itemseal's own. Default none. */
    public Builder userAgentSuffix(String suffix) {
      this.userAgentSuffix = suffix;
      return this;
    }

    /** Is told of every request to KMS for keys. Default nobody. */
    public Builder listener(ItemsealListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** Builds them. */
    public KmsRsaSettings build() {
      return new KmsRsaSettings(this);
    }
  }
}
