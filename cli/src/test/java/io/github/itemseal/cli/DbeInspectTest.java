package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command shows of items of the second format. */
class DbeInspectTest {
  private static final String PLAIN =
      """
      {"pk":{"S":"a"},"ssn":{"S":"secret-1"},"city":{"S":"x"},":n":{"S":"y"}}
      """;
  private static final String VERSION = "e9ce18a3-edb5-4272-9f86-1cacb7997ff6";
  private static final String KEY = "tJwf65epYvUt5HMiQsl/6jlvLxS0tgdjIuvFy2BLIwg=";
  private static final String MULTI =
      "type: multi, generator: {type: raw-aes, namespace: ns, name: kn, key: aes}, children: [{type:"
          + " hierarchical, branchKeyId: tenant-1, ttl: PT10M, keyStore: {type: static, branchKeys:"
          + " [{id: tenant-1, version: "
          + VERSION
          + ", material: {base64: \""
          + KEY
          + "\"}}]}}]";

  @TempDir Path directory;
  private DbeTable table;
  private String stored;

  @BeforeEach
  void seal() {
    table =
        new DbeTable(directory)
            .aesKey("aes", 32)
            .fields(
                "partitionKey: pk, writes: dbe, unsignedPrefix: ':',"
                    + " attributeActions: {city: SIGN_ONLY}");
    stored = table.run(MULTI, "encrypt", PLAIN).out();
  }

  @Test
  void inspect_noConfig_showsHeaderKeysLegendContextAndOverheadButNoKey() {
    CommandRun run = CommandRun.of(stored, "inspect");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("line 1: DBE, ")
        .contains(
            "\n  version: 1\n  algorithm suite:"
                + " ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384\n"
                + "  legend: ses\n"
                + "  data key 1: ns, key kn\n"
                + "  data key 2: aws-kms-hierarchy, branch key tenant-1, version "
                + VERSION
                + "\n  context aws-crypto-public-key: ",
            "  footer: 199 bytes\n  encrypted attributes: 1, each 18 bytes longer\n")
        .containsPattern("ssn +B +29 bytes +binary, perhaps encrypted\n")
        .containsPattern("aws_dbe_foot +B +211 bytes +part of the format\n")
        .doesNotContain("secret", KEY, "defect", "verdict");
  }

  @Test
  void inspect_json_isOneObjectALine() {
    CommandRun run = CommandRun.of(stored, "inspect", "--json");
    assertThat(run.exit()).isZero();
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.out())
        .startsWith("{\"line\":1,\"format\":\"DBE\",")
        .contains("\"data key 1\":\"ns, key kn\"", VERSION, "\"itemBytes\":", "\"defects\":[]")
        .doesNotContain("secret", KEY);
  }

  @Test
  void inspect_config_addsTheVerdictAndTheLegendOfEachAttribute() {
    assertThat(table.run(MULTI, "inspect", stored).out())
        .contains("  verdict: authentic\n  version: 1\n")
        .containsPattern("ssn +B +29 bytes +encrypted and signed\n")
        .containsPattern("city +S +5 bytes +readable, signed\n")
        .containsPattern(":n +S +3 bytes +readable, not protected\n");
    CommandRun refused =
        table.run(MULTI, "inspect", stored.replace("\"S\":\"a\"", "\"S\":\"b\""), "--json");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out())
        .contains("\"verdict\":\"refused\",\"error\":{\"type\":\"ItemAuthenticationException\"");
  }
}
