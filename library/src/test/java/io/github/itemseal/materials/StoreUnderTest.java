package io.github.itemseal.materials;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A MetaStore of either kind, so that one test runs on both. */
interface StoreUnderTest {
  MetaStoreMaterialsProvider provider(String name, long version);

  MetaStoreMaterialsProvider getOrCreate(String name, long version);

  MetaStoreMaterialsProvider newProvider(String name);

  MetaStoreMaterialsProvider currentProvider(String name);

  OptionalLong maxVersion(String name);

  List<Long> versions(String name);

  MetaStoreMaterialsProvider replicate(String name, long version, StoreUnderTest target);

  /** The store itself. */
  Object store();

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

  static StoreUnderTest of(MetaStore store) {
    return new StoreUnderTest() {
      @Override
      public MetaStoreMaterialsProvider provider(String name, long version) {
        return store.provider(name, version);
      }

      @Override
      public MetaStoreMaterialsProvider getOrCreate(String name, long version) {
        return store.getOrCreate(name, version);
      }

      @Override
      public MetaStoreMaterialsProvider newProvider(String name) {
        return store.newProvider(name);
      }

      @Override
      public MetaStoreMaterialsProvider currentProvider(String name) {
        return store.currentProvider(name);
      }

      @Override
      public OptionalLong maxVersion(String name) {
        return store.maxVersion(name);
      }

      @Override
      public List<Long> versions(String name) {
        return store.versions(name);
      }

      @Override
      public MetaStoreMaterialsProvider replicate(
          String name, long version, StoreUnderTest target) {
        return store.replicate(name, version, (MetaStore) target.store());
      }

      @Override
      public Object store() {
        return store;
      }
    };
  }

  static StoreUnderTest of(MetaStore.Async store) {
    return new StoreUnderTest() {
      @Override
      public MetaStoreMaterialsProvider provider(String name, long version) {
        return join(store.provider(name, version));
      }

      @Override
      public MetaStoreMaterialsProvider getOrCreate(String name, long version) {
        return join(store.getOrCreate(name, version));
      }

      @Override
      public MetaStoreMaterialsProvider newProvider(String name) {
        return join(store.newProvider(name));
      }

      @Override
      public MetaStoreMaterialsProvider currentProvider(String name) {
        return join(store.currentProvider(name));
      }

      @Override
      public OptionalLong maxVersion(String name) {
        return join(store.maxVersion(name));
      }

      @Override
      public List<Long> versions(String name) {
        return join(store.versions(name));
      }

      @Override
      public MetaStoreMaterialsProvider replicate(
          String name, long version, StoreUnderTest target) {
        return join(store.replicate(name, version, (MetaStore.Async) target.store()));
      }

      @Override
      public Object store() {
        return store;
      }
    };
  }
}
