package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.ProviderException;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Keys from two entries of a {@link KeyStore}: PKCS #12, JCEKS, PKCS #11 or any other kind.
 * Thread-safe.
 *
 * <p>The encryption entry decides how items are encrypted, and the signing entry how they are
 * signed:
 *
 * <table>
 *   <caption>What an entry means</caption>
 *   <tr><th>Entry</th><th>Encryption</th><th>Signing</th></tr>
 *   <tr><td>secret key</td><td>one content key for all items, as {@link
 *       StaticMaterialsProvider}</td><td>MAC</td></tr>
 *   <tr><td>private key with certificate</td><td>RSA: a content key for each item, as {@link
 *       WrappedMaterialsProvider}</td><td>RSA or EC signature</td></tr>
 *   <tr><td>certificate</td><td>the same, for writing only</td><td>the same, for reading
 *       only</td></tr>
 * </table>
 *
 * <p>An item is read only if its material description has every entry of this provider's: a change
 * of keys is told apart by that. Certificates are containers of public keys here; neither their
 * dates nor their issuers are checked.
 *
 * <p>Source: docs/formats/ddbec.md, "Key stores".
 */
public final class KeyStoreMaterialsProvider implements LocalMaterialsProvider {
  private final KeyStore keyStore;
  private final Alias encryption;
  private final Alias signing;
  private final MaterialDescription materialDescription;
  private final @Nullable SigningAlgorithm signingAlgorithm;
  private final boolean readsPkcs1V15;
  private volatile LocalMaterialsProvider loaded;

  private KeyStoreMaterialsProvider(
      Builder builder, KeyStore keyStore, Alias encryption, Alias signing) {
    this.keyStore = keyStore;
    this.encryption = encryption;
    this.signing = signing;
    this.materialDescription = builder.materialDescription;
    this.signingAlgorithm = builder.signingAlgorithm;
    this.readsPkcs1V15 = builder.readsPkcs1V15;
    this.loaded = load();
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads both entries again, for the next item on. The key store itself is not loaded again: do
   * that first, with {@link KeyStore#load}, if its file has changed.
   *
   * @throws MaterialsUnavailableException if one of them cannot be had any more or has become
   *     unusable; the keys known so far stay in use
   */
  public void refresh() {
    try {
      loaded = load();
    } catch (IllegalArgumentException e) {
      throw new MaterialsUnavailableException(
          FailureReason.KEY_SOURCE_FAILED,
          FailureSubject.unknown(),
          "The key store was not read anew: " + e.getMessage(),
          e);
    }
  }

  private LocalMaterialsProvider load() {
    SigningKeys signingKeys = signingKeys();
    KeyStore.Entry entry = encryption.load(keyStore);
    try {
      if (entry instanceof KeyStore.SecretKeyEntry secret) {
        return StaticMaterialsProvider.builder()
            .encryptionKey(secret.getSecretKey())
            .signingKeys(signingKeys)
            .materialDescription(materialDescription.entries())
            .build();
      }
      WrappedMaterialsProvider.Builder wrapped =
          WrappedMaterialsProvider.builder()
              .signingKeys(signingKeys)
              .materialDescription(materialDescription.entries())
              .readsPkcs1V15(readsPkcs1V15);
      if (entry instanceof KeyStore.PrivateKeyEntry pair) {
        return wrapped.wrappingKeyPair(keyPairOf(pair)).build();
      }
      if (entry instanceof KeyStore.TrustedCertificateEntry certificate) {
        return wrapped.wrappingKey(certificate.getTrustedCertificate().getPublicKey()).build();
      }
    } catch (IllegalArgumentException e) {
      throw encryption.unusable(e);
    }
    throw encryption.unknownEntry(entry);
  }

  private SigningKeys signingKeys() {
    KeyStore.Entry entry = signing.load(keyStore);
    try {
      SigningKeys keys = signingKeysOf(entry);
      return signingAlgorithm == null ? keys : keys.signingWith(signingAlgorithm);
    } catch (IllegalArgumentException e) {
      throw signing.unusable(e);
    }
  }

  private SigningKeys signingKeysOf(KeyStore.Entry entry) {
    if (entry instanceof KeyStore.SecretKeyEntry secret) {
      SecretKey key = secret.getSecretKey();
      return key instanceof DelegatedKey delegated
          ? SigningKeys.delegated(delegated)
          : SigningKeys.mac(key);
    }
    if (entry instanceof KeyStore.PrivateKeyEntry pair) {
      return SigningKeys.keyPair(keyPairOf(pair));
    }
    if (entry instanceof KeyStore.TrustedCertificateEntry certificate) {
      return SigningKeys.verifier(certificate.getTrustedCertificate().getPublicKey());
    }
    throw signing.unknownEntry(entry);
  }

  private static KeyPair keyPairOf(KeyStore.PrivateKeyEntry entry) {
    return new KeyPair(entry.getCertificate().getPublicKey(), entry.getPrivateKey());
  }

  @Override
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    return loaded.encryptionMaterials(context);
  }

  /**
   * The keys, if the item's description has every entry of this provider's.
   *
   * @throws MaterialsUnavailableException if one is missing or reads otherwise
   */
  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    if (!context.materialDescription().containsAll(materialDescription)) {
      throw new MaterialsUnavailableException(
          FailureReason.MATERIALS_MISMATCH,
          FailureSubject.of(context),
          "The item's material description does not match that of the key store provider; its"
              + " entries are not the keys the item was written with.",
          null);
    }
    return loaded.decryptionMaterials(context);
  }

