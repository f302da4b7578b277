package io.github.itemseal.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of DBE items: what is refused, by the path of the field. */
class DbeConfigTest {
  private static final String ARN =
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  private static final String KEYS = keys();

  @TempDir Path directory;

  private static String keys() {
    KeyPair rsa = TestKeys.rsa();
    KeyPair shortRsa = shortRsa();
    KeyPair p256 = TestKeys.ec("secp256r1");
    return """
        keys:
          aes: {algorithm: AES, material: {base64: "AAECAwQFBgcICQoLDA0ODw=="}}
          mac: {algorithm: HmacSHA256, material: {base64: "c2VjcmV0c2VjcmV0c2VjcmV0"}}
        """
        + key("rsaPu", "public", rsa.getPublic())
        + key("rsaPr", "private", rsa.getPrivate())
        + key("shortPu", "public", shortRsa.getPublic())
        + key("shortPr", "private", shortRsa.getPrivate())
        + key("ecPu", "public", p256.getPublic())
        + key("ecPr", "private", p256.getPrivate())
        + key("ec384", "public", TestKeys.ec("secp384r1").getPublic());
  }

  private static KeyPair shortRsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String key(String name, String type, Key key) {
    return "  %s: {algorithm: %s, type: %s, encoding: DER, material: {base64: \"%s\"}}%n"
        .formatted(
            name, key.getAlgorithm(), type, Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  private TableEncryption table(String fields, Purpose purpose) throws IOException {
    Path file = directory.resolve("c.yaml");
    Files.writeString(file, KEYS + "tables: {T: {" + fields.replace("ARN", ARN) + "}}\n");
    try (AwsClients clients = new AwsClients()) {
      return Config.load(file, Map.of()).table("T", purpose, clients);
    }
  }

  private void assertRefused(String fields, Purpose purpose, String message) {
    assertThatThrownBy(() -> table(fields, purpose))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("tables.T." + message)
        .hasMessageNotContaining("secret")
        .satisfies(
            e -> assertThat(((ConfigException) e).hint()).isNotBlank().doesNotContain("secret"));
  }

  private static final String AES =
      "dbe: {keyring: {type: raw-aes, namespace: n, name: k, key: aes}}";

  @Test
  void table_exampleOfTheContract_isAccepted() throws IOException {
    TableEncryption table =
        table(
            "logicalName: Orders, partitionKey: pk, sortKey: sk, defaultAction: ENCRYPT_AND_SIGN,"
                + " attributeActions: {ISBN: DO_NOTHING, PublicationYear: SIGN_ONLY},"
                + " unsignedAttributes: [a, b], unsignedPrefix: ':', writes: ddbec,"
                + " reads: [ddbec, dbe, plaintext],"
                + " ddbec: {provider: {type: static, encryptionKey: aes, signingKey: mac}},"
                + " dbe: {suite: ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384,"
                + " keyring: {type: raw-aes, namespace: n, name: k, key: aes}}",
            Purpose.ENCRYPT);
    assertThat(table.writes().name()).isEqualTo("DDBEC");
    assertThat(table.reads())
        .extracting(ItemFormat::name)
        .containsExactly("DDBEC", "DBE", "plaintext");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "dbe: {};dbe.keyring: is missing",
        "dbe: {x: 1};dbe.x: is not a known field",
        "dbe: {suite: secret, keyring: {}};dbe.suite: has an unknown value",
        "dbe: {keyring: []};dbe.keyring: must be a mapping",
        "dbe: {keyring: {}};dbe.keyring.type: is missing",
        "defaultAction: DO_NOTHING;defaultAction: cannot be DO_NOTHING where dbe is written",
        "attributeActions: {a: DO_NOTHING};attributeActions.a: is DO_NOTHING, but neither in",
        "attributeActions: {a: SIGN_ONLY}, unsignedAttributes: [a];attributeActions.a: is signed, but",
        "attributeActions: {':a': SIGN_ONLY}, unsignedPrefix: ':';attributeActions[':a']: is signed, but",
        "attributeActions: {aws-crypto-a: SIGN_ONLY};attributeActions.aws-crypto-a: the name is reserved in dbe",
        "attributeActions: {pk: DO_NOTHING};attributeActions.pk: a key of this table needs SIGN_ONLY",
        "attributeActions: {pk: SIGN_ONLY, a: SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT};attributeActions.pk: a key of this table needs SIGN_AND_INCLUDE_IN",
        "unsignedAttributes: [a, pk];unsignedAttributes[1]: leaves a key of the table unsigned",
        "unsignedPrefix: p;unsignedPrefix: leaves a key of the table unsigned",
        "unsignedAttributes: [a, a];unsignedAttributes[1]: names an attribute twice",
        "unsignedAttributes: [aws_dbe_head];unsignedAttributes[0]: the name is reserved",
        "unsignedAttributes: a;unsignedAttributes: must be a list",
        "unsignedPrefix: '';unsignedPrefix: is empty",
      })
  void load_tableThatCannotWriteDbe_isRefusedWithItsPath(String fields, String message) {
    String rest = fields.startsWith("dbe:") ? fields : fields + ", " + AES;
    assertRefused("partitionKey: pk, writes: dbe, " + rest, Purpose.ENCRYPT, message);
  }

  @Test
  void load_contextActionWhereDdbecIsWritten_isRefusedWithItsPath() {
    assertRefused(
        "partitionKey: pk, writes: ddbec, reads: [ddbec, dbe], ddbec: {provider: {type: static,"
            + " signingKey: mac}}, attributeActions: {a: SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT}, "
            + AES,
        Purpose.ENCRYPT,
        "attributeActions.a: only dbe items can hold");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "type: secret;type: has an unknown value",
        "type: raw-aes;namespace: is missing",
        "type: raw-aes, namespace: n;name: is missing",
        "type: raw-aes, namespace: n, name: k;key: is missing",
        "type: raw-aes, namespace: n, name: k, key: secret;key: names no key of 'keys'",
        "type: raw-aes, namespace: n, name: k, key: rsaPu;key: is not an AES key",
        "type: raw-aes, namespace: aws-kms, name: k, key: aes;namespace: belongs to the keys of AWS KMS",
        "type: raw-aes, namespace: n, name: k, key: aes, x: 1;x: is not a known field",
        "type: raw-rsa, namespace: n, name: k, publicKey: rsaPu;padding: is missing",
        "type: raw-rsa, namespace: n, name: k, padding: OAEP_SHA256, publicKey: rsaPu;padding: has an unknown value",
        "type: raw-rsa, namespace: n, name: k, padding: PKCS1;publicKey: is missing",
        "type: raw-rsa, namespace: n, name: k, padding: PKCS1, publicKey: rsaPr;publicKey: is not a public RSA key",
        "type: raw-rsa, namespace: n, name: k, padding: PKCS1, publicKey: ecPu;publicKey: is not a public RSA key",
        "type: raw-rsa, namespace: n, name: k, padding: PKCS1, publicKey: rsaPu, privateKey: rsaPu;privateKey: is not a private RSA key",
        "type: raw-rsa, namespace: n, name: k, padding: PKCS1, publicKey: rsaPu, privateKey: shortPr;privateKey: does not belong to publicKey",
        "type: raw-rsa, namespace: n, name: k, padding: OAEP_SHA512_MGF1, publicKey: shortPu;publicKey: has 1024 bits, too few for the padding",
        "type: raw-ecdh;schema: is missing",
        "type: raw-ecdh, schema: secret;schema: has an unknown value",
        "type: raw-ecdh, schema: static;curve: is missing",
        "type: raw-ecdh, schema: static, curve: p256;curve: has an unknown value",
        "type: raw-ecdh, schema: static, curve: P-256;privateKey: is missing",
        "type: raw-ecdh, schema: static, curve: P-256, privateKey: ecPr;publicKey: is missing",
        "type: raw-ecdh, schema: static, curve: P-256, privateKey: ecPu, publicKey: ecPu;privateKey: is not a private EC key",
        "type: raw-ecdh, schema: static, curve: P-256, privateKey: ecPr, publicKey: ec384;publicKey: is not a key on the curve P-256",
        "type: raw-ecdh, schema: static, curve: P-384, privateKey: ecPr, publicKey: ec384;privateKey: is not a key on the curve P-384",
        "type: raw-ecdh, schema: ephemeral, curve: P-256, publicKey: ecPu, privateKey: ecPr;privateKey: is not used by the schema ephemeral",
        "type: raw-ecdh, schema: discovery, curve: P-256, publicKey: ecPu, privateKey: ecPr;publicKey: is not used by the schema discovery",
        "type: aws-kms;keyId: is missing",
        "type: aws-kms, keyId: 'arn:secret';keyId: is not the ARN of a KMS key or alias",
        "type: aws-kms, keyId: 'the secret';keyId: is not the id, ARN or alias of a KMS key",
        "type: aws-kms, keyId: 'arn:aws:kms:eu-west-1:1:key/secret';keyId: is not the id, ARN or alias of a KMS key",
        "type: aws-kms-ecdh, keyId: alias/, schema: discovery, curve: P-256, region: eu-west-1;keyId: is not the id, ARN or alias of a KMS key",
        "type: aws-kms, keyId: 'ARN', region: us-east-1;region: is not the Region of the key's ARN",
        "type: aws-kms, keyId: 'ARN', endpoint: 'http://example.com';endpoint: would send data keys over the network",
        "type: aws-kms, keyId: 'ARN', regions: [];regions: is not a known field",
        "type: aws-kms-mrk, keyId: alias/x;keyId: is not the ARN of a KMS key, which this type needs",
        "type: aws-kms-rsa, keyId: 1234abcd-12ab-34cd-56ef-1234567890ab, region: eu-west-1;keyId: is not the ARN of a KMS key, which this type needs",
        "type: aws-kms-rsa, keyId: alias/x;keyId: is not the ARN of a KMS key, which this type needs",
        "type: aws-kms-rsa, keyId: 'ARN', algorithm: secret;algorithm: has an unknown value",
        "type: aws-kms-ecdh, keyId: 'ARN', schema: ephemeral;schema: has an unknown value",
        "type: aws-kms-ecdh, keyId: 'ARN', schema: static, curve: P-256;publicKey: is missing",
        "type: aws-kms-ecdh, keyId: 'ARN', schema: static, curve: P-256, publicKey: ecPu, ownPublicKey: ec384;ownPublicKey: is not a key on the curve P-256",
        "type: aws-kms-discovery, keyId: x;keyId: is not a known field",
        "type: aws-kms-discovery, accounts: ['1'];accounts[0]: is not an account of AWS",
        "type: aws-kms-discovery, accounts: [];accounts: is empty",
        "type: aws-kms-discovery, partition: aws;accounts: is missing",
        "type: aws-kms-discovery, regions: [];regions: is empty",
        "type: aws-kms-discovery, regions: [eu-west-1, eu-west-1];regions[1]: names a Region twice",
        "type: aws-kms-discovery, regions: [eu_west];regions[0]: is not the name of a Region",
        "type: aws-kms-discovery, regions: [eu-west-1], region: eu-west-1;region: is given beside 'regions'",
        "type: multi;generator: is missing",
        "type: multi, generator: {}, children: [];generator.type: is missing",
        "type: multi, children: [{type: raw-aes, namespace: n, name: k, key: aes}, {type: raw-aes}];children[1].namespace: is missing",
      })
  void load_keyringThatCannotBe_isRefusedWithItsPath(String keyring, String message) {
    assertRefused(
        "partitionKey: pk, writes: dbe, dbe: {keyring: {" + keyring + "}}",
        Purpose.ENCRYPT,
        "dbe.keyring." + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "type: raw-rsa, namespace: n, name: k, padding: PKCS1, privateKey: rsaPr;publicKey: is missing",
        "type: raw-ecdh, schema: discovery, curve: P-256, privateKey: ecPr;schema: discovery only decrypts",
        "type: aws-kms-discovery;type: aws-kms-discovery only decrypts",
        "type: aws-kms-rsa, keyId: 'ARN';publicKey: is missing",
        "type: multi, generator: {type: raw-aes, namespace: n, name: k, key: aes}, children: [{type: aws-kms-discovery}];children[0].type: aws-kms-discovery only decrypts",
      })
  void table_keyringThatOnlyReads_isRefusedForWriting(String keyring, String message)
      throws IOException {
    String fields = "partitionKey: pk, writes: dbe, dbe: {keyring: {" + keyring + "}}";
    assertRefused(fields, Purpose.ENCRYPT, "dbe.keyring." + message);
    String local = fields.replace("aws-kms-discovery", "aws-kms-discovery, region: eu-west-1");
    assertThat(table(local, Purpose.DECRYPT).writes().name()).isEqualTo("DBE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "type: raw-rsa, namespace: n, name: k, padding: PKCS1, publicKey: rsaPu;privateKey: is missing",
        "type: raw-ecdh, schema: ephemeral, curve: P-256, publicKey: ecPu;schema: ephemeral only encrypts",
        "type: multi, children: [{type: raw-ecdh, schema: ephemeral, curve: P-256, publicKey: ecPu}];children[0].schema: ephemeral only encrypts",
      })
  void table_keyringThatOnlyWrites_isRefusedForReading(String keyring, String message)
      throws IOException {
    String fields = "partitionKey: pk, writes: dbe, dbe: {keyring: {" + keyring + "}}";
    assertRefused(fields, Purpose.DECRYPT, "dbe.keyring." + message);
    assertThat(table(fields, Purpose.ENCRYPT).writes().name()).isEqualTo("DBE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "suite: ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384, "
      })
  void table_kmsRsaWithSignatures_isRefusedForWriting(String suite) {
    assertRefused(
        "partitionKey: pk, writes: dbe, dbe: {"
            + suite
            + "keyring: {type: aws-kms-rsa, keyId: 'ARN', publicKey: rsaPu}}",
        Purpose.ENCRYPT,
        suite.isEmpty() ? "dbe.suite: is missing" : "dbe.suite: has a signature");
  }

  @Test
  void table_moreDataKeysThanAnItemMayHave_isRefusedForWriting() throws IOException {
    String aes = "{type: raw-aes, namespace: n, name: k, key: aes}";
    String half = "{type: multi, children: [" + String.join(", ", Collections.nCopies(16, aes));
    String fits = "type: multi, children: [" + half + "]}, " + half + "]}]";
    String tooMany = fits + ", generator: " + aes;
    String fields = "partitionKey: pk, writes: dbe, dbe: {keyring: {KEYRING}}";
    assertThat(table(fields.replace("KEYRING", fits), Purpose.ENCRYPT)).isNotNull();
    assertRefused(
        fields.replace("KEYRING", tooMany),
        Purpose.ENCRYPT,
        "dbe.keyring: writes 33 data keys into an item, more than 32");
    assertThat(table(fields.replace("KEYRING", tooMany), Purpose.DECRYPT)).isNotNull();
  }
}
