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
            provider -> Cipher.getInstance(transformation, provider),
            () -> Cipher.getInstance(transformation)); // whose provider JCA chooses by the key
    cipher.init(mode, key, parameters);
    return cipher;
  }

  /** A MAC that every Java platform has. */
  public Mac mac(String algorithm) {
    return get(
        algorithm,
        provider -> Mac.getInstance(algorithm, provider),
        () -> Mac.getInstance(algorithm));
  }

  /** A hash that every Java platform has. */
  public MessageDigest digest(String algorithm) {
    return get(
        algorithm,
        provider -> MessageDigest.getInstance(algorithm, provider),
        () -> MessageDigest.getInstance(algorithm));
  }

  /** A signature algorithm that every Java platform has. */
  public Signature signature(String algorithm) {
    return get(
        algorithm,
        provider -> Signature.getInstance(algorithm, provider),
        () -> Signature.getInstance(algorithm));
  }

  /** A key agreement that every Java platform has. */
  public KeyAgreement keyAgreement(String algorithm) {
    return get(
        algorithm,
        provider -> KeyAgreement.getInstance(algorithm, provider),
        () -> KeyAgreement.getInstance(algorithm));
  }

  /** A key factory that every Java platform has. */
  public KeyFactory keyFactory(String algorithm) {
    return get(
        algorithm,
        provider -> KeyFactory.getInstance(algorithm, provider),
        () -> KeyFactory.getInstance(algorithm));
  }

  /** A key pair generator that every Java platform has. */
  public KeyPairGenerator keyPairGenerator(String algorithm) {
    return get(
        algorithm,
        provider -> KeyPairGenerator.getInstance(algorithm, provider),
        () -> KeyPairGenerator.getInstance(algorithm));
  }

  private <T> T get(String algorithm, FromProvider<T> fromPreferred, FromInstalled<T> installed) {
    try {
      if (preferred != null) {
        try {
          return fromPreferred.get(preferred);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
          // a provider that speeds some algorithms up need not have them all
        }
      }
      return installed.get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm + ".", e);
    }
  }

  @FunctionalInterface
  private interface FromProvider<T> {
    T get(Provider provider) throws GeneralSecurityException;
  }

  @FunctionalInterface
  private interface FromInstalled<T> {
    T get() throws GeneralSecurityException;
  }
}
