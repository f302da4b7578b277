package io.github.itemseal.keyring;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/** The kinds of hierarchical keyrings, which are to do the same. */
enum HierarchicalKeyrings {
  BLOCKING {
    @Override
    Subject build(
        BranchKeysForTest keyStore,
        Consumer<HierarchicalKeyring.Builder<?>> settings,
        Executor threads) {
      HierarchicalKeyring.Builder<Keyring> builder =
          HierarchicalKeyring.builder((BranchKeySource) keyStore);
      settings.accept(builder);
      Keyring keyring = builder.build();
      return new Subject(
          materials -> CompletableFuture.supplyAsync(() -> keyring.onEncrypt(materials), threads),
          materials -> CompletableFuture.supplyAsync(() -> keyring.onDecrypt(materials), threads));
    }
  },

  ASYNCHRONOUS {
    @Override
    Subject build(
        BranchKeysForTest keyStore,
        Consumer<HierarchicalKeyring.Builder<?>> settings,
        Executor threads) {
      HierarchicalKeyring.Builder<AsyncKeyring> builder =
          HierarchicalKeyring.builder((AsyncBranchKeySource) keyStore);
      settings.accept(builder);
      AsyncKeyring keyring = builder.build();
      return new Subject(keyring::onEncryptAsync, keyring::onDecryptAsync);
    }
  };

  static final Map<String, String> CONTEXT =
      Map.of("aws-crypto-table-name", "T", "aws-crypto-attr.pk", "1");

  /**
   * A keyring of this kind.
   *
   * @param threads for blocking calls, so that the test goes on
   */
  abstract Subject build(
      BranchKeysForTest keyStore,
      Consumer<HierarchicalKeyring.Builder<?>> settings,
      Executor threads);

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
  record Subject(
      Function<EncryptionMaterials, CompletableFuture<EncryptionMaterials>> writer,
      Function<DecryptionMaterials, CompletableFuture<DecryptionMaterials>> reader) {
    CompletableFuture<EncryptionMaterials> encrypting(EncryptionMaterials materials) {
      return writer.apply(materials);
    }

    CompletableFuture<DecryptionMaterials> decrypting(DecryptionMaterials materials) {
      return reader.apply(materials);
    }

    EncryptionMaterials encrypt() {
      return BranchKeysUnderTest.join(encrypting(writing(CONTEXT)));
    }

    DecryptionMaterials decrypt(EncryptionMaterials written) {
      return decrypt(written.encryptedDataKeys());
    }

    DecryptionMaterials decrypt(List<EncryptedDataKey> keys) {
      return BranchKeysUnderTest.join(decrypting(reading(CONTEXT, keys)));
    }
  }
}
