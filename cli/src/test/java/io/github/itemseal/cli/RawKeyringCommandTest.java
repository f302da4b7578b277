package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.TestKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Collections;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyrings whose keys are in the configuration, through the command. */
class RawKeyringCommandTest {
  private static final KeyPair RSA = TestKeys.rsa();

  private static final String ITEMS =
      """
      {"pk":{"S":"a"},"ssn":{"S":"secret-1"}}

      {"Item":{"pk":{"S":"b"},"ssn":{"L":[{"N":"12.5"},{"NULL":true}]}}}
      """;

  private static final String BRANCH_KEYS =
      """
      type: hierarchical, branchKeyId: tenant-1, ttl: PT10M, keyStore: {type: static, branchKeys: [
        {id: tenant-1, version: e9ce18a3-edb5-4272-9f86-1cacb7997ff6,
         material: {base64: "tJwf65epYvUt5HMiQsl/6jlvLxS0tgdjIuvFy2BLIwg="}}]}""";

  @TempDir Path directory;
  private DbeTable table;

  @BeforeEach
  void nameKeys() {
    table =
        new DbeTable(directory)
            .aesKey("aes16", 16)
            .aesKey("aes24", 24)
            .aesKey("aes", 32)
            .key("rsaPu", "public", RSA.getPublic())
            .key("rsaPr", "private", RSA.getPrivate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: raw-aes, namespace: ns, name: kn, key: aes16",
        "type: raw-aes, namespace: ns, name: kn, key: aes24",
        "type: raw-aes, namespace: ns, name: kn, key: aes",
        "type: raw-rsa, namespace: ns, name: kn, padding: PKCS1, publicKey: rsaPu, privateKey: rsaPr",
        "type: raw-rsa, namespace: ns, name: kn, padding: OAEP_SHA1_MGF1, publicKey: rsaPu, privateKey: rsaPr",
        "type: raw-rsa, namespace: ns, name: kn, padding: OAEP_SHA256_MGF1, publicKey: rsaPu, privateKey: rsaPr",
        "type: raw-rsa, namespace: ns, name: kn, padding: OAEP_SHA384_MGF1, publicKey: rsaPu, privateKey: rsaPr",
        "type: raw-rsa, namespace: ns, name: kn, padding: OAEP_SHA512_MGF1, publicKey: rsaPu, privateKey: rsaPr",
        "type: multi, generator: {type: raw-aes, namespace: ns, name: kn, key: aes}",
        "type: multi, children: [{type: raw-aes, namespace: ns, name: kn, key: aes}]",
        BRANCH_KEYS,
        "type: multi, generator: {"
            + BRANCH_KEYS
            + "}, children: [{type: multi, generator:"
            + " {type: raw-aes, namespace: ns, name: kn, key: aes}}]",
      })
  void decrypt_ofEncrypt_isTheInput(String keyring) {
    for (String suite : new String[] {"", DbeTable.SUITE_WITHOUT_SIGNATURE}) {
      if (!suite.isEmpty()) {
        table.suite(suite);
      }
      CommandRun stored = table.run(keyring, "encrypt", ITEMS);
      assertThat(stored.err()).isEmpty();
      assertThat(stored.out()).contains("aws_dbe_head", "aws_dbe_foot").doesNotContain("secret");
      assertThat(stored.outLines()).hasSize(3).element(2).asString().startsWith("{\"Item\":{");
      assertThat(table.run(keyring, "decrypt", stored.out()))
          .isEqualTo(new CommandRun(0, ITEMS, ""));
    }
  }

  @ParameterizedTest
  @CsvSource({"P-256, secp256r1", "P-384, secp384r1", "P-521, secp521r1"})
  void decrypt_ecdh_readsAsEachSide(String curve, String jcaName) {
    KeyPair alice = TestKeys.ec(jcaName);
    KeyPair bob = TestKeys.ec(jcaName);
    table
        .key("alicePr", "private", alice.getPrivate())
        .key("alicePu", "public", alice.getPublic())
        .key("bobPr", "private", bob.getPrivate())
        .key("bobPu", "public", bob.getPublic());
    String ecdh = "type: raw-ecdh, curve: " + curve + ", schema: ";
    String writer = ecdh + "static, privateKey: alicePr, publicKey: bobPu";
    String stored = table.run(writer, "encrypt", ITEMS).out();
    assertThat(stored).contains("aws_dbe_head").doesNotContain("secret");
    for (String reader :
        new String[] {
          writer,
          ecdh + "static, privateKey: bobPr, publicKey: alicePu",
          ecdh + "discovery, privateKey: bobPr"
        }) {
      assertThat(table.run(reader, "decrypt", stored)).isEqualTo(new CommandRun(0, ITEMS, ""));
    }
    String anonymous = table.run(ecdh + "ephemeral, publicKey: bobPu", "encrypt", ITEMS).out();
    assertThat(table.run(ecdh + "discovery, privateKey: bobPr", "decrypt", anonymous).out())
        .isEqualTo(ITEMS);
  }

