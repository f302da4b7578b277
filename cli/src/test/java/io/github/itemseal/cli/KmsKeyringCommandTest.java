package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.InMemoryKms;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.KeySpec;

/** The keyrings of AWS KMS through the command, over HTTP. */
class KmsKeyringCommandTest {
  private static final String ITEMS =
      """
      {"pk":{"S":"a"},"ssn":{"S":"secret-1"}}
      {"pk":{"S":"b"},"ssn":{"S":"secret-2"}}
      """;

  @TempDir Path directory;
  private final KmsServer ireland = KmsServer.start("eu-west-1");
  private final KmsServer oregon = KmsServer.start("us-west-2");

  @AfterEach
  void stop() {
    ireland.close();
    oregon.close();
  }

  private DbeTable table() {
    return new DbeTable(directory);
  }

  private static String at(KmsServer server, String fields) {
    return fields + ", endpoint: \"" + server.endpoint() + "\"";
  }

  private static String key(KmsServer server, String type, String keyId) {
    return at(server, "type: " + type + ", keyId: \"" + keyId + "\"");
  }

  private static PublicKey publicKey(KmsServer server, String arn, String algorithm)
      throws GeneralSecurityException {
    byte[] der = server.kms().client().getPublicKey(r -> r.keyId(arn)).publicKey().asByteArray();
    return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARN", "ID", "alias/orders"})
  void decrypt_kms_readsWhatItWrote(String keyId) {
    String arn = ireland.kms().createKey();
    ireland.kms().createAlias("alias/orders", arn);
    String id = keyId.replace("ARN", arn).replace("ID", arn.substring(arn.indexOf('/') + 1));
    String keyring = key(ireland, "aws-kms", id) + ", grantTokens: [token-1]";
    CommandRun stored = table().run(keyring, "encrypt", ITEMS);
    assertThat(stored.err()).isEmpty();
    assertThat(stored.out()).contains("aws_dbe_head").doesNotContain("secret");
    assertThat(table().run(keyring, "decrypt", stored.out()))
        .isEqualTo(new CommandRun(0, ITEMS, ""));
    assertThat(ireland.kms().calls())
        .extracting(InMemoryKms.Call::operation)
        .containsExactly("GenerateDataKey", "GenerateDataKey", "Decrypt", "Decrypt");
    assertThat(ireland.kms().calls())
        .allSatisfy(call -> assertThat(call.grantTokens()).containsExactly("token-1"))
        .allSatisfy(call -> assertThat(call.keyId()).isEqualTo(id))
        .allSatisfy(
            call ->
                assertThat(call.encryptionContext()).containsEntry("aws-crypto-table-name", "T"));
  }

  @Test
  void decrypt_otherKey_isUnavailableWithAHint() {
    String stored =
        table().run(key(ireland, "aws-kms", ireland.kms().createKey()), "encrypt", ITEMS).out();
    CommandRun run =
        table().run(key(ireland, "aws-kms", ireland.kms().createKey()), "decrypt", stored);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("line 1: No", "hint: itemseal inspect shows which keys");
  }

  @Test
  void encrypt_kmsDenies_saysSoWithAHint() {
    String keyring = key(ireland, "aws-kms", ireland.kms().createKey());
    ireland.denyAfter(1);
    CommandRun run = table().run(keyring, "encrypt", ITEMS, "--on-error", "report");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.outLines().get(0)).contains("aws_dbe_head");
    assertThat(run.outLines().get(1))
        .startsWith("{\"error\":{\"type\":\"MaterialsUnavailableException\"")
        .contains("AWS answered AccessDeniedException.");
    assertThat(run.err())
        .contains("hint: check permissions, region, endpoint and credentials for 'dbe.keyring'")
        .doesNotContain("secret");
  }

