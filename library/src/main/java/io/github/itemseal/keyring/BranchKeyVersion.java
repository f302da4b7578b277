package io.github.itemseal.keyring;

import java.util.Objects;
import java.util.UUID;

/**
 * A version of a branch key that was made, by its names.
 *
 * @param branchKeyId the name that all versions share
 * @param version which of them it is
 */
public record BranchKeyVersion(String branchKeyId, UUID version) {
  public BranchKeyVersion {
    BranchKey.requireId(branchKeyId);
    Objects.requireNonNull(version, "version");
  }
}
