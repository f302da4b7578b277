package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Between which key pairs an ECDH keyring of AWS KMS agrees on secrets, and what it sends along.
 * The same settings serve both kinds of {@link KmsEcdhKeyring}. Source: docs/formats/dbe.md,
 * "ECDH". Immutable and thread-safe.
 *
 * <p>The keyring's own private key stays in KMS, a key for key agreement on P-256, P-384 or P-521;
 * its public half is what KMS answers to GetPublicKey, in Java a {@code KeyFactory} for {@code EC}
 * with an {@code X509EncodedKeySpec}. It is asked for here, so that no keyring calls KMS to be
 * made.
 */
public final class KmsEcdhSettings {
  private final KmsKeyChoice key;
  private final EcdhParties parties;
  private final KmsRequests requests;

  private KmsEcdhSettings(Builder builder) {
    this.key = builder.key;
    this.parties = builder.parties;
    this.requests = new KmsRequests(builder.grantTokens, builder.userAgentSuffix, builder.listener);
  }

  /**
   * Writes as the sender for the recipient, and reads whatever these two wrote for each other.
   *
   * @param senderKeyId a key ARN, key id, alias name or alias ARN
   * @param sender the public half of that key
   * @param recipient the public key of the other side, on the same curve
   * @throws IllegalArgumentException if the key id is none, or a public key is not a point on one
   *     of the three curves, or the two are on different ones
   */
  public static Builder staticKeys(String senderKeyId, PublicKey sender, PublicKey recipient) {
    return new Builder(KmsKeyChoice.of(senderKeyId), EcdhParties.of(sender, recipient));
  }

  /**
   * Reads what anybody wrote for the recipient. Writes nothing.
   *
   * @param recipientKeyId a key ARN, key id, alias name or alias ARN
   * @param recipient the public half of that key
   * @throws IllegalArgumentException if the key id is none, or the public key is not a point on one
   *     of the three curves
   */
  public static Builder discovery(String recipientKeyId, PublicKey recipient) {
    return new Builder(KmsKeyChoice.of(recipientKeyId), EcdhParties.discovery(recipient));
  }

  KmsKeyChoice key() {
    return key;
  }

  EcdhParties parties() {
    return parties;
  }

  KmsRequests requests() {
    return requests;
  }

  /** Builds {@link KmsEcdhSettings}. Not thread-safe. */
  public static final class Builder {
    private final KmsKeyChoice key;
    private final EcdhParties parties;
    private List<String> grantTokens = List.of();
    private @Nullable String userAgentSuffix;
    private @Nullable ItemsealListener listener;

    private Builder(KmsKeyChoice key, EcdhParties parties) {
      this.key = key;
      this.parties = parties;
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
    public KmsEcdhSettings build() {
      return new KmsEcdhSettings(this);
    }
  }
}