  @Test
  void decrypt_multi_readsWithAnyOneOfItsKeys() {
    String aes = "type: raw-aes, namespace: ns, name: kn, key: aes";
    String rsa = "type: raw-rsa, namespace: rns, name: rk, padding: OAEP_SHA256_MGF1, ";
    String writer =
        "type: multi, generator: {" + aes + "}, children: [{" + rsa + "publicKey: rsaPu}]";
    String stored = table.run(writer, "encrypt", ITEMS).out();
    for (String reader : new String[] {writer, aes, rsa + "privateKey: rsaPr"}) {
      assertThat(table.run(reader, "decrypt", stored)).isEqualTo(new CommandRun(0, ITEMS, ""));
    }
  }

  @Test
  void decrypt_otherKeyOfTheName_failsAuthenticationWithAHint() {
    String stored =
        table.run("type: raw-aes, namespace: ns, name: kn, key: aes", "encrypt", ITEMS).out();
    CommandRun run =
        table.run("type: raw-aes, namespace: ns, name: kn, key: aes16", "decrypt", stored);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().get(0))
        .startsWith("itemseal: line 1: The item of table 'T' failed authentication");
    assertThat(run.errLines().get(1))
        .isEqualTo(
            "hint: check keys, logicalName, partitionKey, sortKey, unsignedAttributes and"
                + " unsignedPrefix of the table; if they are those of the writer, do not trust the"
                + " item");
  }

  @Test
  void decrypt_tooManyDataKeys_isRefusedWithAHint() throws IOException {
    Keyring aes = RawAesKeyring.of("ns", "kn", new SecretKeySpec(new byte[32], "AES"));
    ItemEncryptor writer =
        ItemEncryptor.of(
            TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
                .actions(AttributeActions.encryptAndSign())
                .writes(
                    Dbe.using(MultiKeyring.of(Collections.nCopies(33, aes).toArray(Keyring[]::new)))
                        .maxDataKeys(33))
                .build());
    byte[] line = "{\"pk\":{\"S\":\"a\"}}".getBytes(StandardCharsets.UTF_8);
    DynamoDbJson.Line plain = DynamoDbJson.parseLine(line, 0, line.length);
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    DynamoDbJson.writeLine(plain.withItem(writer.encryptItem(plain.item())), stored);
    CommandRun run =
        table.run(
            "type: raw-aes, namespace: ns, name: kn, key: aes",
            "decrypt",
            stored.toString(StandardCharsets.UTF_8));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("has 33 encrypted data keys; this table allows 32")
        .contains("hint: every data key may cost a call of KMS before anything is verified: ask");
  }

  @Test
  void decrypt_keyOfAnotherName_isUnavailableWithAHint() {
    String stored =
        table.run("type: raw-aes, namespace: ns, name: kn, key: aes", "encrypt", ITEMS).out();
    CommandRun run =
        table.run(
            "type: raw-aes, namespace: ns, name: other, key: aes",
            "decrypt",
            stored,
            "--on-error",
            "report");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.outLines()).hasSize(3);
    assertThat(run.outLines().get(0))
        .startsWith("{\"error\":{\"type\":\"MaterialsUnavailableException\",\"message\":\"No conf");
    assertThat(run.err())
        .contains(
            "hint: itemseal inspect shows which keys the item names; give 'dbe.keyring' of the table"
                + " one of them");
  }

  @Test
  void decrypt_branchKeyVersionThatIsNotThere_saysSoWithAHint() {
    String stored = table.run(BRANCH_KEYS, "encrypt", ITEMS).out();
    CommandRun run = table.run(BRANCH_KEYS.replace("7ff6", "7ff7"), "decrypt", stored);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("itemseal: line 1: There is ")
        .contains("hint: check branchKeyId; itemseal keys list shows the versions");
  }

  @Test
  void encrypt_contextActions_writesVersion2() {
    table.fields(
        "partitionKey: pk, writes: dbe, attributeActions:"
            + " {dept: SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT, city: SIGN_ONLY}");
    String aes = "type: raw-aes, namespace: ns, name: kn, key: aes";
    String item = "{\"pk\":{\"S\":\"a\"},\"dept\":{\"S\":\"x\"},\"city\":{\"S\":\"y\"}}\n";
    String stored = table.run(aes, "encrypt", item).out();
    assertThat(CommandRun.of(stored, "inspect").out())
        .contains("\n  version: 2\n")
        .containsPattern("dept +S +5 bytes +readable, signed, in the encryption context\n")
        .containsPattern("city +S +5 bytes +readable, signed\n");
    assertThat(table.run(aes, "decrypt", stored).out()).isEqualTo(item);
    CommandRun missing = table.run(aes, "encrypt", "{\"pk\":{\"S\":\"a\"}}\n");
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err())
        .contains("hint: an item needs all attributes that attributeActions includes");
  }

  @Test
  void decrypt_readersRule_isWhatTellsUnsignedAttributes() {
    String fields =
        "partitionKey: pk, writes: dbe, attributeActions: {note: DO_NOTHING},"
            + " unsignedAttributes: [note, spare], unsignedPrefix: ':'";
    String aes = "type: raw-aes, namespace: ns, name: kn, key: aes";
    String item =
        "{\"pk\":{\"S\":\"a\"},\"note\":{\"S\":\"n\"},\":t\":{\"N\":\"1\"},\"spare\":{\"S\":\"s\"}}\n";
    String stored = table.fields(fields).run(aes, "encrypt", item).out();
    String changed = stored.replace("\"n\"", "\"m\"").replace("\"1\"", "\"2\"");
    assertThat(table.run(aes, "decrypt", changed).out())
        .isEqualTo(item.replace("\"n\"", "\"m\"").replace("\"1\"", "\"2\""));
    CommandRun run = table.fields("partitionKey: pk, writes: dbe").run(aes, "decrypt", stored);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("unsignedAttributes and unsignedPrefix of the table");
  }

  @Test
  void encrypt_logicalName_isWhatSignaturesBind() {
    String aes = "type: raw-aes, namespace: ns, name: kn, key: aes";
    String stored =
        table
            .fields("partitionKey: pk, writes: dbe, logicalName: L")
            .run(aes, "encrypt", ITEMS)
            .out();
    assertThat(table.run(aes, "decrypt", stored).out()).isEqualTo(ITEMS);
    assertThat(table.fields("partitionKey: pk, writes: dbe").run(aes, "decrypt", stored).exit())
        .isEqualTo(1);
  }

  @Test
  void decryptThenEncrypt_movesAFileFromDdbecToDbe() {
    String provider = "ddbec: {provider: {type: wrapped, wrappingKey: aes, signingKey: mac}}";
    String aes = "type: raw-aes, namespace: ns, name: kn, key: aes";
    String actions = "partitionKey: pk, attributeActions: {note: DO_NOTHING}, ";
    table.mac("mac");
    String old =
        table.fields(actions + "writes: ddbec, " + provider).run(aes, "encrypt", ITEMS).out();
    assertThat(old).contains("*amzn-ddb-map-desc*").doesNotContain("aws_dbe", "secret");
    table.fields(
        actions + "unsignedAttributes: [note], writes: dbe, reads: [ddbec, dbe], " + provider);
    String moved = table.run(aes, "encrypt", table.run(aes, "decrypt", old).out()).out();
    assertThat(moved).contains("aws_dbe_head").doesNotContain("*amzn", "secret");
    assertThat(table.run(aes, "decrypt", old + moved))
        .isEqualTo(new CommandRun(0, ITEMS + ITEMS, ""));
    CommandRun only =
        table.fields(actions + "unsignedAttributes: [note], writes: dbe").run(aes, "decrypt", old);
    assertThat(only.exit()).isEqualTo(1);
    assertThat(only.err())
        .contains("is in the format DDBEC")
        .contains("hint: add the format to 'reads' of the table");
  }

  @ParameterizedTest
  @CsvSource({
    "dbe, '[plaintext, dbe]'",
    "plaintext, '[dbe, plaintext]'",
    "ddbec, '[plaintext, dbe, ddbec]'",
    "dbe, '[ddbec, dbe, plaintext]'",
    "plaintext, '[ddbec, dbe, plaintext]'",
  })
  void decrypt_everyFormatThatIsRead_isRead(String writes, String reads) {
    String provider = "ddbec: {provider: {type: wrapped, wrappingKey: aes, signingKey: mac}}, ";
    String aes = "type: raw-aes, namespace: ns, name: kn, key: aes";
    table.mac("mac");
    StringBuilder stored = new StringBuilder();
    for (String format : reads.replaceAll("[\\[\\] ]", "").split(",", -1)) {
      table.fields("partitionKey: pk, " + provider + "writes: " + format);
      stored.append(table.run(aes, "encrypt", ITEMS).out());
    }
    String fields = "partitionKey: pk, " + provider + "writes: " + writes + ", reads: " + reads;
    int formats = reads.split(",", -1).length;
    assertThat(table.fields(fields).run(aes, "decrypt", stored.toString()))
        .isEqualTo(new CommandRun(0, ITEMS.repeat(formats), ""));
    String written = table.run(aes, "encrypt", ITEMS).out();
    assertThat(written.contains("aws_dbe_head")).isEqualTo(writes.equals("dbe"));
    assertThat(written.contains("*amzn-ddb")).isEqualTo(writes.equals("ddbec"));
  }
}
