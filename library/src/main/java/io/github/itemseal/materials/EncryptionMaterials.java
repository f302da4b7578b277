package io.github.itemseal.materials;

import io.github.itemseal.FailureSubject;
import java.security.Key;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The keys to write one item with, and the description to store beside it. Immutable. */
public final class EncryptionMaterials {
  private final @Nullable SecretKey encryptionKey;
  private final Key signingKey;
  private final SigningAlgorithm signingAlgorithm;
  private final MaterialDescription materialDescription;

  private EncryptionMaterials(
      @Nullable SecretKey encryptionKey,
      Key signingKey,
      SigningAlgorithm signingAlgorithm,
      MaterialDescription materialDescription) {
    this.encryptionKey = encryptionKey;
    this.signingKey = Objects.requireNonNull(signingKey, "signingKey");
    this.signingAlgorithm = Objects.requireNonNull(signingAlgorithm, "signingAlgorithm");
    this.materialDescription = Objects.requireNonNull(materialDescription, "materialDescription");
    if (!signingAlgorithm.isAllowedFor(signingKey)) {
      throw new IllegalArgumentException(
          "%s does not fit a key of algorithm '%s'."
              .formatted(signingAlgorithm.jcaName(), signingKey.getAlgorithm()));
    }
  }

  /** Materials that encrypt and sign. */
  public static EncryptionMaterials encrypting(
      SecretKey encryptionKey,
      Key signingKey,
      SigningAlgorithm signingAlgorithm,
      MaterialDescription materialDescription) {
    Objects.requireNonNull(encryptionKey, "encryptionKey");
    return new EncryptionMaterials(
        encryptionKey, signingKey, signingAlgorithm, materialDescription);
  }

  /** Materials that only sign, for items of which no attribute is encrypted. */
  public static EncryptionMaterials signingOnly(
      Key signingKey, SigningAlgorithm signingAlgorithm, MaterialDescription materialDescription) {
    return new EncryptionMaterials(null, signingKey, signingAlgorithm, materialDescription);
  }

  static EncryptionMaterials of(
      FailureSubject subject,
      @Nullable SecretKey encryptionKey,
      SigningKeys keys,
      MaterialDescription description) {
    Key signingKey = keys.requireSigningKey(subject);
    return new EncryptionMaterials(
        encryptionKey, signingKey, keys.requireSigningAlgorithm(), description);
  }

  /**
   * The AES or delegated key of the encrypted attributes; absent where nothing may be encrypted.
   */
  public Optional<SecretKey> encryptionKey() {
    return Optional.ofNullable(encryptionKey);
  }

  /** A secret key for a MAC algorithm, else a private key; or a delegated key. */
  public Key signingKey() {
    return signingKey;
  }

  public SigningAlgorithm signingAlgorithm() {
    return signingAlgorithm;
  }

  /** What the item stores so that the keys can be found again. */
  public MaterialDescription materialDescription() {
    return materialDescription;
  }

  /** Algorithms and names only. */
  @Override
  public String toString() {
    return "EncryptionMaterials[encrypts=%s, signs=%s, %s]"
        .formatted(encryptionKey != null, signingAlgorithm, materialDescription);
  }
}
