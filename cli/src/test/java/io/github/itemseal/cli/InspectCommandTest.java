package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final String PLAIN = "{\"pk\":{\"S\":\"a\"},\"ssn\":{\"S\":\"secret\"}}\n";

  @TempDir Path directory;
  private String config = "";
  private String stored = "";

  @BeforeEach
  void encryptAnItem() throws IOException {
    config = directory.resolve("itemseal.yaml").toString();
    Files.writeString(
        Path.of(config),
        """
        keys: {k: {algorithm: AES, material: {base64: "AAECAwQFBgcICQoLDA0ODw=="}},
               m: {algorithm: HmacSHA256, material: {base64: "AAECAwQFBgcICQoLDA0ODw=="}}} # test keys
        tables:
          T: &t
            partitionKey: pk
            writes: ddbec
            ddbec: {provider: {type: wrapped, wrappingKey: k, signingKey: m}}
          Mixed:
            partitionKey: pk
            writes: ddbec
            reads: [ddbec, plaintext]
            ddbec: {provider: {type: wrapped, wrappingKey: k, signingKey: m}}
        """);
    CommandRun run = CommandRun.of(PLAIN, "encrypt", "--config", config, "--table", "T");
    stored = run.out();
  }

  @Test
  void inspect_noConfig_showsFormatDescriptionAndAttributes() {
    CommandRun run = CommandRun.of(stored + "\n" + PLAIN, "inspect");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("line 1: DDBEC, ", "AESWrap", "ssn ", "binary, perhaps encrypted")
        .contains("*amzn-ddb-map-sig*", "part of the format")
        .contains("line 3: plaintext, ")
        .doesNotContain("secret", "verdict");
  }

  @Test
  void inspect_jsonWithoutConfig_isOneObjectALine() {
    CommandRun run = CommandRun.of(stored + PLAIN, "inspect", "--json");
    assertThat(run.exit()).isZero();
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.outLines().get(0))
        .startsWith("{\"line\":1,\"format\":\"DDBEC\",\"itemBytes\":")
        .contains("{\"name\":\"ssn\",\"type\":\"B\",\"bytes\":")
        .endsWith("\"defects\":[]}");
    assertThat(run.outLines().get(1)).contains("\"format\":\"plaintext\"");
    assertThat(run.out()).doesNotContain("verdict", "secret");
  }

  @Test
  void inspect_config_addsTheVerdict() {
    String tampered = stored.replace("\"S\":\"a\"", "\"S\":\"b\"");
    CommandRun run =
        CommandRun.of(stored + tampered + PLAIN, "inspect", "--config", config, "--table", "T");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("verdict: authentic")
        .contains("verdict: refused, ItemAuthenticationException: The item of table 'T'")
        .contains("verdict: refused, ForbiddenItemException: ")
        .contains("encrypted and signed");
    CommandRun json =
        CommandRun.of(stored + tampered, "inspect", "--json", "--config", config, "--table", "T");
    assertThat(json.exit()).isEqualTo(1);
    assertThat(json.outLines().get(0)).contains("\"verdict\":\"authentic\",\"itemBytes\"");
    assertThat(json.outLines().get(1))
        .contains("\"verdict\":\"refused\",\"error\":{\"type\":\"ItemAuthenticationException\"");
  }

  @Test
  void inspect_allAuthentic_exits0() {
    assertThat(CommandRun.of(stored, "inspect", "--config", config, "--table", "T").exit())
        .isZero();
  }

  @Test
  void inspect_plaintextThatIsAccepted_isNotCalledAuthentic() {
    CommandRun run =
        CommandRun.of(PLAIN, "inspect", "--config", config, "--table", "Mixed", "--json");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("\"verdict\":\"unprotected\"").doesNotContain("authentic");
  }

  @Test
  void inspect_malformedLine_goesOnAndExits1() {
    CommandRun run = CommandRun.of("secret\n" + stored, "inspect");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().get(0)).startsWith("itemseal: line 1: The item is not valid JSON");
    assertThat(run.out()).startsWith("line 2: DDBEC").doesNotContain("secret");
    CommandRun json = CommandRun.of("secret\n" + stored, "inspect", "--json");
    assertThat(json.outLines().get(0))
        .startsWith("{\"error\":{\"type\":\"MalformedItemException\"");
    assertThat(json.outLines()).hasSize(2);
  }

  @Test
  void inspect_damagedMetadata_showsDefects() {
    String damaged = stored.replaceFirst("(map-desc\\*\":\\{\"B\":\")[^\"]*", "$1AAAAAAAA");
    CommandRun run = CommandRun.of(damaged, "inspect");
    assertThat(run.out()).contains("defect: ");
    assertThat(run.exit()).isZero();
  }

  @Test
  void inspect_namesWithControlsAndHalvesOfPairs_areEscaped() {
    String line = "{\"\\u001b[2J\\ud800\":{\"S\":\"x\"}}\n";
    assertThat(CommandRun.of(line, "inspect").out()).contains("\\u001b[2J\\ud800");
    assertThat(CommandRun.of(line, "inspect", "--json").out())
        .contains("\"name\":\"\\u001B[2J\\\\ud800\"");
  }
}
