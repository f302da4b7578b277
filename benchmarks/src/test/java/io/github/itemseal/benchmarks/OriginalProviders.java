package io.github.itemseal.benchmarks;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.EncryptionMaterialsProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.SymmetricStaticProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.WrappedMaterialsProvider;

/** The materials providers of the DynamoDB Encryption Client for Java. */
final class OriginalProviders {
  private OriginalProviders() {}

  static EncryptionMaterialsProvider of(Scheme scheme) {
    return switch (scheme) {
      case DDBEC_WRAPPED_AES -> wrappedAes();
      case DDBEC_WRAPPED_RSA ->
          new WrappedMaterialsProvider(
              Keys.rsa().getPublic(), Keys.rsa().getPrivate(), Keys.hmac());
      case DDBEC_STATIC -> new SymmetricStaticProvider(Keys.aes(), Keys.hmac());
      default -> throw new IllegalArgumentException(scheme.label());
    };
  }

  static EncryptionMaterialsProvider wrappedAes() {
    return new WrappedMaterialsProvider(Keys.aes(), Keys.aes(), Keys.hmac());
  }
}
