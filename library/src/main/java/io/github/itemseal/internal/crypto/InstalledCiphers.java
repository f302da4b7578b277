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
  /** By the transformation, then by the bytes of the key. */
  private final Map<String, Map<Integer, Choice>> chosen = new ConcurrentHashMap<>();

  /** An initialised cipher, for a key that is no more than its bytes. */
  Cipher cipher(
      String transformation,
      int mode,
      SecretKeySpec key,
      @Nullable AlgorithmParameterSpec parameters)
      throws GeneralSecurityException {
    int keyBytes = key.getEncoded().length;
    Map<Integer, Choice> byKeyBytes = chosen.get(transformation);
    Choice choice = byKeyBytes == null ? null : byKeyBytes.get(keyBytes);
    if (choice != null) {
      try {
        Cipher cipher = Cipher.getInstance(choice.transformation(), choice.provider());
        cipher.init(mode, key, parameters);
        return cipher;
      } catch (GeneralSecurityException | RuntimeException e) {
        // another may take it; else JCA says what is wrong
      }
    }
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(mode, key, parameters);
    chosen
        .computeIfAbsent(transformation, name -> new ConcurrentHashMap<>())
        .put(keyBytes, Choice.of(transformation, keyBytes, cipher.getProvider()));
    return cipher;
  }

  /**
   * Where to get it.
   *
   * @param transformation a name that the provider has in its list, if there is one: others it has
   *     to take apart first
   */
  private record Choice(String transformation, Provider provider) {
    static Choice of(String transformation, int keyBytes, Provider provider) {
      if (transformation.startsWith("AES/") && !lists(provider, transformation)) {
        String ofKeyLength = "AES_" + 8 * keyBytes + transformation.substring("AES".length());
        if (lists(provider, ofKeyLength)) {
          return new Choice(ofKeyLength, provider);
        }
      }
      return new Choice(transformation, provider);
    }

    private static boolean lists(Provider provider, String name) {
      return provider.getService("Cipher", name) != null;
    }
  }
}
