package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.itemseal.testkit.InMemoryKms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider {@code aws-kms}, over HTTP. */
class KmsProviderTest {
  private static final String ITEMS =
      """
      {"pk":{"S":"a"},"ssn":{"S":"secret-1"}}
      {"pk":{"S":"b"},"ssn":{"S":"secret-2"}}
      {"pk":{"S":"c"},"ssn":{"S":"secret-3"}}
      """;

  @TempDir Path directory;
  private final KmsServer server = KmsServer.start();
  private final String arn = server.kms().createKey();

  @BeforeEach
  void addAlias() {
    server.kms().createAlias("alias/orders", arn);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String provider, String command, String input, String... more)
      throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("c.yaml"),
            "tables: {T: {partitionKey: pk, writes: ddbec, ddbec: {provider: {type: aws-kms, "
                + provider
                + "}}}}\n");
    List<String> args =
        new ArrayList<>(List.of(command, "--config", config.toString(), "--table", "T"));
    args.addAll(List.of(more));
    return CommandRun.of(input, args.toArray(String[]::new));
  }

  private String provider(String keyId) {
    return "keyId: \"" + keyId + "\", endpoint: \"" + server.endpoint() + "\"";
  }

  @ParameterizedTest
  @ValueSource(strings = {"ARN", "ID", "alias/orders", "ALIAS_ARN"})
  void decrypt_ofEncrypt_isTheInput(String keyId) throws IOException {
    String id =
        switch (keyId) {
          case "ARN" -> arn;
          case "ID" -> arn.substring(arn.indexOf('/') + 1);
          case "ALIAS_ARN" -> "arn:aws:kms:eu-west-1:000000000000:alias/orders";
          default -> keyId;
        };
    CommandRun stored = run(provider(id), "encrypt", ITEMS);
    assertThat(stored.err()).isEmpty();
    assertThat(stored.outLines()).hasSize(3);
    assertThat(stored.out()).doesNotContain("secret");
    assertThat(run(provider(id), "decrypt", stored.out())).isEqualTo(new CommandRun(0, ITEMS, ""));
    assertThat(server.kms().calls())
        .extracting(InMemoryKms.Call::operation)
        .containsExactly(
            "GenerateDataKey",
            "GenerateDataKey",
            "GenerateDataKey",
            "Decrypt",
            "Decrypt",
            "Decrypt");
    assertThat(server.kms().calls()).extracting(InMemoryKms.Call::keyId).containsOnly(id);
    assertThat(server.kms().calls().get(0).encryptionContext())
        .containsEntry("*aws-kms-table*", "T")
        .containsEntry("pk", "a");
  }

  @Test
  void encrypt_grantTokens_areSentWithEveryRequest() throws IOException {
    String provider = provider(arn) + ", grantTokens: [token-1, token-2]";
    run(provider, "decrypt", run(provider, "encrypt", ITEMS).out());
    assertThat(server.kms().calls())
        .hasSize(6)
        .allSatisfy(call -> assertThat(call.grantTokens()).containsExactly("token-1", "token-2"));
  }

  @Test
  void encrypt_keyArn_signsForItsRegion() throws IOException {
    run(provider(arn), "encrypt", ITEMS);
    assertThat(server.authorizations()).allMatch(header -> header.contains("/eu-west-1/kms/"));
  }

  @Test
  void encrypt_regionBesideEndpoint_signsForIt() throws IOException {
    run(provider(arn) + ", region: ap-south-1", "encrypt", ITEMS);
    assertThat(server.authorizations()).allMatch(header -> header.contains("/ap-south-1/kms/"));
  }

  @Test
  void inspect_withConfig_saysAuthentic() throws IOException {
    CommandRun stored = run(provider(arn), "encrypt", ITEMS);
    CommandRun inspected = run(provider(arn), "inspect", stored.out());
    assertThat(inspected.exit()).isZero();
    assertThat(inspected.out()).contains("verdict: authentic", "amzn-ddb-wrap-alg: kms");
  }

  @Test
  void inspect_withoutConfig_asksNoKms() throws IOException {
    String stored = run(provider(arn), "encrypt", ITEMS).out();
    int before = server.kms().calls().size();
    assertThat(CommandRun.of(stored, "inspect").exit()).isZero();
    assertThat(server.kms().calls()).hasSize(before);
  }

  @Test
  void decrypt_otherKey_isRefused() throws IOException {
    String stored = run(provider(server.kms().createKey()), "encrypt", ITEMS).out();
    CommandRun run = run(provider(arn), "decrypt", stored, "--on-error", "report");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.outLines())
        .hasSize(3)
        .allMatch(
            line -> line.startsWith("{\"error\":{\"type\":\"MaterialsUnavailableException\""));
  }

  @Test
  void decrypt_tampered_failsAuthentication() throws IOException {
    String stored = run(provider(arn), "encrypt", ITEMS).out().replaceFirst("\"a\"", "\"x\"");
    CommandRun run = run(provider(arn), "decrypt", stored, "--on-error", "report");
    assertThat(run.outLines().get(0)).contains("ItemAuthenticationException");
    assertThat(run.outLines().get(1)).contains("secret-2");
  }

  @ParameterizedTest
  @CsvSource({
    "encrypt,stop,1", "encrypt,skip,1", "encrypt,report,3",
    "decrypt,stop,1", "decrypt,skip,1", "decrypt,report,3",
  })
  void transform_kmsDeniesAfterTheFirstItem_followsOnError(
      String command, String onError, int outLines) throws IOException {
    String input = command.equals("encrypt") ? ITEMS : run(provider(arn), "encrypt", ITEMS).out();
    server.denyAfter(1);
    CommandRun run = run(provider(arn), command, input, "--on-error", onError);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.outLines()).hasSize(outLines);
    assertThat(run.out()).endsWith("}\n");
    assertThat(run.outLines().get(0)).startsWith("{\"pk\":{\"S\":\"a\"},\"ssn\":");
    assertThat(run.outLines().subList(1, outLines))
        .allMatch(line -> line.startsWith("{\"error\":{\"type\":\"MaterialsUnavailableException\""))
        .allMatch(line -> line.contains("AWS answered AccessDeniedException."));
    assertThat(run.errLines()).hasSize(onError.equals("stop") ? 2 : 4);
    assertThat(run.errLines().get(0))
        .startsWith("itemseal: line 2: AWS KMS gave no data key for the item")
        .endsWith("AWS answered AccessDeniedException.");
    assertThat(run.err()).contains("hint: check permissions").doesNotContain("secret");
  }

  @Test
  void decrypt_kmsDeniesAfterTheFirstItem_leavesTheOutputFile() throws IOException {
    String input = run(provider(arn), "encrypt", ITEMS).out();
    Path out = Files.writeString(directory.resolve("out.jsonl"), "before");
    server.denyAfter(1);
    CommandRun run = run(provider(arn), "decrypt", input, "--out", out.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(out).hasContent("before");
  }

  @Test
  void encrypt_keyDisabled_saysSo() throws IOException {
    server.kms().disable(arn);
    CommandRun run = run(provider(arn), "encrypt", ITEMS);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("AWS answered DisabledException.");
  }

  @Test
  void encrypt_nothingListens_saysSo() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    CommandRun run =
        run(
            "keyId: alias/x, region: eu-west-1, endpoint: \"http://127.0.0.1:" + port + "\"",
            "encrypt",
            ITEMS);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("Nothing answers at the endpoint.");
  }

  @Test
  void encrypt_loopbackWithoutCredentials_usesDummies() throws IOException {
    assumeThat(System.getenv()).doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_PROFILE");
    assumeThat(Path.of(System.getProperty("user.home"), ".aws")).doesNotExist();
    run(provider(arn), "encrypt", ITEMS);
    assertThat(server.authorizations())
        .hasSize(3)
        .allMatch(header -> header.contains("Credential=ITEMSEALDUMMYKEYID/"));
  }
}
