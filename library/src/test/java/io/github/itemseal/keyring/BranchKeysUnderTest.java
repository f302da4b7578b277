package io.github.itemseal.keyring;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A branch key store of either kind, so that one test runs on both. */
interface BranchKeysUnderTest {
  BranchKeyVersion createKey();

  BranchKeyVersion createKey(String id, Map<String, String> context);

  BranchKeyVersion versionKey(String id);

  List<UUID> versions(String id);

  BranchKey activeKey(String id);

  BranchKey keyVersion(String id, UUID version);

  BeaconKey beaconKey(String id);

  /** The result, or the failure itself instead of its wrapping. */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  static BranchKeysUnderTest of(BranchKeyStore store) {
    return new BranchKeysUnderTest() {
      @Override
      public BranchKeyVersion createKey() {
        return store.createKey();
      }

      @Override
      public BranchKeyVersion createKey(String id, Map<String, String> context) {
        return store.createKey(id, context);
      }

      @Override
      public BranchKeyVersion versionKey(String id) {
        return store.versionKey(id);
      }

      @Override
      public List<UUID> versions(String id) {
        return store.versions(id);
      }

      @Override
      public BranchKey activeKey(String id) {
        return store.activeKey(id);
      }

      @Override
      public BranchKey keyVersion(String id, UUID version) {
        return store.keyVersion(id, version);
      }

      @Override
      public BeaconKey beaconKey(String id) {
        return store.beaconKey(id);
      }
    };
  }

  static BranchKeysUnderTest of(BranchKeyStore.Async store) {
    return new BranchKeysUnderTest() {
      @Override
      public BranchKeyVersion createKey() {
        return join(store.createKey());
      }

      @Override
      public BranchKeyVersion createKey(String id, Map<String, String> context) {
        return join(store.createKey(id, context));
      }

      @Override
      public BranchKeyVersion versionKey(String id) {
        return join(store.versionKey(id));
      }

      @Override
      public List<UUID> versions(String id) {
        return join(store.versions(id));
      }

      @Override
      public BranchKey activeKey(String id) {
        return join(store.activeKeyAsync(id));
      }

      @Override
      public BranchKey keyVersion(String id, UUID version) {
        return join(store.keyVersionAsync(id, version));
      }

      @Override
      public BeaconKey beaconKey(String id) {
        return join(store.beaconKeyAsync(id));
      }
    };
  }
}
