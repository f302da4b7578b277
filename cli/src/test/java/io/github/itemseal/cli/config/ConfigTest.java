package io.github.itemseal.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ConfigTest {
  /** TEST KEYS, AES of bytes 0, 1, 2 … and a MAC key. */
  private static final String KEYS =
      """
      keys:
        aes: {algorithm: AES, material: {base64: "AAECAwQFBgcICQoLDA0ODw=="}}
        mac: {algorithm: HmacSHA256, material: {base64: "c2VjcmV0c2VjcmV0c2VjcmV0"}}
      """;

  @TempDir Path directory;

  private TableEncryption table(String yaml, Purpose purpose) throws IOException {
    Path file = Files.writeString(directory.resolve("c.yaml"), yaml);
    try (AwsClients clients = new AwsClients()) {
      return Config.load(file, Map.of("MAC_KEY", "c2VjcmV0c2VjcmV0c2VjcmV0", "BAD_KEY", "secret*"))
          .table("T", purpose, clients);
    }
  }

  private static String tables(String fields) {
    return KEYS + "tables: {T: {" + fields + "}}\n";
  }

  private static String provider(String fields) {
    return tables("partitionKey: pk, writes: ddbec, ddbec: {provider: {" + fields + "}}");
  }

  @Test
  void table_everyFieldOfThisVersion_isUsed() throws IOException {
    TableEncryption table =
        table(
            tables(
                "logicalName: L, partitionKey: pk, sortKey: sk, defaultAction: SIGN_ONLY,"
                    + " attributeActions: {a: ENCRYPT_AND_SIGN, b: DO_NOTHING},"
                    + " writes: ddbec, reads: [plaintext, ddbec], ddbec: {provider:"
                    + " {type: static, encryptionKey: aes, signingKey: mac}}"),
            Purpose.ENCRYPT);
    assertThat(table.logicalTableName()).isEqualTo("L");
    assertThat(table.table().name()).isEqualTo("T");
    assertThat(table.table().primaryIndex().orElseThrow().attributes()).containsExactly("pk", "sk");
    assertThat(table.actions().defaultAction()).isEqualTo(CryptoAction.SIGN_ONLY);
    assertThat(table.actions().actionFor("a")).isEqualTo(CryptoAction.ENCRYPT_AND_SIGN);
    assertThat(table.actions().actionFor("b")).isEqualTo(CryptoAction.DO_NOTHING);
    assertThat(table.writes().name()).isEqualTo("DDBEC");
    assertThat(table.reads()).extracting(ItemFormat::name).containsExactly("plaintext", "DDBEC");
  }

  @Test
  void table_defaults_areThoseOfTheContract() throws IOException {
    TableEncryption table =
        table(provider("type: wrapped, wrappingKey: aes, signingKey: mac"), Purpose.DECRYPT);
    assertThat(table.logicalTableName()).isEqualTo("T");
    assertThat(table.actions().defaultAction()).isEqualTo(CryptoAction.ENCRYPT_AND_SIGN);
    assertThat(table.reads()).containsExactly(table.writes());
    assertThat(table.table().primaryIndex().orElseThrow().sortKey()).isEmpty();
  }

  @Test
  void load_json_isYaml() throws IOException {
    String json =
        """
        {\t"keys": {"mac": {"algorithm": "HmacSHA256", "material": {"base64": "c2VjcmV0c2VjcmV0c2Vj\\/w=="}}},
        \t"tables": {
        \t\t"T": {"partitionKey": "p\\u006b", "writes": "ddbec", "defaultAction": "SIGN_ONLY",
        \t\t\t"ddbec": {"provider": {"type": "static", "signingKey": "mac"}}}}}
        """;
    assertThat(table(json, Purpose.ENCRYPT).table().primaryIndex().orElseThrow().partitionKey())
        .isEqualTo("pk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "x: 1;tables.T.x: is not a known field",
        "writes: plaintext;tables.T.partitionKey: is missing",
        "partitionKey: pk;tables.T.writes: is missing",
        "partitionKey: 1, writes: plaintext;tables.T.partitionKey: must be text, but is a number",
        "partitionKey: , writes: plaintext;tables.T.partitionKey: must be text, but is nothing",
        "partitionKey: '', writes: plaintext;tables.T.partitionKey: is empty",
        "partitionKey: [pk], writes: plaintext;tables.T.partitionKey: must be text, but is a list",
        "partitionKey: aws_dbe_x, writes: plaintext;tables.T.partitionKey: the name is reserved",
        "partitionKey: pk, sortKey: pk, writes: plaintext;tables.T.sortKey: is the partition key",
        "partitionKey: pk, writes: secret;tables.T.writes: has an unknown value",
        "partitionKey: pk, writes: DDBEC;tables.T.writes: has an unknown value",
        "partitionKey: pk, writes: ddbec;tables.T.ddbec: is missing",
        "partitionKey: pk, writes: plaintext, reads: [plaintext, ddbec];tables.T.ddbec: is missing",
        "partitionKey: pk, writes: ddbec, ddbec: {};tables.T.ddbec.provider: is missing",
        "partitionKey: pk, writes: ddbec, ddbec: {x: 1};tables.T.ddbec.x: is not a known field",
        "partitionKey: pk, writes: plaintext, reads: plaintext;tables.T.reads: must be a list",
        "partitionKey: pk, writes: plaintext, reads: [];tables.T.reads: must include what is written",
        "partitionKey: pk, writes: plaintext, reads: [plaintext, x];tables.T.reads[1]: has an unknown",
        "partitionKey: pk, writes: plaintext, reads: [plaintext, plaintext];tables.T.reads[1]: names",
        "partitionKey: pk, writes: dbe;tables.T.dbe: is missing",
        "partitionKey: pk, writes: plaintext, reads: [plaintext, dbe];tables.T.dbe: is missing",
        "partitionKey: pk, writes: plaintext, dbe: {};tables.T.dbe.keyring: is missing",
        "partitionKey: pk, writes: plaintext, defaultAction: secret;tables.T.defaultAction: has an unknown",
        "partitionKey: pk, writes: plaintext, attributeActions: [a];tables.T.attributeActions: must be a mapping",
        "partitionKey: pk, writes: plaintext, attributeActions: {1: SIGN_ONLY};tables.T.attributeActions: has a name that is not text",
        "partitionKey: pk, writes: plaintext, attributeActions: {a.b: secret};tables.T.attributeActions['a.b']: has an unknown",
        "partitionKey: pk, writes: plaintext, attributeActions: {pk: ENCRYPT_AND_SIGN};tables.T.attributeActions.pk: a key of the table",
        "partitionKey: pk, writes: plaintext, attributeActions: {aws_dbe_foot: SIGN_ONLY};tables.T.attributeActions.aws_dbe_foot: the name is reserved",
        "partitionKey: pk, writes: plaintext, defaultAction: SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;tables.T.defaultAction: only dbe",
        "partitionKey: pk, writes: plaintext, attributeActions: {a: SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT};tables.T.attributeActions.a: only dbe",
        "partitionKey: pk, writes: plaintext, unsignedPrefix: ':';tables.T.unsignedPrefix: is for dbe",
        "partitionKey: pk, writes: plaintext, unsignedAttributes: [a];tables.T.unsignedAttributes: is for dbe",
        "partitionKey: pk, writes: plaintext, unsignedAttributes: [1];tables.T.unsignedAttributes[0]: must be text",
        "partitionKey: pk, writes: plaintext, logicalName: [];tables.T.logicalName: must be text",
      })
  void table_fieldNotAsItShouldBe_isRefusedWithItsPath(String fields, String message) {
    assertRefused(tables(fields), Purpose.ENCRYPT, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "type: 1;.type: must be text",
        "x: 1;.type: is missing",
        "type: secret;.type: has an unknown value",
        "type: aws-kms;.keyId: is missing",
        "type: aws-kms, keyId: 1;.keyId: must be text",
        "type: aws-kms, keyId: '';.keyId: is empty",
        "type: aws-kms, keyId: ' secret';.keyId: begins or ends with a space",
        "type: aws-kms, keyId: 'arn:aws:kms:secret';.keyId: is not the ARN",
        "type: aws-kms, keyId: 'arn:aws:s3:eu-west-1:0:key/secret';.keyId: is not the ARN",
        "type: aws-kms, keyId: 'arn:aws:kms:eu-west-1:0:secret';.keyId: is not the ARN",
        "type: aws-kms, keyId: 'arn:aws:kms::0:key/secret';.keyId: is not the ARN",
        "type: aws-kms, keyId: 'arn:aws:kms:eu-west-1:111122223333:key/x', region: eu-west-2;.region: is not the Region of",
        "type: aws-kms, keyId: x, region: Secret;.region: is not the name of a Region",
        "type: aws-kms, keyId: x, region: [];.region: must be text",
        "type: aws-kms, keyId: x, endpoint: secret;.endpoint: is not the URL",
        "type: aws-kms, keyId: x, endpoint: 'http://secret:1@127.0.0.1';.endpoint: is not the URL",
        "type: aws-kms, keyId: x, endpoint: 'ftp://127.0.0.1';.endpoint: is not the URL",
        "type: aws-kms, keyId: x, endpoint: 'http://a b';.endpoint: is not the URL",
        "type: aws-kms, keyId: x, endpoint: 'http://kms.example';.endpoint: would send data keys",
        "type: aws-kms, keyId: x, endpoint: 'http://127.0.0.1.example';.endpoint: would send data keys",
        "type: aws-kms, keyId: x, grantTokens: secret;.grantTokens: must be a list",
        "type: aws-kms, keyId: x, grantTokens: [a, 1];.grantTokens[1]: must be text",
        "type: aws-kms, keyId: x, grantTokens: [a, b, c, d, e, f, g, h, i, j, k];.grantTokens: has more than 10",
        "type: aws-kms, keyId: x, signingKey: mac;.signingKey: is not a known field",
        "type: caching-most-recent;.materialName: is missing",
        "type: caching-most-recent, materialName: m;.ttl: is missing",
        "type: caching-most-recent, materialName: 'a#1';.materialName: contains '#'",
        "type: caching-most-recent, materialName: m, ttl: PT1H;.metaStore: is missing",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {};.metaStore.table: is missing",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {table: tab};.metaStore.provider: is missing",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {table: tab, provider: {}};.metaStore.provider.type: is missing",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {table: tab, provider: {type: static, signingKey: secret}};.metaStore.provider.signingKey: names no key",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {table: tab, provider: {type: aws-kms}};.metaStore.provider.keyId: is missing",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {table: tab, endpoint: x, provider: {}};.metaStore.endpoint: is not the URL",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {table: tab, keyId: x};.metaStore.keyId: is not a known field",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {table: t, provider: {}};.metaStore.table: is not the name of a DynamoDB table",
        "type: caching-most-recent, materialName: m, ttl: PT1H, metaStore: {table: 'arn:secret', provider: {}};.metaStore.table: is not the name of a DynamoDB table",
        "type: caching-most-recent, materialName: m, ttl: secret;.ttl: is not an ISO-8601 duration",
        "type: caching-most-recent, materialName: m, ttl: 60;.ttl: must be text",
        "type: caching-most-recent, materialName: m, ttl: P1M;.ttl: is not an ISO-8601 duration",
        "type: caching-most-recent, materialName: m, ttl: PT0S;.ttl: must be more than zero",
        "type: caching-most-recent, materialName: m, ttl: PT-1H;.ttl: must be more than zero",
        "type: caching-most-recent, materialName: m, ttl: PT0.0001S;.ttl: must be at least a millisecond",
        "type: caching-most-recent, materialName: m, ttl: PT9999999999999H;.ttl: must be at least a millisecond",
        "type: static, wrappingKey: aes;.wrappingKey: is not a known field",
        "type: static, encryptionKey: aes;.signingKey: is missing",
        "type: static, signingKey: c2VjcmV0LXNlY3JldA==;.signingKey: names no key of 'keys'",
        "type: static, signingKey: aes;.signingKey: is a key that cannot sign",
        "type: static, encryptionKey: mac, signingKey: mac;.encryptionKey: is not an AES key",
        "type: static, signingKey: mac, verificationKey: aes;.verificationKey: is a key that cannot sign",
        "type: static, signingKey: mac, verificationKey: rsaPu;.verificationKey: does not go with",
        "type: static, signingKey: rsaPu;.signingKey: is a public key",
        "type: static, signingKey: rsaPr, verificationKey: mac;.verificationKey: must be a public key",
        "type: static, signingKey: rsaPr, verificationKey: rsaPr;.verificationKey: must be a public key",
        "type: static, signingKey: ecPr;.verificationKey: is missing",
        "type: static, verificationKey: mac;.signingKey: is missing",
        "type: wrapped, signingKey: mac;.wrappingKey: is missing",
        "type: wrapped, unwrappingKey: aes, signingKey: mac;.wrappingKey: is missing",
        "type: wrapped, wrappingKey: mac, signingKey: mac;.wrappingKey: is a key that cannot wrap",
        "type: wrapped, wrappingKey: rsaPr, signingKey: mac;.wrappingKey: is a key that cannot wrap",
        "type: wrapped, wrappingKey: aes, unwrappingKey: rsaPu, signingKey: mac;.unwrappingKey: is a key that cannot",
        "type: wrapped, wrappingKey: ecPu, signingKey: mac;.wrappingKey: is a key that cannot wrap",
      })
  void provider_fieldNotAsItShouldBe_isRefusedWithItsPath(String fields, String message) {
    assertRefused(
        asymmetricKeys(provider(fields)), Purpose.ENCRYPT, "tables.T.ddbec.provider" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "type: wrapped, wrappingKey: rsaPu, signingKey: mac;.unwrappingKey: is missing",
        "type: static, verificationKey: rsaPr;.verificationKey: is a private key",
      })
  void provider_cannotDecrypt_isRefusedForDecrypting(String fields, String message) {
    assertRefused(
        asymmetricKeys(provider(fields)), Purpose.DECRYPT, "tables.T.ddbec.provider" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "material: {base64: AAAA};keys.k.algorithm: is missing",
        "algorithm: HmacMD5, material: {base64: AAAA};keys.k.algorithm: has an unknown value",
        "algorithm: HmacSHA256;keys.k.material: is missing",
        "algorithm: HmacSHA256, material: c2VjcmV0;keys.k.material: must be a mapping",
        "algorithm: HmacSHA256, material: {};keys.k.material: must have exactly one of",
        "algorithm: HmacSHA256, material: {base64: AAAA, env: X};keys.k.material: must have exactly one",
        "algorithm: HmacSHA256, material: {raw: secret};keys.k.material.raw: is not a known field",
        "algorithm: HmacSHA256, material: {base64: secret*};keys.k.material.base64: is not standard Base64",
        "algorithm: HmacSHA256, material: {base64: 12};keys.k.material.base64: must be text",
        "algorithm: HmacSHA256, material: {base64: '='};keys.k.material.base64: is not standard Base64",
        "algorithm: HmacSHA256, material: {base64: ' '};keys.k.material.base64: the key is empty",
        "algorithm: HmacSHA256, material: {file: secret/none};keys.k.material.file: there is no such file",
        "algorithm: HmacSHA256, material: {file: .};keys.k.material.file: the file cannot be read",
        "algorithm: HmacSHA256, material: {env: secret};keys.k.material.env: the environment variable is not set",
        "algorithm: HmacSHA256, material: {env: BAD_KEY};keys.k.material.env: the environment variable does not hold",
        "algorithm: HmacSHA256, type: private, material: {base64: AAAA};keys.k.type: does not go with",
        "algorithm: HmacSHA256, encoding: DER, material: {base64: AAAA};keys.k.encoding: does not go with",
        "algorithm: HmacSHA256, encoding: HEX, material: {base64: AAAA};keys.k.encoding: has an unknown value",
        "algorithm: AES, material: {base64: AAAA};keys.k: an AES key has 16, 24 or 32 bytes, this one 3",
        "algorithm: RSA, encoding: DER, material: {base64: AAAA};keys.k.type: is missing",
        "algorithm: RSA, type: symmetric, encoding: DER, material: {base64: AAAA};keys.k.type: does not go",
        "algorithm: RSA, type: private, material: {base64: AAAA};keys.k.encoding: is missing",
        "algorithm: RSA, type: private, encoding: RAW, material: {base64: AAAA};keys.k.encoding: does not go",
        "algorithm: RSA, type: private, encoding: DER, material: {base64: c2VjcmV0};keys.k: is not an RSA private key",
        "algorithm: EC, type: public, encoding: DER, material: {base64: c2VjcmV0};keys.k: is not an EC public key",
        "algorithm: EC, type: public, encoding: PEM, material: {base64: c2VjcmV0};keys.k: must hold a PEM block 'PUBLIC KEY'",
        "algorithm: RSA, x: 1;keys.k.x: is not a known field",
      })
  void key_notAsItShouldBe_isRefusedWithItsPath(String key, String message) {
    assertRefused(
        KEYS
            + "  k: {"
            + key
            + "}\ntables: {T: {partitionKey: pk, writes: ddbec, ddbec: {provider: {type: static,"
            + " encryptionKey: k, signingKey: k}}}}\n",
        Purpose.ENCRYPT,
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a: [secret;--config: is not valid YAML (line",
        "tables: {T: *secret};--config: is not valid YAML (line 1, column",
        "tables: !!java.io.File secret;--config: is not valid YAML",
        "tables: !!binary c2VjcmV0;must be a mapping",
        "a: 1\\na: 2;--config: a name appears twice (line 2",
        "a: 1\\n---\\nb: 2;--config: is not valid YAML",
        "[1];--config: must be a mapping",
        "# nothing;--config: must be a mapping (name: value), but is nothing",
        "secret: 1;secret: is not a known field",
        "keys: {};tables: is missing",
        "tables: {};tables: names no table",
        "tables: {T: secret};tables.T: must be a mapping",
      })
  void load_notAConfiguration_isRefused(String yaml, String message) {
    String text = yaml.replace("\\n", "\n");
    assertThatThrownBy(() -> table(text, Purpose.ENCRYPT))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void load_nestedDeep_isRefused(String open) {
    assertThatThrownBy(() -> table(open.repeat(100_000), Purpose.ENCRYPT))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--config: is nested deeper than 64 levels");
  }

  @Test
  void load_aliasesOfAliases_isRefused() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 60; i++) {
      yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> table(yaml.toString(), Purpose.ENCRYPT))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("--config: is not valid YAML");
  }

  @Test
  void load_tooLarge_isRefused() {
    assertThatThrownBy(() -> table("#".repeat(5 << 20), Purpose.ENCRYPT))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("larger than 4 MiB");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "algorithm: AES, material: {file: .};keys.k.material.file: the file cannot be read",
        "algorithm: AES, material: {file: aes.key};keys.k: an AES key has 16, 24 or 32 bytes",
        "algorithm: AES, material: {env: BAD_KEY};keys.k.material.env: the environment variable does",
        "algorithm: AES, material: {base64: AAAA};keys.k: an AES key has 16, 24 or 32 bytes",
        "algorithm: HmacSHA256, material: {base64: AA==};keys.k: cannot be used: An HMAC key needs 8",
        "algorithm: RSA, type: private, encoding: DER, material: {base64: AAAA};keys.k: is not an RSA",
        "algorithm: EC, type: private, encoding: PEM, material: {base64: AAAA};keys.k: must hold a PEM",
      })
  void load_brokenKeyThatTheTableDoesNotUse_isRefused(String key, String message)
      throws IOException {
    Files.write(directory.resolve("aes.key"), new byte[3]);
    assertRefused(
        tables("partitionKey: pk, writes: plaintext")
            .replace("tables:", "  k: {" + key + "}\ntables:"),
        Purpose.ENCRYPT,
        message);
  }

  @Test
  void table_absentKeysOfOtherTables_doNotMatter() throws IOException {
    TableEncryption table =
        table(
            """
            keys:
              mac: {algorithm: HmacSHA256, material: {env: MAC_KEY}}
              elsewhere: {algorithm: AES, material: {file: not/here}}
              unset: {algorithm: AES, material: {env: NOT_SET}}
            tables:
              T: {partitionKey: pk, writes: ddbec, ddbec: {provider: {type: static, signingKey: mac}}}
              Kms: {partitionKey: pk, writes: ddbec, ddbec: {provider: {type: aws-kms, keyId: x}}}
              Dbe: {partitionKey: pk, writes: dbe, unsignedPrefix: ':', dbe: {keyring: {type: raw-aes, namespace: ns, name: kn, key: unset}}}
              Other: {partitionKey: pk, writes: ddbec, ddbec: {provider: {type: static, encryptionKey: elsewhere, signingKey: mac}}}
            """,
            Purpose.ENCRYPT);
    assertThat(table.table().name()).isEqualTo("T");
  }

  @Test
  void load_shortBranchKeyOfAnotherTable_isRefused() {
    assertRefused(
        tables("partitionKey: pk, writes: plaintext")
            .replace(
                "{T:",
                """
                {Other: {partitionKey: pk, writes: dbe, unsignedPrefix: ':', dbe: {keyring: {type: hierarchical,
                  branchKeyId: b, ttl: PT10M, keyStore: {type: static, branchKeys: [{id: b,
                  version: 3f43a9af-08c5-4317-b694-3d3e883dcaef, material: {base64: AAAA}}]}}}}, T:"""),
        Purpose.ENCRYPT,
        "tables.Other.dbe.keyring.keyStore.branchKeys[0].material: is not a key of 32 bytes");
  }

  @Test
  void table_macOfPublishedVectors_decryptsAndDoesNotEncrypt() throws IOException {
    String yaml =
        provider("type: static, signingKey: mac, encryptionKey: aes")
            .replace("c2VjcmV0c2VjcmV0c2VjcmV0", "AAECAwQFBgc=");
    assertThat(table(yaml, Purpose.DECRYPT).table().name()).isEqualTo("T");
    assertRefused(
        yaml,
        Purpose.ENCRYPT,
        "tables.T.ddbec.provider.signingKey: cannot be used: An HMAC key needs 16 bytes");
  }

  @Test
  void table_otherTableMalformed_isRefused() {
    assertRefused(
        tables("partitionKey: pk, writes: plaintext")
            .replace("{T:", "{Other: {writes: plaintext}, T:"),
        Purpose.ENCRYPT,
        "tables.Other.partitionKey: is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: static, encryptionKey: aes, signingKey: mac",
        "type: static, encryptionKey: aes, signingKey: mac, verificationKey: mac",
        "type: static, encryptionKey: aes, signingKey: rsaPr",
        "type: static, encryptionKey: aes, signingKey: rsaPrPem, verificationKey: rsaPu",
        "type: static, encryptionKey: aes, signingKey: rsa384, verificationKey: rsaPu",
        "type: static, encryptionKey: aes, signingKey: ecPr, verificationKey: ecPu",
        "type: static, encryptionKey: aes, signingKey: ec512, verificationKey: ecPu",
        "type: wrapped, wrappingKey: aes, signingKey: mac",
        "type: wrapped, wrappingKey: aes, unwrappingKey: aesWrap, signingKey: macFile",
        "type: wrapped, wrappingKey: rsaPu, unwrappingKey: rsaPr, signingKey: mac",
        "type: wrapped, wrappingKey: rsaPu, unwrappingKey: rsaPrPem, signingKey: ec512, verificationKey: ecPu",
      })
  void table_anyKeys_decryptWhatTheyEncrypt(String fields) throws IOException {
    Files.write(directory.resolve("mac.key"), new byte[16]);
    String yaml = asymmetricKeys(provider(fields));
    Map<String, AttributeValue> item =
        Map.of("pk", AttributeValue.fromS("a"), "ssn", AttributeValue.fromS("b"));
    Map<String, AttributeValue> stored =
        ItemEncryptor.of(table(yaml, Purpose.ENCRYPT)).encryptItem(item);
    assertThat(stored.get("ssn").type()).isEqualTo(AttributeValue.Type.B);
    assertThat(ItemEncryptor.of(table(yaml, Purpose.DECRYPT)).decryptItem(stored)).isEqualTo(item);
  }

  @Test
  void table_keysOfOneDirection_areEnoughForIt() throws IOException {
    String writer =
        asymmetricKeys(provider("type: wrapped, wrappingKey: rsaPu, signingKey: rsaPr"));
    String reader =
        asymmetricKeys(provider("type: wrapped, unwrappingKey: rsaPr, verificationKey: rsaPu"));
    Map<String, AttributeValue> item =
        Map.of("pk", AttributeValue.fromS("a"), "ssn", AttributeValue.fromS("b"));
    assertThat(
            ItemEncryptor.of(table(reader, Purpose.DECRYPT))
                .decryptItem(ItemEncryptor.of(table(writer, Purpose.ENCRYPT)).encryptItem(item)))
        .isEqualTo(item);
  }

  private static final TestKeyPairs PAIRS = TestKeyPairs.generate();

  private static String asymmetricKeys(String yaml) {
    return yaml.replace(
        "tables:",
        """
          rsaPr: {algorithm: RSA, type: private, encoding: DER, material: {base64: "%1$s"}}
          rsa384: {algorithm: SHA384withRSA, type: private, encoding: DER, material: {base64: "%1$s"}}
          rsaPu: {algorithm: RSA, type: public, encoding: DER, material: {base64: "%2$s"}}
          rsaPrPem: {algorithm: RSA, type: private, encoding: PEM, material: {base64: "%3$s"}}
          ecPr: {algorithm: EC, type: private, encoding: DER, material: {base64: "%4$s"}}
          ec512: {algorithm: SHA512withECDSA, type: private, encoding: DER, material: {base64: "%4$s"}}
          ecPu: {algorithm: EC, type: public, encoding: DER, material: {base64: "%5$s"}}
          aesWrap: {algorithm: AESWrap, type: symmetric, encoding: RAW, material: {base64: "AAECAwQFBgcICQoLDA0ODw=="}}
          macFile: {algorithm: HmacSHA384, material: {file: mac.key}}
        tables:"""
            .formatted(
                PAIRS.rsaPrivate(),
                PAIRS.rsaPublic(),
                PAIRS.rsaPrivatePem(),
                PAIRS.ecPrivate(),
                PAIRS.ecPublic()));
  }

  private void assertRefused(String yaml, Purpose purpose, String message) {
    assertThatThrownBy(() -> table(yaml, purpose))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("c2VjcmV0")
        .satisfies(
            e ->
                assertThat(((ConfigException) e).hint())
                    .isNotBlank()
                    .doesNotContain("secret", "c2VjcmV0", "\n"));
  }
}
