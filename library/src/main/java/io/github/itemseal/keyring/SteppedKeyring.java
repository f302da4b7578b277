package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Step;

/**
 * The logic of a keyring, written once: {@link KeyringForms} makes of it what blocking and
 * asynchronous callers use. Implementations are thread-safe. What they throw is as good as a step
 * that fails with it.
 */
interface SteppedKeyring {
  /** See {@link Keyring#onEncrypt}. */
  Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials);

  /** See {@link Keyring#onDecrypt}. */
  Step<DecryptionMaterials> onDecrypt(DecryptionMaterials materials);

  /** See {@link Keyring#supports}. */
  default boolean supports(AlgorithmSuite suite) {
    return true;
  }
}
