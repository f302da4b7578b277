package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testing.RecordingProxy;
import io.github.itemseal.testkit.InMemoryKms;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider {@code caching-most-recent} and the commands {@code keys}, end to end. */
class MetaStoreProviderTest {
  private static final String ITEM = "{\"pk\":{\"S\":\"a\"},\"ssn\":{\"S\":\"secret-1\"}}\n";
  private static final AtomicInteger TABLES = new AtomicInteger();

  /** The database of the dummy credentials that the command signs with. */
  @RegisterExtension
  private static final LocalDynamoDbExtension DATABASE =
      LocalDynamoDbExtension.withAccessKeyId("ITEMSEALDUMMYKEYID");

  @TempDir Path directory;
  private final KmsServer server = KmsServer.start();
  private final String arn = server.kms().createKey();
  private final String keys = "Keys" + TABLES.incrementAndGet();
  private Path config;

  @BeforeEach
  void writeConfig() throws IOException {
    config = Files.writeString(directory.resolve("c.yaml"), yaml());
  }

  @AfterEach
  void stopKms() {
    server.close();
  }

  private String yaml() {
    return """
    keys: # test keys
      wrap: {algorithm: AES, material: {base64: "AAECAwQFBgcICQoLDA0ODw=="}}
      sign: {algorithm: HmacSHA256, material: {base64: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}}
    tables:
      T: {partitionKey: pk, writes: ddbec, ddbec: {provider: &kms
        {type: caching-most-recent, materialName: orders, ttl: PT1H, metaStore:
          {table: KEYS, endpoint: "DB", region: eu-west-1, provider:
            {type: aws-kms, keyId: "ARN", endpoint: "KMS"}}}}}
      Copy: {partitionKey: pk, logicalName: T, writes: ddbec, ddbec: {provider:
        {type: caching-most-recent, materialName: orders, ttl: PT1H, metaStore:
          {table: KEYS-copy, endpoint: "DB", region: eu-west-1, provider:
            {type: aws-kms, keyId: "ARN", endpoint: "KMS"}}}}}
      Wrapped: {partitionKey: pk, logicalName: T, writes: ddbec, ddbec: {provider:
        {type: caching-most-recent, materialName: wrapped, ttl: PT0.5S, metaStore:
          {table: KEYS, endpoint: "DB", region: eu-west-1, provider:
            {type: wrapped, wrappingKey: wrap, signingKey: sign}}}}}
      Nested: {partitionKey: pk, writes: ddbec, ddbec: {provider:
        {type: caching-most-recent, materialName: nested, ttl: PT1H, metaStore:
          {table: KEYS-copy, endpoint: "DB", region: eu-west-1, provider: *kms}}}}
      Static: {partitionKey: pk, writes: ddbec, ddbec: {provider: {type: static, signingKey: sign}}}
      Plain: {partitionKey: pk, writes: plaintext}
    """
        .replace("KEYS", keys)
        .replace("DB", DATABASE.endpoint().toString())
        .replace("ARN", arn)
        .replace("\"KMS\"", "\"" + server.endpoint() + "\"");
  }

  private CommandRun items(String command, String table, String input, String... more) {
    List<String> args =
        new ArrayList<>(List.of(command, "--config", config.toString(), "--table", table));
    args.addAll(List.of(more));
    return CommandRun.of(input, args.toArray(String[]::new));
  }

  private CommandRun keys(String command, String table, String... more) {
    List<String> args =
        new ArrayList<>(List.of("keys", command, "--config", config.toString(), "--table", table));
    args.addAll(List.of(more));
    return CommandRun.of("", args.toArray(String[]::new));
  }

  private static CommandRun printed(String lines) {
    return new CommandRun(0, lines, "");
  }

