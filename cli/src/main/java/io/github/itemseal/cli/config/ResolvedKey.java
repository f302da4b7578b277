package io.github.itemseal.cli.config;

import io.github.itemseal.materials.SigningAlgorithm;
import java.security.Key;
import java.util.Optional;

/**
 * A key ready for use.
 *
 * @param signature the algorithm that it is meant to sign with, if its configuration names one
 */
record ResolvedKey(Key key, Optional<SigningAlgorithm> signature) {
  /** The algorithm only. */
  @Override
  public String toString() {
    return "ResolvedKey[" + key.getAlgorithm() + "]";
  }
}
