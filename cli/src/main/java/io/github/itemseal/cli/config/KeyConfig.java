package io.github.itemseal.cli.config;

import io.github.itemseal.cli.config.KeyAlgorithm.Family;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/** One entry of {@code keys}: checked as it stands, its bytes not fetched yet. */
final class KeyConfig {
  private static final Set<Integer> AES_BYTES = Set.of(16, 24, 32);

  private enum Type {
    SYMMETRIC,
    PRIVATE,
    PUBLIC;

    static Optional<Type> named(String name) {
      for (Type type : values()) {
        if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  private final ConfigNode node;
  private final KeyAlgorithm algorithm;
  private final Type type;
  private final KeyEncoding encoding;
  private final KeyMaterial material;

  private KeyConfig(
      ConfigNode node,
      KeyAlgorithm algorithm,
      Type type,
      KeyEncoding encoding,
      KeyMaterial material) {
    this.node = node;
    this.algorithm = algorithm;
    this.type = type;
    this.encoding = encoding;
    this.material = material;
  }

  static KeyConfig from(ConfigNode node) {
    ConfigNode.Fields fields = node.fields("algorithm", "type", "encoding", "material");
    KeyAlgorithm algorithm =
        fields.required("algorithm").choice(KeyAlgorithm::named, KeyAlgorithm.CHOICES);
    return new KeyConfig(
        node,
        algorithm,
        type(algorithm.family(), fields),
        encoding(algorithm.family(), fields),
        KeyMaterial.from(fields.required("material")));
  }

  private static Type type(Family family, ConfigNode.Fields fields) {
    if (family.symmetric() && fields.optional("type").isEmpty()) {
      return Type.SYMMETRIC;
    }
    ConfigNode node = fields.required("type", "an RSA or EC key is private or public");
    Type type = node.choice(Type::named, "private, public, symmetric");
    if (family.symmetric() != (type == Type.SYMMETRIC)) {
      throw node.error(
          "does not go with the algorithm",
          family.symmetric()
              ? "AES and Hmac keys are symmetric: leave the type out"
              : "an RSA or EC key is private or public");
    }
    return type;
  }

  private static KeyEncoding encoding(Family family, ConfigNode.Fields fields) {
    if (family.symmetric() && fields.optional("encoding").isEmpty()) {
      return KeyEncoding.RAW;
    }
    ConfigNode node = fields.required("encoding", "an RSA or EC key is in DER or PEM");
    KeyEncoding encoding = node.choice(KeyEncoding::named, "RAW, DER, PEM");
    if (family.symmetric() != (encoding == KeyEncoding.RAW)) {
      throw node.error(
          "does not go with the algorithm",
          family.symmetric() ? "AES and Hmac keys are RAW" : "RSA and EC keys are DER or PEM");
    }
    return encoding;
  }

  /** The key itself. */
  ResolvedKey resolve(KeyMaterial.Surroundings surroundings) {
    byte[] bytes = material.load(surroundings);
    return new ResolvedKey(key(bytes), algorithm.signature());
  }

  private Key key(byte[] bytes) {
    if (type == Type.SYMMETRIC) {
      if (algorithm.family() == Family.AES && !AES_BYTES.contains(bytes.length)) {
        throw node.error(
            "an AES key has 16, 24 or 32 bytes, this one %s".formatted(bytes.length),
            "a file holds the raw bytes, without Base64 and without a line end");
      }
      return new SecretKeySpec(bytes, algorithm.jcaName());
    }
    boolean isPrivate = type == Type.PRIVATE;
    byte[] der =
        encoding == KeyEncoding.PEM
            ? KeyEncoding.derOfPem(bytes, isPrivate ? "PRIVATE KEY" : "PUBLIC KEY", node)
            : bytes;
    try {
      KeyFactory factory = KeyFactory.getInstance(algorithm.jcaName());
      return isPrivate
          ? factory.generatePrivate(new PKCS8EncodedKeySpec(der))
          : factory.generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      // The cause may quote the encoding.
      throw node.error(
          "is not %s %s key in %s"
              .formatted(
                  algorithm.jcaName().equals("RSA") ? "an RSA" : "an EC",
                  isPrivate ? "private" : "public",
                  isPrivate ? "PKCS #8" : "X.509 SubjectPublicKeyInfo"),
          "check algorithm, type and encoding; openssl pkcs8 and openssl pkey convert keys");
    }
  }
}
