package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import java.util.Objects;

/** An asynchronous keyring, anybody's, as a part of the logic of another one. */
record AsyncKeyringCalls(AsyncKeyring keyring) implements SteppedKeyring {
  AsyncKeyringCalls {
    Objects.requireNonNull(keyring, "keyring");
  }

  @Override
  public Step<EncryptionMaterials> onEncrypt(EncryptionMaterials materials) {
    return Step.ask(Call.async(() -> keyring.onEncryptAsync(materials)));
  }

  @Override
  public Step<DecryptionMaterials> onDecrypt(DecryptionMaterials materials) {
    return Step.ask(Call.async(() -> keyring.onDecryptAsync(materials)));
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