  @Test
  void keys_createEncryptRotateEncryptList_bothVersionsDecrypt() {
    assertThat(keys("create-table", "T")).isEqualTo(printed("created table " + keys + "\n"));
    CommandRun first = items("encrypt", "T", ITEM);
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).contains("\"B\":").doesNotContain("secret");
    assertThat(keys("rotate", "T")).isEqualTo(printed("1\n"));
    CommandRun second = items("encrypt", "T", ITEM.replace("\"a\"", "\"b\""));
    assertThat(CommandRun.of(first.out() + second.out(), "inspect").out())
        .contains("amzn-ddb-meta-id: orders#0", "amzn-ddb-meta-id: orders#1");
    assertThat(items("decrypt", "T", first.out() + second.out()))
        .isEqualTo(printed(ITEM + ITEM.replace("\"a\"", "\"b\"")));
    CommandRun list = keys("list", "T");
    assertThat(list.exit()).isZero();
    assertThat(list.outLines().get(0)).matches("version 0: DDBEC, [0-9,]+ bytes");
    assertThat(list.outLines())
        .anyMatch(line -> line.startsWith("version 1: DDBEC, "))
        .contains("  amzn-ddb-wrap-alg: kms")
        .noneMatch(line -> line.startsWith("version 2"));
    assertThat(list.out()).hasSizeLessThan(1000);
  }

  @Test
  void list_json_isOneObjectALine() {
    var unused = keys("create-table", "T");
    assertThat(keys("list", "T", "--json")).isEqualTo(printed(""));
    assertThat(keys("list", "T"))
        .isEqualTo(printed("material orders has no versions in table " + keys + "\n"));
    unused = keys("rotate", "T");
    unused = keys("rotate", "T");
    int calls = server.kms().calls().size();
    CommandRun list = keys("list", "T", "--json");
    assertThat(list.outLines()).hasSize(2);
    assertThat(list.outLines().get(1))
        .startsWith(
            "{\"table\":\"%s\",\"material\":\"orders\",\"version\":1,\"format\":\"DDBEC\",\"itemBytes\":"
                .formatted(keys))
        .contains("\"amzn-ddb-wrap-alg\":\"kms\"")
        .endsWith("\"defects\":[]}");
    assertThat(server.kms().calls()).as("list needs no key").hasSize(calls);
  }

  @Test
  void createTable_again_leavesItAndSaysSo() {
    var unused = keys("create-table", "T");
    unused = keys("rotate", "T");
    assertThat(keys("create-table", "T", "--read-units", "1", "--write-units", "1"))
        .isEqualTo(printed("table " + keys + " exists already\n"));
    assertThat(keys("list", "T", "--json").outLines()).hasSize(1);
  }

  @Test
  void createTable_provisioned_isUsable() {
    assertThat(keys("create-table", "T", "--read-units", "5", "--write-units", "2").exit())
        .isZero();
    assertThat(keys("rotate", "T")).isEqualTo(printed("0\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "--read-units 1,2,Missing required argument",
    "--read-units 0 --write-units 1,2,must be 1 or more",
    "--read-units x --write-units 1,2,Invalid value",
  })
  void createTable_unitsWrong_isUsage(String options, int exit, String message) {
    CommandRun run = keys("create-table", "T", options.split(" ", -1));
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.err()).contains(message);
  }

  @Test
  void replicate_allVersions_copyDecryptsTheItems() {
    var unused = keys("create-table", "T");
    unused = keys("create-table", "Copy");
    String stored = items("encrypt", "T", ITEM).out();
    unused = keys("rotate", "T");
    stored += items("encrypt", "T", ITEM).out();
    String done =
        """
        version 0 of material orders is in table %1$s-copy
        version 1 of material orders is in table %1$s-copy
        """
            .formatted(keys);
    assertThat(keys("replicate", "T", "--to", keys + "-copy")).isEqualTo(printed(done));
    assertThat(keys("replicate", "T", "--to", keys + "-copy")).as("again").isEqualTo(printed(done));
    assertThat(items("decrypt", "Copy", stored)).isEqualTo(printed(ITEM + ITEM));
    assertThat(keys("list", "Copy", "--json").outLines()).hasSize(2);
  }

  @Test
  void replicate_oneVersionElsewhere_copiesIt() throws IOException {
    List<String> sent = new CopyOnWriteArrayList<>();
    try (RecordingProxy other = RecordingProxy.start(DATABASE.endpoint(), sent::add)) {
      String elsewhere =
          yaml()
              .replace(DATABASE.endpoint().toString(), other.endpoint().toString())
              .replace("region: eu-west-1", "region: eu-central-1");
      var unused = keys("create-table", "T");
      unused = keys("rotate", "T");
      unused = keys("rotate", "T");
      String stored = items("encrypt", "T", ITEM).out();
      CommandRun noTable = replicate(other.endpoint());
      assertThat(noTable.exit()).isEqualTo(1);
      assertThat(noTable.err())
          .contains("AWS answered ResourceNotFoundException.", "keys create-table");
      Files.writeString(config, elsewhere);
      unused = keys("create-table", "T");
      Files.writeString(config, yaml());
      sent.clear();
      assertThat(replicate(other.endpoint(), "--version", "1"))
          .isEqualTo(printed("version 1 of material orders is in table " + keys + "\n"));
      assertThat(sent).isNotEmpty();
      Files.writeString(config, elsewhere);
      assertThat(items("decrypt", "T", stored)).isEqualTo(printed(ITEM));
    }
  }

  private CommandRun replicate(URI endpoint, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--to", keys, "--to-endpoint", endpoint.toString(), "--to-region", "eu-central-1"));
    args.addAll(List.of(more));
    return keys("replicate", "T", args.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--to x;2;--to: is not the name of a DynamoDB table",
        "--to KEYS;2;--to: is the table that is copied from",
        "--to other --to-region EU;2;--to-region: is not the name of a Region",
        "--to other --to-endpoint ftp://x;2;--to-endpoint: is not the URL of an endpoint",
        "--to other --version -1;2;--version: must be 0 or more",
        "--to other --version y;2;Invalid value",
        "--to other --material a#1;2;--material: contains '#'",
        "--version 1;2;Missing required option",
        "--to other --version 7;1;has no version 7 of material 'orders'",
      })
  void replicate_optionsWrong_isRefused(String options, int exit, String message) {
    var unused = keys("create-table", "T");
    CommandRun run = keys("replicate", "T", options.replace("KEYS", keys).split(" ", -1));
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().get(0)).startsWith("itemseal: ").contains(message);
  }

  @Test
  void replicate_otherKeysThere_isRefused() {
    var unused = keys("create-table", "T");
    unused = keys("create-table", "Copy");
    unused = keys("rotate", "T");
    unused = keys("rotate", "Copy");
    CommandRun run = keys("replicate", "T", "--to", keys + "-copy");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("with other keys; it was left as it is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rotate", "list"})
  void branchKey_optionForAMetaStore_isRefusedAndChangesNothing(String command) {
    var unused = keys("create-table", "T");
    CommandRun run = keys(command, "T", "--branch-key", "x");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("itemseal: --branch-key: the table's keys are in a MetaStore");
    assertThat(keys("list", "T").out()).contains("has no versions");
  }

  @Test
  void material_option_namesAnother() {
    var unused = keys("create-table", "T");
    assertThat(keys("rotate", "T", "--material", "tenant-1")).isEqualTo(printed("0\n"));
    assertThat(keys("list", "T", "--json", "--material", "tenant-1").out())
        .contains("\"material\":\"tenant-1\"");
    assertThat(keys("list", "T", "--json").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rotate;Static;2;tables.Static: has no ddbec.provider of type caching-most-recent",
        "list;Plain;2;tables.Plain: has no ddbec.provider of type caching-most-recent",
        "list;None;2;--table: the configuration has no table 'None'",
        "rotate;T;1;The MetaStore table",
        "list;T;1;AWS answered ResourceNotFoundException.",
      })
  void keys_noMetaStore_isRefused(String command, String table, int exit, String message) {
    CommandRun run = keys(command, table);
    assertThat(run.exit()).isEqualTo(exit);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().get(0)).startsWith("itemseal: ").contains(message);
  }

  @Test
  void keys_noSubcommand_isUsage() {
    CommandRun run = CommandRun.of("", "keys");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("Missing command: keys create-table, create, rotate, list or replicate");
    assertThat(CommandRun.of("", "keys", "list", "--help").out()).contains("--material");
  }

  @Test
  void encrypt_wrappedRows_decrypts() {
    var unused = keys("create-table", "Wrapped");
    CommandRun stored = items("encrypt", "Wrapped", ITEM);
    assertThat(stored.err()).isEmpty();
    assertThat(items("decrypt", "Wrapped", stored.out())).isEqualTo(printed(ITEM));
    assertThat(keys("list", "Wrapped").out()).contains("amzn-ddb-wrap-alg: AESWrap");
    assertThat(server.kms().calls()).isEmpty();
  }

  @Test
  void encrypt_metaStoreProtectedByMetaStore_decrypts() {
    var unused = keys("create-table", "T");
    unused = keys("create-table", "Nested");
    CommandRun stored = items("encrypt", "Nested", ITEM);
    assertThat(stored.err()).isEmpty();
    assertThat(items("decrypt", "Nested", stored.out())).isEqualTo(printed(ITEM));
    assertThat(keys("list", "Nested").out()).contains("amzn-ddb-meta-id: orders#0");
  }

  @Test
  void transform_manyItems_askKmsOnceARun() {
    var unused = keys("create-table", "T");
    unused = keys("rotate", "T");
    int before = server.kms().calls().size();
    String stored = items("encrypt", "T", ITEM.repeat(50)).out();
    assertThat(items("decrypt", "T", stored)).isEqualTo(printed(ITEM.repeat(50)));
    assertThat(server.kms().calls().subList(before, server.kms().calls().size()))
        .extracting(InMemoryKms.Call::operation)
        .containsExactly("Decrypt", "Decrypt");
  }

  @ParameterizedTest
  @CsvSource({"stop,1", "skip,1", "report,3"})
  void decrypt_kmsDeniesTheSecondVersion_followsOnError(String onError, int outLines) {
    var unused = keys("create-table", "T");
    String stored = items("encrypt", "T", ITEM).out();
    unused = keys("rotate", "T");
    stored += items("encrypt", "T", ITEM + ITEM).out();
    server.denyAfter(1);
    CommandRun run = items("decrypt", "T", stored, "--on-error", onError);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.outLines()).hasSize(outLines);
    assertThat(run.out()).startsWith(ITEM).endsWith("}\n");
    assertThat(run.outLines().subList(1, outLines))
        .allMatch(line -> line.startsWith("{\"error\":{\"type\":\"MaterialsUnavailableException\""))
        .allMatch(line -> line.contains("AWS answered AccessDeniedException."));
    assertThat(run.err()).contains("line 2: ").doesNotContain("secret");
  }

  @Test
  void keys_kmsDenied_failsWithoutANewVersion() {
    var unused = keys("create-table", "T");
    server.kms().deny("GenerateDataKey");
    CommandRun run = keys("rotate", "T");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines().get(0)).endsWith("AWS answered AccessDeniedException.");
    assertThat(keys("list", "T", "--json")).isEqualTo(printed(""));
  }
}
