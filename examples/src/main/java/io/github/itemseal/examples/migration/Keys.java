package io.github.itemseal.examples.migration;

import io.github.itemseal.keyring.LocalKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import java.security.GeneralSecurityException;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/**
 * A source of keys for each format: here keys of this process, in an application AWS KMS, say. The
 * two formats need not share a key.
 *
 * @param materials of the first format
 * @param keyring of the second
 */
record Keys(LocalMaterialsProvider materials, LocalKeyring keyring) {
  static Keys random() {
    return new Keys(
        WrappedMaterialsProvider.builder()
            .wrappingKey(key("AES"))
            .signingKeys(SigningKeys.mac(key("HmacSHA256")))
            .build(),
        RawAesKeyring.of("shop", "customers-2026", key("AES")));
  }

  private static SecretKey key(String algorithm) {
    try {
      KeyGenerator generator = KeyGenerator.getInstance(algorithm);
      generator.init(256);
      return generator.generateKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
