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
  private final Map<Wanted, Choice> chosen = new ConcurrentHashMap<>();

  /** An initialised cipher, for a key that is no more than its bytes. */
  Cipher cipher(
      String transformation,
      int mode,
      SecretKeySpec key,
      @Nullable AlgorithmParameterSpec parameters)
      throws GeneralSecurityException {
    Wanted wanted = new Wanted(transformation, key.getEncoded().length);
    Choice choice = chosen.get(wanted);
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
    chosen.put(wanted, Choice.of(wanted, cipher.getProvider()));
    return cipher;
  }

  private record Wanted(String transformation, int keyBytes) {}

  /**
   * Where to get it.
   *
   * @param transformation a name that the provider has in its list, if there is one: others it has
   *     to take apart first
   */
  private record Choice(String transformation, Provider provider) {
    static Choice of(Wanted wanted, Provider provider) {
      String whole = wanted.transformation();
      String ofKeyLength = whole.replaceFirst("^AES/", "AES_" + 8 * wanted.keyBytes() + "/");
      return new Choice(
          lists(provider, whole) || !lists(provider, ofKeyLength) ? whole : ofKeyLength, provider);
    }

    private static boolean lists(Provider provider, String name) {
      return provider.getService("Cipher", name) != null;
    }
  }
}
