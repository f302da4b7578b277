package io.github.itemseal.cli.config;

import io.github.itemseal.materials.SigningAlgorithm;
import io.github.itemseal.materials.SigningKeys;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import javax.crypto.SecretKey;

/** The fields {@code signingKey} and {@code verificationKey} of a provider. */
final class SigningConfig {
  static final String SIGNING_KEY = "signingKey";
  static final String VERIFICATION_KEY = "verificationKey";

  private final ConfigNode provider;
  private final Optional<ConfigNode> signing;
  private final Optional<ConfigNode> verification;

  private SigningConfig(
      ConfigNode provider, Optional<ConfigNode> signing, Optional<ConfigNode> verification) {
    this.provider = provider;
    this.signing = signing;
    this.verification = verification;
  }

  static SigningConfig from(ConfigNode provider, ConfigNode.Fields fields, NamedKeys keys) {
    Optional<ConfigNode> signing = fields.optional(SIGNING_KEY).map(keys::requireName);
    Optional<ConfigNode> verification = fields.optional(VERIFICATION_KEY).map(keys::requireName);
    if (signing.isEmpty() && verification.isEmpty()) {
      throw provider.missing(SIGNING_KEY, "every item is signed; name a key of 'keys'");
    }
    return new SigningConfig(provider, signing, verification);
  }

  SigningKeys build(NamedKeys keys, Purpose purpose) {
    if (signing.isEmpty()) {
      if (purpose.encrypts()) {
        throw provider.missing(SIGNING_KEY, "a verification key alone can only decrypt");
      }
      return verifier(verification.orElseThrow(), keys);
    }
    ConfigNode place = signing.get();
    ResolvedKey key = keys.resolve(place);
    if (key.key() instanceof PublicKey) {
      throw place.error(
          "is a public key, which cannot sign",
          "to decrypt only, name it verificationKey and leave signingKey out");
    }
    if (SigningAlgorithm.allowedFor(key.key()).isEmpty()) {
      throw cannotSign(place);
    }
    if (key.key() instanceof SecretKey mac) {
      SecretKey verifying = verifyingMac(mac, keys);
      return purpose.encrypts()
          ? place.accepted(() -> SigningKeys.of(mac, verifying))
          : strongOrVerifier(mac, verifying);
    }
    PrivateKey privateKey = (PrivateKey) key.key();
    PublicKey verifying = publicKey(place, privateKey, keys);
    if (!purpose.encrypts()) {
      return SigningKeys.verifier(verifying);
    }
    SigningKeys signer = place.accepted(() -> SigningKeys.of(privateKey, verifying));
    return key.signature().map(signer::signingWith).orElse(signer);
  }

  /**
   * A MAC key that verifies can sign too, and must: a key table that is opened to read still gets
   * its first version. Weak keys, of old items, verify only.
   */
  private static SigningKeys strongOrVerifier(SecretKey mac, SecretKey verifying) {
    try {
      return SigningKeys.of(mac, verifying);
    } catch (IllegalArgumentException weak) {
      return SigningKeys.verifier(verifying);
    }
  }

  private SecretKey verifyingMac(SecretKey signingKey, NamedKeys keys) {
    if (verification.isEmpty()) {
      return signingKey;
    }
    ConfigNode place = verification.get();
    if (keys.resolve(place).key() instanceof SecretKey other) {
      if (SigningAlgorithm.allowedFor(other).isEmpty()) {
        throw cannotSign(place);
      }
      return other;
    }
    throw place.error(
        "does not go with an Hmac signingKey", "name an Hmac key, or leave verificationKey out");
  }

  private PublicKey publicKey(ConfigNode place, PrivateKey signingKey, NamedKeys keys) {
    if (verification.isEmpty()) {
      return publicKeyOf(place, signingKey);
    }
    ConfigNode verificationPlace = verification.get();
    if (keys.resolve(verificationPlace).key() instanceof PublicKey publicKey) {
      return publicKey;
    }
    throw verificationPlace.error(
        "must be a public key, like the private signingKey",
        "name an RSA or EC key of type public");
  }

  private static SigningKeys verifier(ConfigNode place, NamedKeys keys) {
    Key key = keys.resolve(place).key();
    if (SigningAlgorithm.allowedFor(key).isEmpty()) {
      throw cannotSign(place);
    }
    if (key instanceof PublicKey publicKey) {
      return SigningKeys.verifier(publicKey);
    }
    if (key instanceof SecretKey mac) {
      return SigningKeys.verifier(mac);
    }
    throw place.error("is a private key, which cannot verify", "name the public key");
  }

  /** An RSA private key in its usual form holds the public one. */
  private PublicKey publicKeyOf(ConfigNode place, PrivateKey key) {
    if (key instanceof RSAPrivateCrtKey rsa) {
      try {
        return KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      } catch (GeneralSecurityException e) {
        throw place.error(
            "has no usable public key in it", "name the public key in verificationKey");
      }
    }
    throw provider.missing(
        VERIFICATION_KEY, "the public key does not follow from this private key: name it here");
  }

  private static ConfigException cannotSign(ConfigNode place) {
    return place.error("is a key that cannot sign", "name an Hmac key, or a private RSA or EC key");
  }
}
