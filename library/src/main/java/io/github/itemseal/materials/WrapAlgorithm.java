package io.github.itemseal.materials;

import io.github.itemseal.internal.crypto.RsaPadding;
import java.security.Key;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a content key was wrapped, as far as an unwrapping key allows it.
 *
 * <p>Items name a JCE transformation. Both old clients accept more of them than they write, and
 * mean the same few algorithms: for a symmetric key always RFC 3394, whatever mode is named, for an
 * RSA key whatever the padding says. Absent means the key's own algorithm name, so for RSA PKCS #1
 * v1.5.
 *
 * <p>A delegated key whose algorithm is neither AES nor RSA wraps in its own way, under its own
 * name.
 *
 * @param transformation the JCE name that new items carry, and that delegated keys are given
 * @param rsaPadding the padding of an RSA-wrapped key; null for all others
 */
record WrapAlgorithm(String transformation, @Nullable RsaPadding rsaPadding) {
  private static final WrapAlgorithm AES_KEY_WRAP = new WrapAlgorithm("AESWrap", null);
  private static final List<String> MODES = List.of("ECB", "CBC", "CTR", "GCM");

  private static WrapAlgorithm of(RsaPadding padding) {
    return new WrapAlgorithm(padding.jcaTransformation(), padding);
  }

  /** What new content keys are wrapped with. */
  static WrapAlgorithm forWriting(Key wrappingKey) {
    return switch (wrappingKey.getAlgorithm().toUpperCase(Locale.ROOT)) {
      case "AES" -> AES_KEY_WRAP;
      case "RSA" -> of(RsaPadding.OAEP_SHA256);
      default -> new WrapAlgorithm(wrappingKey.getAlgorithm(), null);
    };
  }

  /**
   * The algorithm that an item names, if it is one for this kind of key.
   *
   * @param name the item's transformation, letter case ignored; absent as the class comment says
   */
  static Optional<WrapAlgorithm> named(Optional<String> name, Key unwrappingKey) {
    String transformation = name.orElse(unwrappingKey.getAlgorithm()).toUpperCase(Locale.ROOT);
    String[] parts = transformation.split("/", -1);
    boolean whole = parts.length == 3 && MODES.contains(parts[1]);
    return switch (unwrappingKey.getAlgorithm().toUpperCase(Locale.ROOT)) {
      case "AES" -> {
        boolean rfc3394 = transformation.equals("AESWRAP") || name.isEmpty();
        boolean aesByAnotherName = whole && (parts[0].equals("AES") || parts[0].equals("AESWRAP"));
        yield rfc3394 || aesByAnotherName ? Optional.of(AES_KEY_WRAP) : Optional.empty();
      }
      case "RSA" -> {
        if (transformation.equals("RSA")) {
          yield Optional.of(of(RsaPadding.PKCS1_V15));
        }
        yield whole && parts[0].equals("RSA")
            ? RsaPadding.fromJcaName(parts[2]).map(WrapAlgorithm::of)
            : Optional.empty();
      }
      default ->
          unwrappingKey instanceof DelegatedKey
                  && transformation.equalsIgnoreCase(unwrappingKey.getAlgorithm())
              ? Optional.of(forWriting(unwrappingKey))
              : Optional.empty();
    };
  }
}
