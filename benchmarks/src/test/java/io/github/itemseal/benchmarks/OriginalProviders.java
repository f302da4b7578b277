package io.github.itemseal.benchmarks;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.EncryptionMaterialsProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.KeyStoreMaterialsProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.SymmetricStaticProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.WrappedMaterialsProvider;
import java.security.GeneralSecurityException;
import java.util.Map;

/** The materials providers of the DynamoDB Encryption Client for Java. */
final class OriginalProviders {
  private OriginalProviders() {}

  static EncryptionMaterialsProvider of(Scheme scheme) throws GeneralSecurityException {
    return switch (scheme) {
      case DDBEC_WRAPPED_AES -> wrappedAes();
      case DDBEC_WRAPPED_RSA ->
          new WrappedMaterialsProvider(
              Keys.rsa().getPublic(), Keys.rsa().getPrivate(), Keys.hmac());
      case DDBEC_STATIC -> new SymmetricStaticProvider(Keys.aes(), Keys.hmac());
      case DDBEC_KEY_STORE -> keyStore();
      case DDBEC_SIGNED -> new WrappedMaterialsProvider(Keys.aes(), Keys.aes(), Keys.rsa());
      default -> throw new IllegalArgumentException(scheme.label());
    };
  }

  static EncryptionMaterialsProvider wrappedAes() {
    return new WrappedMaterialsProvider(Keys.aes(), Keys.aes(), Keys.hmac());
  }

  private static EncryptionMaterialsProvider keyStore() throws GeneralSecurityException {
    return new KeyStoreMaterialsProvider(
        Keys.keyStore(),
        Keys.ENCRYPTION_ALIAS,
        Keys.SIGNING_ALIAS,
        Keys.keyStorePassword(),
        Keys.keyStorePassword(),
        Map.of());
  }
}
