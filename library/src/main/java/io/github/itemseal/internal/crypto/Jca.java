package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Where algorithms come from: a preferred provider for what it has, the installed ones for the
 * rest. Immutable and thread-safe.
 */
public final class Jca {
  /** The installed providers in their order. */
  public static final Jca INSTALLED = new Jca(null);

  private static final InstalledCiphers INSTALLED_CIPHERS = new InstalledCiphers();

  private final @Nullable Provider preferred;

  private Jca(@Nullable Provider preferred) {
    this.preferred = preferred;
  }

  /**
   * A preferred provider, then the installed ones.
   *
   * @param preferred asked first; null for the installed providers alone
   */
  public static Jca preferring(@Nullable Provider preferred) {
    return preferred == null ? INSTALLED : new Jca(preferred);
  }

  /** The provider that is asked first, if there is one. */
  public @Nullable Provider preferred() {
    return preferred;
  }

  /**
   * An initialised cipher for a transformation that every Java platform has.
   *
   * @param mode one of {@link Cipher}'s
   * @throws GeneralSecurityException if no provider takes the key or the parameters
   */
  public Cipher cipher(
      String transformation, int mode, Key key, @Nullable AlgorithmParameterSpec parameters)
      throws GeneralSecurityException {
    if (preferred == null && key.getClass() == SecretKeySpec.class) {
      return INSTALLED_CIPHERS.cipher(transformation, mode, (SecretKeySpec) key, parameters);
    }
    Cipher cipher =
        get(
            transformation,
            provider ->
                provider == null
                    ? Cipher.getInstance(transformation) // whose provider JCA chooses by the key
                    : Cipher.getInstance(transformation, provider));
    cipher.init(mode, key, parameters);
    return cipher;
  }

  /** A MAC that every Java platform has. */
  public Mac mac(String algorithm) {
    return get(
        algorithm,
        provider ->
            provider == null ? Mac.getInstance(algorithm) : Mac.getInstance(algorithm, provider));
  }

  /** A hash that every Java platform has. */
  public MessageDigest digest(String algorithm) {
    return get(
        algorithm,
        provider ->
            provider == null
                ? MessageDigest.getInstance(algorithm)
                : MessageDigest.getInstance(algorithm, provider));
  }

  /** A signature algorithm that every Java platform has. */
  public Signature signature(String algorithm) {
    return get(
        algorithm,
        provider ->
            provider == null
                ? Signature.getInstance(algorithm)
                : Signature.getInstance(algorithm, provider));
  }

  /** A key agreement that every Java platform has. */
  public KeyAgreement keyAgreement(String algorithm) {
    return get(
        algorithm,
        provider ->
            provider == null
                ? KeyAgreement.getInstance(algorithm)
                : KeyAgreement.getInstance(algorithm, provider));
  }

  /** A key factory that every Java platform has. */
  public KeyFactory keyFactory(String algorithm) {
    return get(
        algorithm,
        provider ->
            provider == null
                ? KeyFactory.getInstance(algorithm)
                : KeyFactory.getInstance(algorithm, provider));
  }

  /** A key pair generator that every Java platform has. */
  public KeyPairGenerator keyPairGenerator(String algorithm) {
    return get(
        algorithm,
        provider ->
            provider == null
                ? KeyPairGenerator.getInstance(algorithm)
                : KeyPairGenerator.getInstance(algorithm, provider));
  }

  private <T> T get(String algorithm, Source<T> source) {
    try {
      if (preferred != null) {
        try {
          return source.get(preferred);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
          // a provider that speeds some algorithms up need not have them all
        }
      }
      return source.get(null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm + ".", e);
    }
  }

  /** From a provider, or from the installed ones. */
  @FunctionalInterface
  private interface Source<T> {
    T get(@Nullable Provider provider) throws GeneralSecurityException;
  }
}
