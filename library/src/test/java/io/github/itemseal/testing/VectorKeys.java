package io.github.itemseal.testing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The TEST KEYs of a vector file by name. */
public final class VectorKeys {
  private final Map<String, Object> json;

  /**
   * @param json names to keys, as in the member {@code keys} of the files
   */
  public VectorKeys(Map<String, Object> json) {
    this.json = json;
  }

  /** Whether a key is asymmetric. */
  public boolean isPair(String name) {
    return key(name).get("type").equals("keyPair");
  }

  /** A secret key. */
  public SecretKey secret(String name) {
    return new SecretKeySpec(bytes(name, "material"), (String) key(name).get("algorithm"));
  }

  /** A key pair. */
  public KeyPair pair(String name) {
    try {
      KeyFactory factory = KeyFactory.getInstance((String) key(name).get("algorithm"));
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(bytes(name, "publicKey"))),
          factory.generatePrivate(new PKCS8EncodedKeySpec(bytes(name, "privateKey"))));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("Test key " + name, e);
    }
  }

  /** A key as the file has it. */
  public Map<String, Object> key(String name) {
    if (!json.containsKey(name)) {
      throw new IllegalArgumentException("There is no key " + name);
    }
    return Json.object(json.get(name));
  }

  private byte[] bytes(String name, String member) {
    return Base64.getDecoder().decode((String) key(name).get(member));
  }
}
