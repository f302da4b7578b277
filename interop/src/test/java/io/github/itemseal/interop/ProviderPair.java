package io.github.itemseal.interop;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.DynamoDBEncryptor;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.EncryptionMaterialsProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.SymmetricStaticProvider;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningAlgorithm;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;

/**
 * One way of getting keys, configured alike in the old client and here.
 *
 * @param name for reports
 * @param old the old client's provider
 * @param ours this library's provider with the same keys
 * @param encrypts whether there is a content key
 */
record ProviderPair(
    String name, EncryptionMaterialsProvider old, LocalMaterialsProvider ours, boolean encrypts) {
  /** Description entry with which the old client is told how to sign with a key pair. */
  private static final String SIGNING_ALGORITHM =
      DynamoDBEncryptor.DEFAULT_SIGNING_ALGORITHM_HEADER;

  private static final SecretKey AES = TestKeys.aes(128);
  private static final SecretKey AES_WRAPPING = TestKeys.aes(256);
  private static final SecretKey MAC = TestKeys.hmac();

  /** Every provider and signature that both sides know. */
  static List<ProviderPair> all() {
    KeyPair wrapping = TestKeys.rsa();
    KeyPair signing = TestKeys.rsa();
    SigningKeys mac = SigningKeys.mac(MAC);
    return List.of(
        new ProviderPair(
            "static AES-128, HmacSHA256",
            new SymmetricStaticProvider(AES, MAC),
            StaticMaterialsProvider.builder().encryptionKey(AES).signingKeys(mac).build(),
            true),
        new ProviderPair(
            "static AES-128, HmacSHA512, own description",
            new SymmetricStaticProvider(AES, TestKeys.hmac("HmacSHA512"), Map.of("key", "ключ")),
            StaticMaterialsProvider.builder()
                .encryptionKey(AES)
                .signingKeys(SigningKeys.mac(TestKeys.hmac("HmacSHA512")))
                .materialDescription(Map.of("key", "ключ"))
                .build(),
            true),
        signOnly(),
        new ProviderPair(
            "wrapped AES-256, HmacSHA256",
            new com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers
                .WrappedMaterialsProvider(AES_WRAPPING, AES_WRAPPING, MAC),
            WrappedMaterialsProvider.builder().wrappingKey(AES_WRAPPING).signingKeys(mac).build(),
            true),
        new ProviderPair(
            "wrapped RSA-2048, HmacSHA256",
            new com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers
                .WrappedMaterialsProvider(wrapping.getPublic(), wrapping.getPrivate(), MAC),
            WrappedMaterialsProvider.builder().wrappingKeyPair(wrapping).signingKeys(mac).build(),
            true),
        // No entry of the description: the old client falls back to this algorithm.
        wrappedAes(signing, Map.of(), SigningAlgorithm.RSA_SHA256),
        wrappedAes(signing, SigningAlgorithm.RSA_SHA384),
        wrappedAes(signing, SigningAlgorithm.RSA_SHA512),
        wrappedAes(TestKeys.ec("secp256r1"), SigningAlgorithm.ECDSA_SHA256),
        wrappedAes(TestKeys.ec("secp384r1"), SigningAlgorithm.ECDSA_SHA384));
  }

  /** No content key: its items hold no random bytes. */
  static ProviderPair signOnly() {
    return new ProviderPair(
        "sign only, HmacSHA256",
        new SymmetricStaticProvider(null, MAC),
        StaticMaterialsProvider.builder().signingKeys(SigningKeys.mac(MAC)).build(),
        false);
  }

  private static ProviderPair wrappedAes(KeyPair signing, SigningAlgorithm algorithm) {
    return wrappedAes(signing, Map.of(SIGNING_ALGORITHM, algorithm.jcaName()), algorithm);
  }

  private static ProviderPair wrappedAes(
      KeyPair signing, Map<String, String> oldDescription, SigningAlgorithm algorithm) {
    return new ProviderPair(
        "wrapped AES-256, " + algorithm.jcaName(),
        new com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers
            .WrappedMaterialsProvider(AES_WRAPPING, AES_WRAPPING, signing, oldDescription),
        WrappedMaterialsProvider.builder()
            .wrappingKey(AES_WRAPPING)
            .signingKeys(SigningKeys.keyPair(signing).signingWith(algorithm))
            .build(),
        true);
  }

  @Override
  public String toString() {
    return name;
  }
}
