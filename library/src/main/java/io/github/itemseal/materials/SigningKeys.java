package io.github.itemseal.materials;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.KeyStrength;
import io.github.itemseal.internal.crypto.MacKey;
import java.security.Key;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign and verify items, and the algorithms they may be used with. Immutable and
 * thread-safe.
 *
 * <p>The algorithm is never taken from an item alone: an item's claim counts only if it is among
 * {@link #verifyingWith the accepted ones}, which by default are those of the key's own family.
 */
public final class SigningKeys {
  private final @Nullable Key signingKey;
  private final @Nullable SigningAlgorithm signingAlgorithm;
  private final @Nullable Key verificationKey;
  private final Set<SigningAlgorithm> verificationAlgorithms;

  private SigningKeys(
      @Nullable Key signingKey,
      @Nullable SigningAlgorithm signingAlgorithm,
      @Nullable Key verificationKey,
      Set<SigningAlgorithm> verificationAlgorithms) {
    this.signingKey = signingKey;
    this.signingAlgorithm = signingAlgorithm;
    this.verificationKey = verificationKey;
    this.verificationAlgorithms = Set.copyOf(verificationAlgorithms);
  }

  /**
   * One secret key that signs and verifies; its algorithm name says with which MAC.
   *
   * @throws IllegalArgumentException if that is none of {@link SigningAlgorithm}'s, or the key has
   *     fewer than 16 bytes; {@link #verifier(SecretKey)} takes shorter ones
   */
  public static SigningKeys mac(SecretKey key) {
    return mac(key, KeyStrength.Use.WRITING);
  }

  /** The key in both places, checked for this use. */
  private static SigningKeys mac(SecretKey key, KeyStrength.Use use) {
    Set<SigningAlgorithm> algorithms = algorithmsOf(key, use);
    if (!algorithms.iterator().next().isMac()) {
      throw new IllegalArgumentException(
          "%s is no MAC key: use delegated(...).".formatted(name(key)));
    }
    SecretKey keeping = MacKey.of(key);
    return new SigningKeys(keeping, algorithms.iterator().next(), keeping, algorithms);
  }

  /**
   * One key that signs and verifies by itself, with a MAC or an asymmetric algorithm; {@link
   * DelegatedKey#getAlgorithm()} says with which. To verify with the public key of a pair instead,
   * see {@link #of(DelegatedKey, PublicKey)}.
   *
   * @throws IllegalArgumentException if that is none of {@link SigningAlgorithm}'s, or the key
   *     tells that it is too weak
   */
  public static SigningKeys delegated(DelegatedKey key) {
    Set<SigningAlgorithm> algorithms = algorithmsOf(key, KeyStrength.Use.WRITING);
    return new SigningKeys(key, algorithms.iterator().next(), key, algorithms);
  }

  /**
   * An RSA or EC key pair; signs with SHA-256 until {@link #signingWith} says otherwise.
   *
   * @throws IllegalArgumentException as {@link #signer} does
   */
  public static SigningKeys keyPair(KeyPair pair) {
    return signer(pair.getPrivate()).merge(verifier(pair.getPublic()));
  }

  /**
   * A private key alone: writes items, but cannot read them.
   *
   * @throws IllegalArgumentException if it is neither RSA nor EC, or too weak for new items: an RSA
   *     modulus below 2048 bits, a public exponent below 65537, a curve below 224 bits
   */
  public static SigningKeys signer(PrivateKey key) {
    Set<SigningAlgorithm> unused = algorithmsOf(key, KeyStrength.Use.WRITING);
    return new SigningKeys(key, sha256With(key), null, Set.of());
  }

  /**
   * A public key alone: reads items, but cannot write them. For old items RSA keys of 1024 bits
   * will do.
   *
   * @throws IllegalArgumentException if it is neither RSA nor EC, or even weaker
   */
  public static SigningKeys verifier(PublicKey key) {
    return new SigningKeys(null, null, key, algorithmsOf(key, KeyStrength.Use.READING));
  }

  /**
   * A MAC key for reading only. For old items 8 bytes will do, which published test vectors have.
   *
   * @throws IllegalArgumentException if its algorithm is no MAC of {@link SigningAlgorithm}, or it
   *     is even shorter
   */
  public static SigningKeys verifier(SecretKey key) {
    SigningKeys both = mac(key, KeyStrength.Use.READING);
    return new SigningKeys(null, null, both.verificationKey, both.verificationAlgorithms);
  }

  /** A private and a public key that need not belong together, say during a change of keys. */
  public static SigningKeys of(PrivateKey signingKey, PublicKey verificationKey) {
    return signer(signingKey).merge(verifier(verificationKey));
  }

  /**
   * A delegated key that signs, and the public key of its pair, which verifies without it.
   *
   * @throws IllegalArgumentException if the delegated key's algorithm is none that the public key
   *     verifies
   */
  public static SigningKeys of(DelegatedKey signingKey, PublicKey verificationKey) {
    SigningKeys signer = delegated(signingKey);
    if (!SigningAlgorithm.allowedFor(verificationKey).containsAll(signer.verificationAlgorithms)) {
      throw new IllegalArgumentException(
          "%s cannot verify %s.".formatted(name(verificationKey), signingKey.getAlgorithm()));
    }
    return signer.merge(verifier(verificationKey));
  }

  /** A MAC key for writing and another one for reading, say during a change of keys. */
  public static SigningKeys of(SecretKey signingKey, SecretKey verificationKey) {
    SigningKeys signer = mac(signingKey);
    return new SigningKeys(signer.signingKey, signer.signingAlgorithm, null, Set.of())
        .merge(verifier(verificationKey));
  }

  /**
   * The same keys, signing with this algorithm.
   *
   * @throws IllegalArgumentException if the signing key does not fit it
   */
  public SigningKeys signingWith(SigningAlgorithm algorithm) {
    if (signingKey == null || !SigningAlgorithm.allowedFor(signingKey).contains(algorithm)) {
      throw new IllegalArgumentException(
          "%s does not fit the signing key (%s)."
              .formatted(algorithm.jcaName(), signingKey == null ? "none" : name(signingKey)));
    }
    return new SigningKeys(signingKey, algorithm, verificationKey, verificationAlgorithms);
  }

  /**
   * The same keys, verifying items of these algorithms only.
   *
   * @throws IllegalArgumentException if the verification key does not fit one of them
   */
  public SigningKeys verifyingWith(Set<SigningAlgorithm> algorithms) {
    if (algorithms.isEmpty()
        || verificationKey == null
        || !SigningAlgorithm.allowedFor(verificationKey).containsAll(algorithms)) {
      throw new IllegalArgumentException(
          "%s does not fit the verification key (%s)."
              .formatted(algorithms, verificationKey == null ? "none" : name(verificationKey)));
    }
    return new SigningKeys(signingKey, signingAlgorithm, verificationKey, algorithms);
  }

  Key requireSigningKey(FailureSubject subject) {
    if (signingKey == null) {
      throw notConfigured(subject, "sign items", "a private or secret signing key");
    }
    return signingKey;
  }

  SigningAlgorithm requireSigningAlgorithm() {
    return Objects.requireNonNull(signingAlgorithm);
  }

  Key requireVerificationKey(FailureSubject subject) {
    if (verificationKey == null) {
      throw notConfigured(subject, "verify items", "a public or secret verification key");
    }
    return verificationKey;
  }

  Set<SigningAlgorithm> verificationAlgorithms() {
    return verificationAlgorithms;
  }

  private SigningKeys merge(SigningKeys verifier) {
    return new SigningKeys(
        signingKey, signingAlgorithm, verifier.verificationKey, verifier.verificationAlgorithms);
  }

  private static MaterialsUnavailableException notConfigured(
      FailureSubject subject, String purpose, String missing) {
    return new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        subject,
        "The provider cannot %s: it was built without %s.".formatted(purpose, missing),
        null);
  }

  private static Set<SigningAlgorithm> algorithmsOf(Key key, KeyStrength.Use use) {
    Set<SigningAlgorithm> algorithms = SigningAlgorithm.allowedFor(key);
    if (algorithms.isEmpty()) {
      throw new IllegalArgumentException(
          "%s cannot sign items: use an HmacSHA224, HmacSHA256, HmacSHA384 or HmacSHA512 secret key, an RSA or EC key, or a delegated key with the name of a signing algorithm."
              .formatted(name(key)));
    }
    Key unused = KeyStrength.require(key, use);
    return algorithms;
  }

  private static SigningAlgorithm sha256With(PrivateKey key) {
    return key.getAlgorithm().toUpperCase(Locale.ROOT).equals("EC")
        ? SigningAlgorithm.ECDSA_SHA256
        : SigningAlgorithm.RSA_SHA256;
  }

  private static String name(Key key) {
    return "A key of algorithm '" + key.getAlgorithm() + "'";
  }

  /** Algorithms only. */
  @Override
  public String toString() {
    return "SigningKeys[signs=%s, verifies=%s]".formatted(signingAlgorithm, verificationAlgorithms);
  }
}
