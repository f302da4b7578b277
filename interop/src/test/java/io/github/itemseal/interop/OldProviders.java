package io.github.itemseal.interop;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.EncryptionMaterialsProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.SymmetricStaticProvider;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.WrappedMaterialsProvider;
import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.VectorKeys;
import java.security.Key;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKey;

/** The old client's providers for what the vectors call {@code provider}. */
final class OldProviders {
  private OldProviders() {}

  /**
   * @param provider the member of the vector
   * @param extraDescription entries that steer how the old client writes
   */
  static EncryptionMaterialsProvider of(
      Map<String, Object> provider, VectorKeys keys, Map<String, String> extraDescription) {
    Map<String, String> description = new HashMap<>(extraDescription);
    if (provider.containsKey("materialDescription")) {
      Json.object(provider.get("materialDescription"))
          .forEach((name, text) -> description.put(name, (String) text));
    }
    String signingKey = (String) provider.get("signingKey");
    if (provider.get("type").equals("static")) {
      String name = (String) provider.get("encryptionKey");
      SecretKey encryptionKey = name == null ? null : keys.secret(name);
      return keys.isPair(signingKey)
          ? new SymmetricStaticProvider(encryptionKey, keys.pair(signingKey), description)
          : new SymmetricStaticProvider(encryptionKey, keys.secret(signingKey), description);
    }
    String name = (String) provider.get("wrappingKey");
    Key wrapping = keys.isPair(name) ? keys.pair(name).getPublic() : keys.secret(name);
    Key unwrapping = keys.isPair(name) ? keys.pair(name).getPrivate() : keys.secret(name);
    return keys.isPair(signingKey)
        ? new WrappedMaterialsProvider(wrapping, unwrapping, keys.pair(signingKey), description)
        : new WrappedMaterialsProvider(wrapping, unwrapping, keys.secret(signingKey), description);
  }
}
