package io.github.itemseal.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Ciphers of the installed providers: of the one that JCA chose the last time, if it takes the key.
 * JCA would choose anew for each cipher, which takes longer than encrypting a short value.
 * Thread-safe; takes no lock, and so does not ask whether the provider is still installed, for
 * which the JDK takes several.
 */
final class InstalledCiphers {
  private final Map<String, Provider> chosen = new ConcurrentHashMap<>();

  /** An initialised cipher, for a key that is no more than its bytes. */
  Cipher cipher(
      String transformation,
      int mode,
      SecretKeySpec key,
      @Nullable AlgorithmParameterSpec parameters)
      throws GeneralSecurityException {
    Provider provider = chosen.get(transformation);
    if (provider != null) {
      try {
        Cipher cipher = Cipher.getInstance(transformation, provider);
        cipher.init(mode, key, parameters);
        return cipher;
      } catch (GeneralSecurityException | RuntimeException e) {
        // another may take it, such as a key of this length; else JCA says what is wrong
      }
    }
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(mode, key, parameters);
    chosen.put(transformation, cipher.getProvider());
    return cipher;
  }
}
