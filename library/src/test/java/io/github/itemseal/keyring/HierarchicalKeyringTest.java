package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

class HierarchicalKeyringTest extends HierarchicalKeyringContract {
  @Override
  HierarchicalKeyring build(Consumer<Setup> settings) {
    HierarchicalKeyring.Builder builder = HierarchicalKeyring.builder();
    settings.accept(new BlockingSetup(builder));
    return builder.build();
  }

  @Override
  Subject subject(Consumer<Setup> settings) {
    Consumer<Setup> withSource = setup -> setup.keyStore(source);
    HierarchicalKeyring keyring = build(withSource.andThen(settings));
    return new Subject() {
      @Override
      public CompletableFuture<EncryptionMaterials> encrypting(EncryptionMaterials materials) {
        return onThread(() -> keyring.onEncrypt(materials));
      }

      @Override
      public CompletableFuture<DecryptionMaterials> decrypting(DecryptionMaterials materials) {
        return onThread(() -> keyring.onDecrypt(materials));
      }

      @Override
      public void refresh() {
        keyring.refresh();
      }
    };
  }

  private record BlockingSetup(HierarchicalKeyring.Builder builder) implements Setup {
    @Override
    public Setup keyStore(BranchKeysForTest keyStore) {
      builder.keyStore(keyStore);
      return this;
    }

    @Override
    public Setup branchKeyId(String id) {
      builder.branchKeyId(id);
      return this;
    }

    @Override
    public Setup branchKeyIdSupplier(BranchKeyIdSupplier supplier) {
      builder.branchKeyIdSupplier(supplier);
      return this;
    }

    @Override
    public Setup ttl(Duration ttl) {
      builder.ttl(ttl);
      return this;
    }

    @Override
    public Setup cache(BranchKeyCache cache) {
      builder.cache(cache);
      return this;
    }

    @Override
    public Setup listener(ItemsealListener listener) {
      builder.listener(listener);
      return this;
    }

    @Override
    public Setup partitionId(String partitionId) {
      builder.partitionId(partitionId);
      return this;
    }
  }
}
