package io.github.itemseal.keyring;

import java.util.List;

/**
 * Several keyrings as one: each wraps the same data key, and any can open it. Thread-safe as they
 * are; the asynchronous twin is {@link AsyncMultiKeyring}.
 */
public final class MultiKeyring implements Keyring {
  private final List<Keyring> keyrings;

  private MultiKeyring(List<Keyring> keyrings) {
    this.keyrings = List.copyOf(keyrings);
    if (keyrings.isEmpty()) {
      throw new IllegalArgumentException("A multi-keyring needs a keyring.");
    }
  }

  /**
   * These keyrings, in the order in which they wrap and try to open. (In the AWS Database
   * Encryption SDK the first is the generator, the others are its children.)
   *
   * @throws IllegalArgumentException if there are none
   */
  public static MultiKeyring of(Keyring... keyrings) {
    return new MultiKeyring(List.of(keyrings));
  }

  /** Every keyring must succeed. */
  @Override
  public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
    EncryptionMaterials wrapped = materials;
    for (Keyring keyring : keyrings) {
      wrapped = keyring.onEncrypt(wrapped);
    }
    return wrapped;
  }

  /** The first success counts; where there is none, every failure is kept. */
  @Override
  public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
    FailedAttempts failures = new FailedAttempts();
    for (Keyring keyring : keyrings) {
      try {
        return keyring.onDecrypt(materials);
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    throw failures.toException(materials);
  }

  @Override
  public boolean supports(AlgorithmSuite suite) {
    return keyrings.stream().allMatch(keyring -> keyring.supports(suite));
  }

  @Override
  public String toString() {
    return "MultiKeyring%s".formatted(keyrings);
  }
}
