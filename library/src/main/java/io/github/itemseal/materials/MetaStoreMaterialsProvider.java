package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.KeyStrength;
import javax.crypto.SecretKey;

/**
 * The keys of one version of a material in a MetaStore: a fresh content key for every item, wrapped
 * with the version's AES key, and the version's MAC key for all of them. Does no I/O; thread-safe.
 *
 * <p>Lasts as long as it is referenced. {@link CachingMostRecentProvider} is what follows rotation
 * and asks for the keys again from time to time.
 */
public final class MetaStoreMaterialsProvider implements LocalMaterialsProvider, PerItemKeys {
  private final MaterialId id;
  private final String idText;
  private final WrappedMaterialsProvider wrapped;
  private final boolean writes;

  MetaStoreMaterialsProvider(MaterialId id, SecretKey wrappingKey, SecretKey macKey) {
    this.id = id;
    this.idText = id.text();
    // Rows of tests and vectors have MAC keys that are good enough for reading only.
    this.writes = KeyStrength.Use.WRITING.allowsMacBits(8 * macKey.getEncoded().length);
    this.wrapped =
        WrappedMaterialsProvider.builder()
            .wrappingKey(wrappingKey)
            .signingKeys(writes ? SigningKeys.mac(macKey) : SigningKeys.verifier(macKey))
            .ownMaterialDescription(
                MaterialDescription.empty().with(DescriptionEntries.META_ID, idText))
            .build();
  }

  /** The name of the material. */
  public String materialName() {
    return id.name();
  }

  /** The version, 0 and up. */
  public long version() {
    return id.version();
  }

  /**
   * A content key for a new item.
   *
   * @throws MaterialsUnavailableException if the integrity key of this version is too weak for new
   *     items
   */
  @Override
  public boolean givesKeysPerItem() {
    return wrapped.givesKeysPerItem();
  }

  @Override
  public EncryptionMaterials encryptionMaterials(EncryptionContext context) {
    if (!writes) {
      FailureSubject subject = FailureSubject.of(context).withFormat(Ddbec.NAME);
      throw new MaterialsUnavailableException(
          FailureReason.ALGORITHM_NOT_ALLOWED,
          subject,
          "The integrity key of %s is too short to write the %s: make a new version of the material."
              .formatted(id.describe(), subject.describe()),
          null);
    }
    return wrapped.encryptionMaterials(context);
  }

  /**
   * The keys of an item that was written with this version.
   *
   * @throws MaterialsUnavailableException if its description names another version or material
   */
  @Override
  public DecryptionMaterials decryptionMaterials(EncryptionContext context) {
    FailureSubject subject = FailureSubject.of(context).withFormat(Ddbec.NAME);
    if (!MaterialId.textIn(context.materialDescription(), subject).equals(idText)) {
      throw new MaterialsUnavailableException(
          FailureReason.MATERIALS_MISMATCH,
          subject,
          "The %s was not written with %s.".formatted(subject.describe(), id.describe()),
          null);
    }
    return wrapped.decryptionMaterials(context);
  }

  /** Name and version only. */
  @Override
  public String toString() {
    return "MetaStoreMaterialsProvider[" + idText + "]";
  }
}