  @Test
  void decrypt_multiRegionKey_readsInAnotherRegion() {
    String here = ireland.kms().createMultiRegionKey();
    String there = ireland.kms().replicate(here, oregon.kms());
    String stored = table().run(key(ireland, "aws-kms-mrk", here), "encrypt", ITEMS).out();
    assertThat(table().run(key(oregon, "aws-kms-mrk", there), "decrypt", stored))
        .isEqualTo(new CommandRun(0, ITEMS, ""));
    assertThat(table().run(key(oregon, "aws-kms", there), "decrypt", stored).exit()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''",
        ", region: eu-west-1",
        ", regions: [eu-west-1]",
        ", regions: [us-west-2, eu-west-1]",
        ", accounts: ['000000000000']",
        ", accounts: ['111122223333', '000000000000'], partition: aws, regions: [eu-west-1]",
      })
  void decrypt_discovery_readsWhatAnyKeyWrote(String fields) {
    String writer = key(ireland, "aws-kms", ireland.kms().createKey());
    String stored = table().run(writer, "encrypt", ITEMS).out();
    assertThat(table().run(at(ireland, "type: aws-kms-discovery" + fields), "decrypt", stored))
        .isEqualTo(new CommandRun(0, ITEMS, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ", accounts: ['111122223333']",
        ", accounts: ['000000000000'], partition: aws-cn",
        ", regions: [us-west-2]",
      })
  void decrypt_discoveryOfOtherKeys_asksNothing(String fields) {
    String writer = key(ireland, "aws-kms", ireland.kms().createKey());
    String stored = table().run(writer, "encrypt", ITEMS).out();
    CommandRun run =
        table().run(at(ireland, "type: aws-kms-discovery" + fields), "decrypt", stored);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(ireland.kms().calls())
        .extracting(InMemoryKms.Call::operation)
        .doesNotContain("Decrypt");
  }

  @Test
  void decrypt_multiRegionDiscovery_asksForTheReplica() {
    String here = ireland.kms().createMultiRegionKey();
    String there = ireland.kms().replicate(here, oregon.kms());
    String stored = table().run(key(ireland, "aws-kms", here), "encrypt", ITEMS).out();
    String reader = at(oregon, "type: aws-kms-discovery, regions: [us-west-2]");
    assertThat(table().run(reader, "decrypt", stored)).isEqualTo(new CommandRun(0, ITEMS, ""));
    assertThat(oregon.kms().calls()).extracting(InMemoryKms.Call::keyId).containsOnly(there);
    assertThat(oregon.authorizations()).allMatch(header -> header.contains("/us-west-2/kms/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", algorithm: RSAES_OAEP_SHA_256", ", algorithm: RSAES_OAEP_SHA_1"})
  void decrypt_rsa_readsWhatItWroteWithoutKms(String algorithm) throws GeneralSecurityException {
    String arn = ireland.kms().createKey(KeySpec.RSA_2048);
    DbeTable table =
        table()
            .suite(DbeTable.SUITE_WITHOUT_SIGNATURE)
            .key("pu", "public", publicKey(ireland, arn, "RSA"));
    String keyring = key(ireland, "aws-kms-rsa", arn) + algorithm;
    String stored = table.run(keyring + ", publicKey: pu", "encrypt", ITEMS).out();
    assertThat(stored).contains("aws_dbe_head").doesNotContain("secret");
    assertThat(ireland.authorizations()).isEmpty();
    assertThat(table.run(keyring, "decrypt", stored)).isEqualTo(new CommandRun(0, ITEMS, ""));
  }

  @ParameterizedTest
  @CsvSource({
    "P-256, secp256r1, ECC_NIST_P256",
    "P-384, secp384r1, ECC_NIST_P384",
    "P-521, secp521r1, ECC_NIST_P521"
  })
  void decrypt_ecdh_readsAsEachSide(String curve, String jcaName, KeySpec spec)
      throws GeneralSecurityException {
    String arn = ireland.kms().createKey(spec);
    KeyPair other = TestKeys.ec(jcaName);
    PublicKey own = publicKey(ireland, arn, "EC");
    DbeTable table = table().key("own", "public", own).key("otherPu", "public", other.getPublic());
    String kms = key(ireland, "aws-kms-ecdh", arn) + ", curve: " + curve;
    String written = kms + ", schema: static, publicKey: otherPu";
    String stored = table.run(written + ", ownPublicKey: own", "encrypt", ITEMS).out();
    assertThat(stored).contains("aws_dbe_head").doesNotContain("secret");
    // Without ownPublicKey, KMS is asked for it.
    assertThat(table.run(written, "decrypt", stored)).isEqualTo(new CommandRun(0, ITEMS, ""));
    String sender = key(ireland, "aws-kms-ecdh", ireland.kms().createKey(spec));
    String forUs =
        table
            .run(
                sender + ", curve: " + curve + ", schema: static, publicKey: own", "encrypt", ITEMS)
            .out();
    assertThat(table.run(kms + ", schema: discovery", "decrypt", forUs))
        .isEqualTo(new CommandRun(0, ITEMS, ""));
    assertThat(table.run(kms + ", schema: discovery", "decrypt", stored).exit())
        .isEqualTo(1); // that was for the other side
  }

  @Test
  void encrypt_ecdhWhoseKeyIsNotToBeHad_isRefusedWithItsPath() {
    String arn = ireland.kms().createKey(KeySpec.ECC_NIST_P256);
    DbeTable table = table().key("pu", "public", TestKeys.ec("secp256r1").getPublic());
    ireland.denyAfter(0);
    CommandRun run =
        table.run(
            key(ireland, "aws-kms-ecdh", arn) + ", curve: P-256, schema: static, publicKey: pu",
            "encrypt",
            ITEMS);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "itemseal: tables.T.dbe.keyring.keyId: AWS KMS gave no public key of a key pair for"
                + " ECDH. AWS answered AccessDeniedException.\nhint: allow kms:GetPublicKey")
        .doesNotContain("secret");
  }

  @Test
  void decrypt_multi_readsWithAnyOneOfItsKeys() {
    String first = key(ireland, "aws-kms", ireland.kms().createKey());
    String second = key(oregon, "aws-kms", oregon.kms().createKey());
    String multi = "type: multi, generator: {" + first + "}, children: [{" + second + "}]";
    String stored = table().run(multi, "encrypt", ITEMS).out();
    for (String reader : new String[] {first, second, multi}) {
      assertThat(table().run(reader, "decrypt", stored)).isEqualTo(new CommandRun(0, ITEMS, ""));
    }
  }
}
