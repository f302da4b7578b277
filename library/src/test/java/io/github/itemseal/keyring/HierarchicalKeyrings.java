package io.github.itemseal.keyring;

import io.github.itemseal.ItemsealListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The two hierarchical keyrings, which are to do the same. */
enum HierarchicalKeyrings {
  BLOCKING {
    @Override
    Setup setup(Executor threads) {
      return new BlockingSetup(HierarchicalKeyring.builder(), threads);
    }
  },

  ASYNCHRONOUS {
    @Override
    Setup setup(Executor threads) {
      return new AsyncSetup(AsyncHierarchicalKeyring.builder());
    }
  };

  static final Map<String, String> CONTEXT =
      Map.of("aws-crypto-table-name", "T", "aws-crypto-attr.pk", "1");

  /**
   * A builder without settings.
   *
   * @param threads for blocking calls, so that the test goes on
   */
  abstract Setup setup(Executor threads);

  static EncryptionMaterials writing(Map<String, String> context) {
    return EncryptionMaterials.builder(
            AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384)
        .encryptionContext(context)
        .build();
  }

  static DecryptionMaterials reading(Map<String, String> context, List<EncryptedDataKey> keys) {
    return DecryptionMaterials.builder(
            AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384, keys)
        .reproducedContext(context)
        .build();
  }

  /** A keyring. Each call runs on a thread of its own, unless it is joined. */
  interface Subject {
    CompletableFuture<EncryptionMaterials> encrypting(EncryptionMaterials materials);

    CompletableFuture<DecryptionMaterials> decrypting(DecryptionMaterials materials);

    void refresh();

    default EncryptionMaterials encrypt() {
      return BranchKeysUnderTest.join(encrypting(writing(CONTEXT)));
    }

    default DecryptionMaterials decrypt(EncryptionMaterials written) {
      return decrypt(written.encryptedDataKeys());
    }

    default DecryptionMaterials decrypt(List<EncryptedDataKey> keys) {
      return BranchKeysUnderTest.join(decrypting(reading(CONTEXT, keys)));
    }
  }

  /** A builder of one. */
  interface Setup {
    Setup keyStore(BranchKeysForTest keyStore);

    Setup branchKeyId(String id);

    Setup branchKeyIdSupplier(BranchKeyIdSupplier supplier);

    Setup ttl(Duration ttl);

    Setup cache(BranchKeyCache cache);

    Setup listener(ItemsealListener listener);

    Setup partitionId(String partitionId);

    Subject build();
  }

  private record BlockingSetup(HierarchicalKeyring.Builder builder, Executor threads)
      implements Setup {
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

    @Override
    public Subject build() {
      HierarchicalKeyring keyring = builder.build();
      return new Subject() {
        @Override
        public CompletableFuture<EncryptionMaterials> encrypting(EncryptionMaterials materials) {
          return CompletableFuture.supplyAsync(() -> keyring.onEncrypt(materials), threads);
        }

        @Override
        public CompletableFuture<DecryptionMaterials> decrypting(DecryptionMaterials materials) {
          return CompletableFuture.supplyAsync(() -> keyring.onDecrypt(materials), threads);
        }

        @Override
        public void refresh() {
          keyring.refresh();
        }
      };
    }
  }

  private record AsyncSetup(AsyncHierarchicalKeyring.Builder builder) implements Setup {
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

    @Override
    public Subject build() {
      AsyncHierarchicalKeyring keyring = builder.build();
      return new Subject() {
        @Override
        public CompletableFuture<EncryptionMaterials> encrypting(EncryptionMaterials materials) {
          return keyring.onEncryptAsync(materials);
        }

        @Override
        public CompletableFuture<DecryptionMaterials> decrypting(DecryptionMaterials materials) {
          return keyring.onDecryptAsync(materials);
        }

        @Override
        public void refresh() {
          keyring.refresh();
        }
      };
    }
  }
}
