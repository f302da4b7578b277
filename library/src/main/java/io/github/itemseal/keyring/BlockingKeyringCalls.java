package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.util.Objects;

/** A keyring, anybody's, as a part of the logic of another one: both its methods are calls. */
record BlockingKeyringCalls(Keyring keyring) implements SteppedKeyring {
  BlockingKeyringCalls {
    Objects.requireNonNull(keyring, "keyring");
  }

  @Override
  public Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials) {
    return Step.ask(Call.blocking(() -> keyring.onEncrypt(materials)));
  }

  @Override
  public Step<DecryptionMaterials> onDecrypt(DecryptionMaterials materials) {
    return Step.ask(Call.blocking(() -> keyring.onDecrypt(materials)));
  }

  @Override
  public boolean supports(AlgorithmSuite suite) {
    return keyring.supports(suite);
  }

  @Override
  public String toString() {
    return keyring.toString();
  }
}
