package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;

/**
 * The installed provider of each cipher: the one that JCA chooses at the first use, for as long as
 * it stays installed. JCA would choose anew for each cipher, which takes longer than encrypting a
 * short value. Thread-safe; takes no lock to look one up.
 */
final class CipherProviders {
  private static final Map<String, Provider> BY_TRANSFORMATION = new ConcurrentHashMap<>();

  private CipherProviders() {}

  @SuppressWarnings("ReferenceEquality") // equal ones may have been configured otherwise
  static Provider of(String transformation) throws GeneralSecurityException {
    Provider provider = BY_TRANSFORMATION.get(transformation);
    if (provider == null || Security.getProvider(provider.getName()) != provider) {
      provider = Cipher.getInstance(transformation).getProvider();
      BY_TRANSFORMATION.put(transformation, provider);
    }
    return provider;
  }
}
