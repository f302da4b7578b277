package io.github.itemseal.materials;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKey;

/**
 * A key that does its own arithmetic, because it cannot leave its device: in an HSM, a smart card,
 * a remote service. It fits wherever a {@link SecretKey} is configured, and implements only what
 * its place asks of it:
 *
 * <ul>
 *   <li>{@link StaticMaterialsProvider.Builder#encryptionKey} calls {@link #encrypt} and {@link
 *       #decrypt};
 *   <li>{@link WrappedMaterialsProvider.Builder#wrappingKey(SecretKey)} calls {@link #wrap} and
 *       {@link #unwrap}, and {@code unwrappingKey} only the latter;
 *   <li>{@link SigningKeys#delegated} calls {@link #sign} and {@link #verify}.
 * </ul>
 *
 * <p>A key of an ordinary JCA provider, PKCS #11 included, needs no delegated key as long as that
 * provider implements the algorithm: pass it as it is. docs/keys.md has an example for the rest.
 *
 * <p>Implementations are thread-safe. They are called on the thread that encrypts or decrypts the
 * item, once for each attribute, data key or signature, and may block. They may keep the arrays
 * they are given, and must not keep those they return. Whatever they throw becomes a {@link
 * io.github.itemseal.MaterialsUnavailableException} with that cause, except where a method says
 * otherwise.
 *
 * <p>Source: docs/formats/ddbec.md, "Encrypted attributes" and "Wrapped keys".
 */
public interface DelegatedKey extends SecretKey {
  /**
   * The name of what the key is for: a block cipher such as {@code AES} for content keys, {@code
   * AES} or {@code RSA} for wrapping keys, a {@link SigningAlgorithm#jcaName()} for signing keys.
   */
  @Override
  String getAlgorithm();

  /**
   * What is stored as an encrypted attribute. It is stored as it is: an initialisation vector, if
   * there is one, must be part of it. A key that is to share items with AES keys puts its 16 bytes
   * in front of the ciphertext.
   *
   * @param transformation {@link #getAlgorithm()} with {@code /CBC/PKCS5Padding}
   * @param plaintext the serialized attribute value
   */
  default byte[] encrypt(String transformation, byte[] plaintext) throws GeneralSecurityException {
    throw unsupported("encrypt");
  }

  /**
   * The serialized value inside an encrypted attribute. Only called once the item's signature fits.
   *
   * @param transformation as for {@link #encrypt}
   * @param stored what {@link #encrypt} returned
   * @throws javax.crypto.BadPaddingException (or {@link javax.crypto.IllegalBlockSizeException}) if
   *     it did not: the item is then refused with {@link
   *     io.github.itemseal.ItemAuthenticationException}
   */
  default byte[] decrypt(String transformation, byte[] stored) throws GeneralSecurityException {
    throw unsupported("decrypt");
  }

  /**
   * A wrapped content key.
   *
   * @param transformation {@code AESWrap} for the algorithm {@code AES}, {@code
   *     RSA/ECB/OAEPWithSHA-256AndMGF1Padding} (MGF1 with SHA-1) for {@code RSA}, otherwise {@link
   *     #getAlgorithm()}
   * @param contentKey an AES key that shows its bytes
   */
  default byte[] wrap(String transformation, SecretKey contentKey) throws GeneralSecurityException {
    throw unsupported("wrap");
  }

  /**
   * The content key inside a wrapped one; it may be a delegated key itself. The wrapped key comes
   * from an item that is not verified yet.
   *
   * @param transformation as for {@link #wrap}, or another RSA padding that the item names; RSA
   *     PKCS #1 v1.5 only if the provider reads it
   * @param wrapped what {@link #wrap} returned
   * @param keyAlgorithm the algorithm of the content key, {@code AES}
   * @throws javax.crypto.BadPaddingException (or {@link javax.crypto.IllegalBlockSizeException}) if
   *     it did not: the item is then refused with {@link
   *     io.github.itemseal.ItemAuthenticationException}. Not so {@link
   *     java.security.InvalidKeyException}, which {@link javax.crypto.Cipher} throws for such bytes
   *     but also when its device is gone: translate it where you know. With RSA PKCS #1 v1.5 the
   *     item is refused whatever is thrown, because the kind of failure would tell how to open it
   */
  default SecretKey unwrap(String transformation, byte[] wrapped, String keyAlgorithm)
      throws GeneralSecurityException {
    throw unsupported("unwrap");
  }

  /**
   * A signature or MAC.
   *
   * @param algorithm a {@link SigningAlgorithm#jcaName()}, the key's own
   * @param message the string to sign, 32 + 96 k bytes for k signed attributes
   */
  default byte[] sign(String algorithm, byte[] message) throws GeneralSecurityException {
    throw unsupported("sign");
  }

  /**
   * Whether a signature or MAC fits. MACs are to be compared in constant time, with {@link
   * java.security.MessageDigest#isEqual}.
   *
   * @param algorithm as for {@link #sign}
   * @param message as for {@link #sign}
   * @param signature what an item claims that {@link #sign} returned
   * @throws java.security.SignatureException if it has not even the form of one, which is the same
   *     as false
   */
  default boolean verify(String algorithm, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    throw unsupported("verify");
  }

  /** Null: the key does not leave its device. */
  @Override
  @SuppressWarnings("NullAway") // the JDK's contract for such keys
  default byte[] getEncoded() {
    return null;
  }

  /** Null: the key does not leave its device. */
  @Override
  @SuppressWarnings("NullAway") // the JDK's contract for such keys
  default String getFormat() {
    return null;
  }

  private UnsupportedOperationException unsupported(String verb) {
    return new UnsupportedOperationException(
        "The delegated key %s of algorithm '%s' does not implement %s(...)."
            .formatted(getClass().getName(), getAlgorithm(), verb));
  }
}
