package io.github.itemseal.materials;

import io.github.itemseal.FailureSubject;
import java.security.Key;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The keys to read one item with. Immutable. */
public final class DecryptionMaterials {
  private final @Nullable SecretKey decryptionKey;
  private final Key verificationKey;
  private final Set<SigningAlgorithm> verificationAlgorithms;

  private DecryptionMaterials(
      @Nullable SecretKey decryptionKey,
      Key verificationKey,
      Set<SigningAlgorithm> verificationAlgorithms) {
    this.decryptionKey = decryptionKey;
    this.verificationKey = Objects.requireNonNull(verificationKey, "verificationKey");
    this.verificationAlgorithms = Set.copyOf(verificationAlgorithms);
    boolean allowed = !verificationAlgorithms.isEmpty();
    for (SigningAlgorithm algorithm : verificationAlgorithms) {
      allowed &= algorithm.isAllowedFor(verificationKey);
    }
    if (!allowed) {
      throw new IllegalArgumentException(
          "%s does not fit a key of algorithm '%s'."
              .formatted(verificationAlgorithms, verificationKey.getAlgorithm()));
    }
  }

  /** Materials that verify and decrypt. */
  public static DecryptionMaterials decrypting(
      SecretKey decryptionKey, Key verificationKey, Set<SigningAlgorithm> verificationAlgorithms) {
    Objects.requireNonNull(decryptionKey, "decryptionKey");
    return new DecryptionMaterials(decryptionKey, verificationKey, verificationAlgorithms);
  }

  /** Materials that only verify, for items of which no attribute is encrypted. */
  public static DecryptionMaterials verifyingOnly(
      Key verificationKey, Set<SigningAlgorithm> verificationAlgorithms) {
    return new DecryptionMaterials(null, verificationKey, verificationAlgorithms);
  }

  static DecryptionMaterials of(
      FailureSubject subject, @Nullable SecretKey decryptionKey, SigningKeys keys) {
    return new DecryptionMaterials(
        decryptionKey, keys.requireVerificationKey(subject), keys.verificationAlgorithms());
  }

  /**
   * The AES or delegated key of the encrypted attributes; absent where nothing can be decrypted.
   */
  public Optional<SecretKey> decryptionKey() {
    return Optional.ofNullable(decryptionKey);
  }

  /** A secret key for a MAC algorithm, else a public key; or a delegated key. */
  public Key verificationKey() {
    return verificationKey;
  }

  /** The algorithms that an item may claim to be signed with; a secret key has exactly its own. */
  public Set<SigningAlgorithm> verificationAlgorithms() {
    return verificationAlgorithms;
  }

  /** Algorithms only. */
  @Override
  public String toString() {
    return "DecryptionMaterials[decrypts=%s, verifies=%s]"
        .formatted(decryptionKey != null, verificationAlgorithms);
  }
}
