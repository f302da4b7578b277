package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Stands for AWS KMS in front of a MetaStore: counts its calls, and fails or waits on command. */
final class CountingProvider
    implements CryptographicMaterialsProvider, AsyncCryptographicMaterialsProvider {
  private final LocalMaterialsProvider keys;
  private final AtomicInteger encryptions = new AtomicInteger();
  private final AtomicInteger decryptions = new AtomicInteger();
  private volatile @Nullable RuntimeException failure;
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  CountingProvider(LocalMaterialsProvider keys) {
    this.keys = keys;
  }

  /** From now on every call fails; null ends that. */
  void fail(@Nullable RuntimeException failure) {
    this.failure = failure;
  }

  /** From now on calls wait for this. */
  void waitFor(CompletableFuture<Void> gate) {
    this.gate = gate;
  }

  int encryptions() {
    return encryptions.get();
  }

  int decryptions() {
    return decryptions.get();
  }

  void reset() {
    encryptions.set(0);
    decryptions.set(0);
  }

  @Override
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    encryptions.incrementAndGet();
    gate.join();
    failIfTold();
    return keys.encryptionMaterials(context);
  }

  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    decryptions.incrementAndGet();
    gate.join();
    failIfTold();
    return keys.decryptionMaterials(context);
  }

  @Override
  public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
      EncryptionContext context) {
    encryptions.incrementAndGet();
    return gate.thenApply(
        open -> {
          failIfTold();
          return keys.encryptionMaterials(context);
        });
  }

  @Override
  public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
      EncryptionContext context) {
    decryptions.incrementAndGet();
    return gate.thenApply(
        open -> {
          failIfTold();
          return keys.decryptionMaterials(context);
        });
  }

  private void failIfTold() {
    RuntimeException told = failure;
    if (told != null) {
      throw told;
    }
  }
}
