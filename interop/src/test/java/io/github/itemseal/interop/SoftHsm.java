package io.github.itemseal.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;

/**
 * A fresh PKCS #11 token in SoftHSM2, opened with SunPKCS11. Its keys are sensitive and not
 * extractable: {@code getEncoded()} gives nothing.
 */
final class SoftHsm implements AutoCloseable {
  /** PIN of the test token. */
  static final char[] PIN = "1234".toCharArray();

  private static final String CONFIGURATION = "SOFTHSM2_CONF";
  private static final List<Path> LIBRARIES =
      Stream.of(
              "/usr/lib/softhsm/libsofthsm2.so",
              "/usr/lib64/softhsm/libsofthsm2.so",
              "/usr/lib64/pkcs11/libsofthsm2.so",
              "/usr/local/lib/softhsm/libsofthsm2.so",
              "/opt/homebrew/lib/softhsm/libsofthsm2.so")
          .map(Path::of)
          .toList();

  private final Provider provider;
  private final KeyStore keyStore;

  private SoftHsm(Provider provider, KeyStore keyStore) {
    this.provider = provider;
    this.keyStore = keyStore;
  }

  /** Whether SoftHSM2 is installed, and this process was told where its token is to be. */
  static boolean isInstalled() {
    return library().isPresent() && System.getenv(CONFIGURATION) != null;
  }

  private static Optional<Path> library() {
    return LIBRARIES.stream().filter(Files::exists).findFirst();
  }

  /** Makes a token, replacing one of an earlier run, and installs its provider as the last one. */
  static SoftHsm start() throws IOException, InterruptedException, GeneralSecurityException {
    Path configuration = Path.of(System.getenv(CONFIGURATION));
    Path directory = configuration.getParent();
    Path tokens = Files.createTempDirectory(Files.createDirectories(directory), "tokens");
    Files.writeString(
        configuration,
        "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
            .formatted(tokens));
    String pin = new String(PIN);
    run(
        List.of(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "itemseal-test",
            "--pin",
            pin,
            "--so-pin",
            pin));
    Path settings = directory.resolve("pkcs11.cfg");
    Files.writeString(
        settings,
        """
        name = ItemsealTest
        library = %s
        slotListIndex = 0
        attributes(*, CKO_SECRET_KEY, *) = {
          CKA_PRIVATE = true
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_ENCRYPT = true
          CKA_DECRYPT = true
          CKA_SIGN = true
          CKA_VERIFY = true
        }
        """
            .formatted(library().orElseThrow()));
    Provider provider = Security.getProvider("SunPKCS11").configure(settings.toString());
    Security.addProvider(provider);
    KeyStore keyStore = KeyStore.getInstance("PKCS11", provider);
    keyStore.load(null, PIN); // logs in
    return new SoftHsm(provider, keyStore);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(command.get(0) + " failed: " + output);
    }
  }

  Provider provider() {
    return provider;
  }

  /** The token's entries, logged in. */
  KeyStore keyStore() {
    return keyStore;
  }

  /** A copy in the token of a key outside it, for comparison with what is done outside. */
  SecretKey imported(SecretKey key) throws GeneralSecurityException {
    return SecretKeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key);
  }

  /**
   * The same as a lasting entry of the token. A MAC key comes back as an HSM's MAC keys do: under
   * an algorithm name that does not say which MAC it is for.
   */
  SecretKey stored(String alias, SecretKey key) throws GeneralSecurityException {
    keyStore.setKeyEntry(alias, key, null, null);
    return (SecretKey) keyStore.getKey(alias, null);
  }

  /** Logs out: private keys are of no use from here on. */
  void logout() throws GeneralSecurityException {
    ((AuthProvider) provider).logout();
  }

  @Override
  public void close() {
    Security.removeProvider(provider.getName());
  }
}
