package io.github.itemseal.testkit;

import software.amazon.awssdk.services.kms.model.DisabledException;

/** One key of one Region: its material, and whether it may be used there. Thread-safe. */
final class InMemoryKey {
  private final String id;
  private final String arn;
  private final KeyMaterial material;
  private volatile boolean enabled = true;

  InMemoryKey(String id, String arn, KeyMaterial material) {
    this.id = id;
    this.arn = arn;
    this.material = material;
  }

  /** The last part of the ARN, the same in every Region. */
  String id() {
    return id;
  }

  String arn() {
    return arn;
  }

  KeyMaterial material() {
    return material;
  }

  /** The material for an operation that needs a symmetric key. */
  SymmetricMaterial symmetric(String operation) {
    if (material instanceof SymmetricMaterial symmetric) {
      return symmetric;
    }
    throw KeyMaterial.wrongUsage(operation, material);
  }

  void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  void requireEnabled() {
    if (!enabled) {
      throw DisabledException.builder().message(arn + " is disabled.").build();
    }
  }
}
