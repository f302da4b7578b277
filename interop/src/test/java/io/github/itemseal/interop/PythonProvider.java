package io.github.itemseal.interop;

import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningAlgorithm;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.RandomItems;
import io.github.itemseal.testing.TestKeys;
import java.security.Key;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;

/**
 * One way of getting keys, configured alike in the Python client and here.
 *
 * @param name for reports, and as the name of the Python client's provider
 * @param settings as peer.py takes them
 * @param ours this library's provider with the same keys
 */
record PythonProvider(String name, Map<String, Object> settings, LocalMaterialsProvider ours) {
  private static final SecretKey AES = TestKeys.aes(256);

  /** Every provider without I/O that both sides know. */
  static List<PythonProvider> all() {
    KeyPair wrapping = TestKeys.rsa();
    KeyPair signing = TestKeys.rsa();
    SecretKey sha512 = TestKeys.hmac("HmacSHA512");
    return List.of(
        ofStaticKeys(),
        new PythonProvider(
            "wrapped AES-256, HmacSHA512",
            wrapped(secret("AES", AES), secret("AES", AES), secret("HmacSHA512", sha512)),
            WrappedMaterialsProvider.builder()
                .wrappingKey(AES)
                .signingKeys(SigningKeys.mac(sha512))
                .build()),
        new PythonProvider(
            "wrapped RSA-2048 (OAEP), HmacSHA256",
            wrapped(
                json("RSA", "PUBLIC", wrapping.getPublic()),
                json("RSA", "PRIVATE", wrapping.getPrivate()),
                secret("HmacSHA256", TestKeys.hmac())),
            WrappedMaterialsProvider.builder()
                .wrappingKeyPair(wrapping)
                .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                .build()),
        new PythonProvider(
            "wrapped AES-256, SHA256withRSA",
            wrapped(
                secret("AES", AES),
                secret("AES", AES),
                json("SHA256withRSA", "PRIVATE", signing.getPrivate())),
            WrappedMaterialsProvider.builder()
                .wrappingKey(AES)
                .signingKeys(SigningKeys.keyPair(signing).signingWith(SigningAlgorithm.RSA_SHA256))
                .build()));
  }

  static PythonProvider ofStaticKeys() {
    return new PythonProvider(
        "static AES-256, HmacSHA256",
        Map.of(
            "type", "static",
            "encryptionKey", secret("AES", AES),
            "signingKey", secret("HmacSHA256", TestKeys.hmac())),
        StaticMaterialsProvider.builder()
            .encryptionKey(AES)
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build());
  }

  /** The table that both clients agree about, under this provider. */
  PythonClient.Table table() {
    return new PythonClient.Table(
        name, Tables.NAME, RandomItems.PARTITION_KEY, RandomItems.SORT_KEY);
  }

  private static Map<String, Object> wrapped(
      Map<String, Object> wrapping, Map<String, Object> unwrapping, Map<String, Object> signing) {
    return Map.of(
        "type", "wrapped",
        "wrappingKey", wrapping,
        "unwrappingKey", unwrapping,
        "signingKey", signing);
  }

  private static Map<String, Object> secret(String algorithm, SecretKey key) {
    return json(algorithm, "SECRET", key);
  }

  private static Map<String, Object> json(String algorithm, String type, Key key) {
    return Map.of(
        "algorithm", algorithm,
        "type", type,
        "material", Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  @Override
  public String toString() {
    return name;
  }
}
