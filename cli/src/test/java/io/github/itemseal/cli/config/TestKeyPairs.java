package io.github.itemseal.cli.config;

import io.github.itemseal.testing.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;

/** Fresh key pairs as a configuration spells them. */
record TestKeyPairs(
    String rsaPrivate, String rsaPublic, String rsaPrivatePem, String ecPrivate, String ecPublic) {
  static TestKeyPairs generate() {
    KeyPair rsa = TestKeys.rsa();
    KeyPair ec = TestKeys.ec("secp256r1");
    String pem =
        "A test key\n-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(rsa.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return new TestKeyPairs(
        base64(rsa.getPrivate().getEncoded()),
        base64(rsa.getPublic().getEncoded()),
        base64(pem.getBytes(StandardCharsets.US_ASCII)),
        base64(ec.getPrivate().getEncoded()),
        base64(ec.getPublic().getEncoded()));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
