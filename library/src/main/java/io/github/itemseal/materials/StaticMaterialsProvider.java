package io.github.itemseal.materials;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.KeyStrength;
import java.util.Map;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The same keys for every item. Simple, and the weakest choice: one key encrypts everything, and
 * the only way to change it is to rewrite all items. Thread-safe.
 *
 * <p>Source: docs/formats/ddbec.md, "Static keys".
 */
public final class StaticMaterialsProvider implements LocalMaterialsProvider {
  private final @Nullable SecretKey encryptionKey;
  private final SigningKeys signingKeys;
  private final MaterialDescription materialDescription;

  private StaticMaterialsProvider(Builder builder) {
    this.encryptionKey = builder.encryptionKey;
    this.signingKeys = Objects.requireNonNull(builder.signingKeys, "signingKeys");
    this.materialDescription = builder.materialDescription;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    return EncryptionMaterials.of(
        FailureSubject.of(context), encryptionKey, signingKeys, materialDescription);
  }

  /**
   * The keys, if the item's description has every entry of this provider's.
   *
   * @throws MaterialsUnavailableException if one is missing or reads otherwise
   */
  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    FailureSubject subject = FailureSubject.of(context);
    if (!context.materialDescription().containsAll(materialDescription)) {
      throw new MaterialsUnavailableException(
          FailureReason.MATERIALS_MISMATCH,
          subject,
          ("The material description of the %s does not match that of the static keys: they are not"
                  + " the keys it was written with.")
              .formatted(subject.describe()),
          null);
    }
    return DecryptionMaterials.of(subject, encryptionKey, signingKeys);
  }

  /** Builds a {@link StaticMaterialsProvider}. Not thread-safe. */
  public static final class Builder {
    private @Nullable SecretKey encryptionKey;
    private @Nullable SigningKeys signingKeys;
    private MaterialDescription materialDescription = MaterialDescription.empty();

    private Builder() {}

    /**
     * The AES key, 128, 192 or 256 bits, of the encrypted attributes, or a {@link DelegatedKey}.
     * Without it items can only be signed.
     *
     * @throws IllegalArgumentException if it is another key
     */
    public Builder encryptionKey(SecretKey encryptionKey) {
      this.encryptionKey =
          ContentKeys.requireAesOrDelegated(encryptionKey, KeyStrength.Use.WRITING);
      return this;
    }

    /** The keys of the signature. Required. */
    public Builder signingKeys(SigningKeys signingKeys) {
      this.signingKeys = signingKeys;
      return this;
    }

    /** Entries to store with every item, which an item must carry to be read. Default none. */
    public Builder materialDescription(Map<String, String> entries) {
      this.materialDescription = DescriptionEntries.ofUser(entries);
      return this;
    }

    /**
     * Builds it.
     *
     * @throws IllegalArgumentException if the signing keys are missing
     */
    public StaticMaterialsProvider build() {
      if (signingKeys == null) {
        throw new IllegalArgumentException("Static keys need signingKeys(...).");
      }
      return new StaticMaterialsProvider(this);
    }
  }
}