  /** An entry of the key store, and what opens it. */
  private record Alias(
      String role, String name, KeyStore.@Nullable ProtectionParameter protection) {
    KeyStore.Entry load(KeyStore keyStore) {
      try {
        KeyStore.Entry entry = keyStore.getEntry(name, protection);
        if (entry != null) {
          return entry;
        }
      } catch (GeneralSecurityException | ProviderException | UnsupportedOperationException e) {
        throw new IllegalArgumentException(
            "The key store does not give its %s entry '%s': is the protection parameter right?"
                .formatted(role, name),
            e);
      }
      throw new IllegalArgumentException(
          "The key store has no entry '%s' for the %s alias.".formatted(name, role));
    }

    IllegalArgumentException unusable(IllegalArgumentException e) {
      return new IllegalArgumentException(
          "The key store's %s entry '%s' cannot be used: %s".formatted(role, name, e.getMessage()),
          e);
    }

    IllegalArgumentException unknownEntry(KeyStore.Entry entry) {
      return new IllegalArgumentException(
          "It is a %s, not a secret key, private key or certificate."
              .formatted(entry.getClass().getName()));
    }

    /** Without what opens it. */
    @Override
    public String toString() {
      return role + " alias '" + name + "'";
    }
  }

  /** Builds a {@link KeyStoreMaterialsProvider}. Not thread-safe. */
  public static final class Builder {
    private @Nullable KeyStore keyStore;
    private @Nullable Alias encryption;
    private @Nullable Alias signing;
    private MaterialDescription materialDescription = MaterialDescription.empty();
    private @Nullable SigningAlgorithm signingAlgorithm;
    private boolean readsPkcs1V15;

    private Builder() {}

    /** The key store, loaded. Required. */
    public Builder keyStore(KeyStore keyStore) {
      this.keyStore = Objects.requireNonNull(keyStore, "keyStore");
      return this;
    }

    /** The entry that encrypts, where it needs no protection parameter. Required. */
    public Builder encryptionAlias(String alias) {
      this.encryption = new Alias("encryption", alias, null);
      return this;
    }

    /** The entry that encrypts, and what opens it, mostly its password. Required. */
    public Builder encryptionAlias(String alias, KeyStore.ProtectionParameter protection) {
      this.encryption = new Alias("encryption", alias, protection);
      return this;
    }

    /** The entry that signs, where it needs no protection parameter. Required. */
    public Builder signingAlias(String alias) {
      this.signing = new Alias("signing", alias, null);
      return this;
    }

    /** The entry that signs, and what opens it, mostly its password. Required. */
    public Builder signingAlias(String alias, KeyStore.ProtectionParameter protection) {
      this.signing = new Alias("signing", alias, protection);
      return this;
    }

    /**
     * The algorithm of an asymmetric signature. Default {@code SHA256withRSA} or {@code
     * SHA256withECDSA}, by the key.
     */
    public Builder signingWith(SigningAlgorithm algorithm) {
      this.signingAlgorithm = algorithm;
      return this;
    }

    /** Entries to store with every item, which an item must carry to be read. Default none. */
    public Builder materialDescription(Map<String, String> entries) {
      this.materialDescription = DescriptionEntries.ofUser(entries);
      return this;
    }

    /** See {@link WrappedMaterialsProvider.Builder#readsPkcs1V15}. Default false. */
    public Builder readsPkcs1V15(boolean readsPkcs1V15) {
      this.readsPkcs1V15 = readsPkcs1V15;
      return this;
    }

    /**
     * Reads both entries and builds the provider.
     *
     * @throws IllegalArgumentException naming the alias, if the key store has no such entry, does
     *     not give it with this protection parameter, or gives a key that cannot be used; or if the
     *     key store or an alias is missing
     */
    public KeyStoreMaterialsProvider build() {
      if (keyStore == null || encryption == null || signing == null) {
        throw new IllegalArgumentException(
            "Keys from a key store need keyStore(...), encryptionAlias(...) and"
                + " signingAlias(...).");
      }
      return new KeyStoreMaterialsProvider(this, keyStore, encryption, signing);
    }
  }
}
