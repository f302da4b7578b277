package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.AsyncFlow;
import io.github.itemseal.internal.flow.BlockingFlow;
import io.github.itemseal.internal.flow.Step;
import java.util.concurrent.CompletableFuture;

/** The keyrings that callers use, each a {@link SteppedKeyring} and a driver of its steps. */
final class KeyringForms {
  private KeyringForms() {}

  /** Of logic whose calls block. */
  static Keyring blocking(SteppedKeyring logic) {
    return new Blocking(logic);
  }

  /**
   * Of logic whose calls are asynchronous. Cancelling a future cancels the call it waits for, and
   * nothing follows. Functions of the steps run on the caller's thread, and then on those that
   * complete the calls: they are arithmetic, and short.
   */
  static AsyncKeyring async(SteppedKeyring logic) {
    return new Async(logic);
  }

  /** Of logic whose calls block, but do no I/O. */
  static LocalKeyring local(SteppedKeyring logic) {
    return new Local(logic);
  }

  private static class Blocking implements Keyring {
    private final SteppedKeyring logic;

    Blocking(SteppedKeyring logic) {
      this.logic = logic;
    }

    @Override
    public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
      return BlockingFlow.run(logic.onEncrypt(materials));
    }

    @Override
    public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
      return BlockingFlow.run(logic.onDecrypt(materials));
    }

    @Override
    public boolean supports(AlgorithmSuite suite) {
      return logic.supports(suite);
    }

    @Override
    public String toString() {
      return logic.toString();
    }
  }

  private static final class Local extends Blocking implements LocalKeyring {
    Local(SteppedKeyring logic) {
      super(logic);
    }

    @Override
    public boolean supports(AlgorithmSuite suite) {
      return super.supports(suite);
    }
  }

  private record Async(SteppedKeyring logic) implements AsyncKeyring {
    @Override
    public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
      return AsyncFlow.start(Step.lazily(() -> logic.onEncrypt(materials)), Runnable::run);
    }

    @Override
    public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
      return AsyncFlow.start(Step.lazily(() -> logic.onDecrypt(materials)), Runnable::run);
    }

    @Override
    public boolean supports(AlgorithmSuite suite) {
      return logic.supports(suite);
    }

    @Override
    public String toString() {
      return logic.toString();
    }
  }
}
