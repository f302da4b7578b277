package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which key of AWS KMS a keyring writes with, which it reads with, and what it sends along. The
 * same settings serve both kinds of {@link KmsKeyring}. Source: docs/formats/dbe.md, "AWS KMS".
 * Immutable and thread-safe.
 */
public final class KmsKeyringSettings {
  private final KmsKeyChoice key;
  private final KmsRequests requests;

  private KmsKeyringSettings(KmsKeyChoice key, KmsRequests requests) {
    this.key = key;
    this.requests = requests;
  }

  /**
   * One symmetric key, which writes and reads. Best its key ARN: then items of other keys cost no
   * request, and stay readable whatever happens to names.
   *
   * <p>A key id or an alias writes and reads too, other than in the Database Encryption SDK, where
   * it only writes. KMS is asked for every encrypted data key that could be meant, and refuses what
   * another key wrapped. After an alias was pointed to another key, what the former wrote needs a
   * second keyring with that key's ARN, in a {@link MultiKeyring}.
   *
   * @param keyId a key ARN, key id, alias name or alias ARN
   * @throws IllegalArgumentException if it is none of these
   */
  public static Builder forKey(String keyId) {
    return new Builder(KmsKeyChoice.of(keyId));
  }

  /**
   * One multi-Region key, named by the ARN of the primary or replica in the Region to use. It
   * writes, and reads what any of the related keys wrote. Another key than a multi-Region one works
   * as in {@link #forKey}.
   *
   * @throws IllegalArgumentException if it is not a key ARN
   */
  public static Builder forMultiRegionKey(String keyArn) {
    return new Builder(new KmsKeyChoice.MultiRegion(requireArn(keyArn)));
  }

  /**
   * Any key that the caller may use, as the item names it; only reads. Whoever can write to the
   * table and has such a key can write items that this reader believes: name the accounts with
   * {@link Builder#accounts}.
   */
  public static Builder discovery() {
    return new Builder(new KmsKeyChoice.Discovery(null, null, Set.of()));
  }

  /**
   * As {@link #discovery}, with keys of one Region, where a multi-Region key is asked for by its
   * replica there. For several Regions, one keyring each in a {@link MultiKeyring}.
   *
   * @throws IllegalArgumentException if the Region is empty
   */
  public static Builder multiRegionDiscovery(String region) {
    if (region.isBlank()) {
      throw new IllegalArgumentException("The Region is empty.");
    }
    return new Builder(new KmsKeyChoice.Discovery(region, null, Set.of()));
  }

  KmsKeyChoice key() {
    return key;
  }

  KmsRequests requests() {
    return requests;
  }

  private static KmsKeyArn requireArn(String keyArn) {
    return KmsKeyArn.parse(keyArn)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not the ARN of a KMS key, which a multi-Region key needs."
                        .formatted(keyArn)));
  }

  /** Builds {@link KmsKeyringSettings}. Not thread-safe. */
  public static final class Builder {
    private KmsKeyChoice key;
    private List<String> grantTokens = List.of();
    private @Nullable String userAgentSuffix;
    private @Nullable ItemsealListener listener;

    private Builder(KmsKeyChoice key) {
      this.key = key;
    }

    /**
     * Reads with keys of these accounts only.
     *
     * @param partition such as {@code aws} or {@code aws-cn}
     * @param accountIds of 12 digits, at least one
     * @throws IllegalArgumentException if the settings are not of a discovery, or an account is
     *     none
     */
    public Builder accounts(String partition, Set<String> accountIds) {
      if (!(key instanceof KmsKeyChoice.Discovery discovery)) {
        throw new IllegalArgumentException("Only a discovery keyring is filtered by accounts.");
      }
      Objects.requireNonNull(partition, "partition");
      if (accountIds.isEmpty() || !accountIds.stream().allMatch(id -> id.matches("[0-9]{12}"))) {
        throw new IllegalArgumentException("Name at least one account, by its 12 digits.");
      }
      this.key = new KmsKeyChoice.Discovery(discovery.region(), partition, Set.copyOf(accountIds));
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
    public KmsKeyringSettings build() {
      return new KmsKeyringSettings(key, new KmsRequests(grantTokens, userAgentSuffix, listener));
    }
  }
}
