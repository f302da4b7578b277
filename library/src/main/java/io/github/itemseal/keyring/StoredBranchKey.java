package io.github.itemseal.keyring;

import software.amazon.awssdk.core.SdkBytes;

/** A row of a branch key store, and the key that KMS encrypted for it. */
record StoredBranchKey(BranchKeyRow row, SdkBytes encrypted) {
  @Override
  public String toString() {
    return "StoredBranchKey";
  }
}
