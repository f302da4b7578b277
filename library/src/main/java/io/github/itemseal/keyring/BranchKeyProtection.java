package io.github.itemseal.keyring;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which AWS KMS key protects the rows of a branch key store. Immutable and thread-safe; the same
 * settings serve both kinds of {@link BranchKeyStore}.
 *
 * <p>Every row names the ARN of its key. With one key configured, rows of other keys are refused.
 * In the discovery modes the row is believed: whoever can write to the table can then have branch
 * keys read that are of any key that the reader may use; and nothing can be created or rotated.
 */
public final class BranchKeyProtection {
  private final @Nullable KmsKeyArn key;
  private final boolean anyRegion;
  private final @Nullable String region;
  private final List<String> grantTokens;

  private BranchKeyProtection(
      @Nullable KmsKeyArn key,
      boolean anyRegion,
      @Nullable String region,
      List<String> grantTokens) {
    this.key = key;
    this.anyRegion = anyRegion;
    this.region = region;
    this.grantTokens = grantTokens;
  }

  /**
   * One key, by its full ARN.
   *
   * @throws IllegalArgumentException if it is no key ARN; aliases are not, since rows are bound to
   *     the ARN of their key
   */
  public static BranchKeyProtection kmsKey(String keyArn) {
    return new BranchKeyProtection(requireArn(keyArn), false, null, List.of());
  }

  /**
   * One multi-Region key: rows of its replicas in other Regions are read and rotated with the
   * replica that is named here.
   *
   * @param keyArn the replica in the KMS client's Region; the ARN of another key is taken exactly
   * @throws IllegalArgumentException if it is no key ARN
   */
  public static BranchKeyProtection kmsMultiRegionKey(String keyArn) {
    return new BranchKeyProtection(requireArn(keyArn), true, null, List.of());
  }

  /** Whatever key a row names. Reads only. */
  public static BranchKeyProtection discovery() {
    return new BranchKeyProtection(null, false, null, List.of());
  }

  /**
   * Whatever key a row names, and of multi-Region keys the replica in this Region. Reads only.
   *
   * @param region that of the KMS client
   * @throws IllegalArgumentException if it is empty
   */
  public static BranchKeyProtection multiRegionDiscovery(String region) {
    if (region.isEmpty()) {
      throw new IllegalArgumentException("The Region is empty.");
    }
    return new BranchKeyProtection(null, true, region, List.of());
  }

  /** The same with grant tokens, to send with every request to KMS. */
  public BranchKeyProtection grantTokens(String... grantTokens) {
    return new BranchKeyProtection(key, anyRegion, region, List.of(grantTokens));
  }

  private static KmsKeyArn requireArn(String keyArn) {
    return KmsKeyArn.parse(Objects.requireNonNull(keyArn, "keyArn"))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    ("'%s' is not the ARN of a KMS key. Ids and aliases will not do: rows are bound"
                            + " to the ARN of their key.")
                        .formatted(keyArn)));
  }

  List<String> grantTokens() {
    return grantTokens;
  }

  /** The key for new rows; empty in the discovery modes. */
  Optional<String> writingKey() {
    return Optional.ofNullable(key).map(KmsKeyArn::toString);
  }

  /** What to call the key of a row in a request to KMS; empty if that key is not to be used. */
  Optional<String> keyFor(String storedArn) {
    return KmsKeyArn.parse(storedArn).filter(this::mayUse).map(this::called);
  }

  private boolean mayUse(KmsKeyArn stored) {
    return key == null || stored.equals(key) || (anyRegion && stored.isRelatedTo(key));
  }

  private String called(KmsKeyArn stored) {
    if (key != null) {
      return key.toString();
    }
    return region != null && stored.isMultiRegion()
        ? stored.inRegion(region).toString()
        : stored.toString();
  }
}
