package io.github.itemseal.materials;

import io.github.itemseal.internal.crypto.AesKeyWrap;
import io.github.itemseal.internal.crypto.KeyCalls;
import io.github.itemseal.internal.crypto.KeyWrapping;
import io.github.itemseal.internal.crypto.RsaPadding;
import java.security.Key;
import java.security.PublicKey;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * How the content keys of new items are wrapped.
 *
 * @param aes for an AES key; null for others
 * @param description what all of these items say
 */
record ContentKeyWrapping(
    Key key, @Nullable AesKeyWrap aes, WrapAlgorithm algorithm, MaterialDescription description) {
  static ContentKeyWrapping with(Key key, MaterialDescription description) {
    WrapAlgorithm algorithm = WrapAlgorithm.forWriting(key);
    return new ContentKeyWrapping(
        key,
        aesOrNull(key),
        algorithm,
        description
            .with(DescriptionEntries.CONTENT_KEY_ALGORITHM, KeyWrapping.AES)
            .with(DescriptionEntries.WRAP_ALGORITHM, algorithm.transformation()));
  }

  byte[] wrap(SecretKey contentKey) {
    if (key instanceof DelegatedKey delegated) {
      return KeyCalls.call(
          "wrapping key", () -> delegated.wrap(algorithm.transformation(), contentKey));
    }
    return aes != null
        ? aes.wrap(contentKey)
        : KeyWrapping.wrapRsa((PublicKey) key, RsaPadding.OAEP_SHA256, contentKey);
  }

  /** Null for RSA and delegated keys. */
  static @Nullable AesKeyWrap aesOrNull(Key key) {
    return key instanceof SecretKey aes && !(key instanceof DelegatedKey)
        ? new AesKeyWrap(aes)
        : null;
  }
}
