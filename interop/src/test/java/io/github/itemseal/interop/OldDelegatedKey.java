package io.github.itemseal.interop;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.DelegatedKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import javax.crypto.SecretKey;

/**
 * A delegated key of this library as one of the old Java client's: how that client calls it shows
 * what ours must be called with.
 */
@SuppressWarnings("serial") // no test serializes it
final class OldDelegatedKey implements DelegatedKey {
  private final io.github.itemseal.materials.DelegatedKey key;

  OldDelegatedKey(io.github.itemseal.materials.DelegatedKey key) {
    this.key = key;
  }

  private interface Call<T> {
    T run() throws GeneralSecurityException;
  }

  private static <T> T call(Call<T> call) throws InvalidKeyException {
    try {
      return call.run();
    } catch (GeneralSecurityException e) {
      throw new InvalidKeyException(e);
    }
  }

  @Override
  public byte[] encrypt(byte[] plaintext, byte[] associatedData, String algorithm)
      throws InvalidKeyException {
    return call(() -> key.encrypt(algorithm, plaintext));
  }

  @Override
  public byte[] decrypt(byte[] stored, byte[] associatedData, String algorithm)
      throws InvalidKeyException {
    return call(() -> key.decrypt(algorithm, stored));
  }

  @Override
  public byte[] wrap(Key contentKey, byte[] associatedData, String algorithm)
      throws InvalidKeyException {
    return call(() -> key.wrap(algorithm, (SecretKey) contentKey));
  }

  @Override
  public Key unwrap(
      byte[] wrapped, String keyAlgorithm, int type, byte[] associatedData, String algorithm)
      throws InvalidKeyException {
    return call(() -> key.unwrap(algorithm, wrapped, keyAlgorithm));
  }

  @Override
  public byte[] sign(byte[] message, String algorithm) throws InvalidKeyException {
    return call(() -> key.sign(algorithm, message));
  }

  @Override
  public boolean verify(byte[] message, byte[] signature, String algorithm) {
    try {
      return key.verify(algorithm, message, signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String getAlgorithm() {
    return key.getAlgorithm();
  }

  @Override
  public String getFormat() {
    return null;
  }

  @Override
  public byte[] getEncoded() {
    return null;
  }
}
