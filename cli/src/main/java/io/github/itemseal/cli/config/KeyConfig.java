package io.github.itemseal.cli.config;

import io.github.itemseal.cli.config.KeyAlgorithm.Family;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** One entry of {@code keys}. */
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

  /** Whether it can be had here: a table's secrets need only be where that table is worked on. */
  boolean isThere(KeyMaterial.Surroundings surroundings) {
    return material.isThere(surroundings);
  }

  /** The key itself, fetched and checked. */
  ResolvedKey resolve(KeyMaterial.Surroundings surroundings) {
    Key key = key(material.load(surroundings));
    requireReads(key);
    return new ResolvedKey(key, algorithm.signature());
  }

  /** Of every key, the least that its use for old items takes; writing takes more. */
  private void requireReads(Key key) {
    if (key instanceof PublicKey publicKey) {
      SigningKeys unused = node.accepted(() -> SigningKeys.verifier(publicKey));
    } else if (algorithm.family() == Family.MAC) {
      SigningKeys unused = node.accepted(() -> SigningKeys.verifier((SecretKey) key));
    } else if (key instanceof PrivateKey rsa && algorithm.family() == Family.RSA) {
      var unused = node.accepted(() -> WrappedMaterialsProvider.builder().unwrappingKey(rsa));
    }
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
