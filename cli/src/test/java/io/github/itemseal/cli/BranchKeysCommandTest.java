package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.keyring.BranchKeyProtection;
import io.github.itemseal.keyring.BranchKeyStore;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The commands {@code keys} on the key store of a hierarchical keyring, end to end. */
class BranchKeysCommandTest {
  /** The database of the dummy credentials that the command signs with. */
  @RegisterExtension
  private static final LocalDynamoDbExtension DATABASE =
      LocalDynamoDbExtension.withAccessKeyId("ITEMSEALDUMMYKEYID");

  private static int tables;

  @TempDir Path directory;
  private final KmsServer server = KmsServer.start();
  private final String arn = server.kms().createKey();
  private final String keys = "BranchKeys" + tables++;
  private Path config;

  @BeforeEach
  void writeConfig() throws IOException {
    config = Files.writeString(directory.resolve("c.yaml"), yaml("", ""));
  }

  @AfterEach
  void stopKms() {
    server.close();
  }

  private String yaml(String keyringFields, String storeFields) {
    return """
    tables:
      T: {partitionKey: pk, writes: dbe, dbe: {keyring: {type: hierarchical,
        branchKeyId: tenant-1, ttl: PT10M, KEYRINGkeyStore: {table: KEYS, logicalName: Logical,
        kmsKeyArn: "ARN", STOREendpoint: "DB", region: eu-west-1, kmsEndpoint: "KMS"}}}}
    """
        .replace("KEYRING", keyringFields)
        .replace("STORE", storeFields)
        .replace("KEYS", keys)
        .replace("DB", DATABASE.endpoint().toString())
        .replace("ARN", arn)
        .replace("\"KMS\"", "\"" + server.endpoint() + "\"");
  }

  private CommandRun keys(String command, String... more) {
    List<String> args =
        new ArrayList<>(List.of("keys", command, "--config", config.toString(), "--table", "T"));
    args.addAll(List.of(more));
    return CommandRun.of("", args.toArray(String[]::new));
  }

  private BranchKeyStore store(DynamoDbClient client) {
    return BranchKeyStore.builder(client, server.kms().client())
        .tableName(keys)
        .logicalName("Logical")
        .protectedBy(BranchKeyProtection.kmsKey(arn))
        .build();
  }

  @Test
  void keys_createTableCreateRotateList_areSeenByTheLibrary() {
    assertThat(keys("create-table").out()).isEqualTo("created table " + keys + "\n");
    assertThat(keys("create-table").out()).isEqualTo("table " + keys + " exists already\n");
    String made = keys("create", "--branch-key", "tenant-1", "--context", "dept=sales").out();
    assertThat(made).startsWith("tenant-1 ");
    UUID first = UUID.fromString(made.strip().substring("tenant-1 ".length()));
    UUID second = UUID.fromString(keys("rotate").out().strip());
    DynamoDbClient client = DATABASE.client();
    BranchKeyStore store = store(client);
    assertThat(store.activeKey("tenant-1").version()).isEqualTo(second);
    assertThat(store.keyVersion("tenant-1", first).encryptionContext())
        .containsEntry("dept", "sales");
    CommandRun list = keys("list");
    assertThat(list.out())
        .contains("branch:version:" + first + "\n  create-time: ")
        .contains("branch:ACTIVE\n  version: branch:version:" + second + "\n")
        .contains("beacon:ACTIVE\n")
        .contains("  kms-arn: " + arn + "\n");
    assertThat(keys("list", "--json").out().lines())
        .hasSize(4)
        .allMatch(line -> line.contains("\"branch-key-id\":\"tenant-1\""))
        .noneMatch(line -> line.contains("enc"));
    assertThat(keys("list", "--branch-key", "x").out())
        .isEqualTo("branch key x is not in table " + keys + "\n");
  }

  @Test
  void keys_randomId_canBeRotatedByName() {
    keys("create-table");
    String made = keys("create").out();
    String id = made.substring(0, made.indexOf(' '));
    assertThat(UUID.fromString(id).version()).isEqualTo(4);
    assertThat(keys("rotate", "--branch-key", id).exit()).isZero();
  }

  @Test
  void keys_whatCannotBe_isRefused() {
    keys("create-table");
    assertThat(keys("rotate"))
        .matches(run -> run.exit() == 1)
        .matches(run -> run.err().contains("has no row 'branch:ACTIVE' of branch key 'tenant-1'"));
    keys("create", "--branch-key", "tenant-1", "--context", "a=b");
    assertThat(keys("create", "--branch-key", "tenant-1", "--context", "a=b"))
        .matches(run -> run.exit() == 1)
        .matches(run -> run.err().contains("there is one already"));
    assertThat(keys("create", "--branch-key", "tenant-2"))
        .matches(run -> run.exit() == 2)
        .matches(run -> run.err().contains("give both or neither"));
    assertThat(keys("replicate", "--to", "Other"))
        .matches(run -> run.exit() == 2)
        .matches(run -> run.err().contains("the table's keys are in a key store"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rotate --branch-key=;--branch-key: is empty",
        "list --branch-key=;--branch-key: is empty",
        "create --branch-key= --context a=b;--branch-key: is empty",
        "create --branch-key x --context a;--context: is not a name, '=' and a value",
        "create --branch-key x --context =b;--context: is not a name, '=' and a value",
        "create --branch-key x --context a=1 --context a=2;--context: names 'a' twice",
        "rotate --material other;--material: the table's keys are in a key store",
        "list --material other;--material: the table's keys are in a key store",
      })
  void keys_optionThatCannotBe_isRefusedInOneLineAndChangesNothing(String line, String message) {
    keys("create-table");
    keys("create", "--branch-key", "tenant-1", "--context", "a=b");
    String before = keys("list").out();
    String[] words = line.split(" ", -1);
    CommandRun run = keys(words[0], Arrays.copyOfRange(words, 1, words.length));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(2);
    assertThat(run.errLines().get(0)).isEqualTo("itemseal: " + message);
    assertThat(keys("list").out()).isEqualTo(before);
    assertThat(keys("list", "--branch-key", "x").out()).contains("is not in table");
  }

  @Test
  void keys_create_bindsTheContextAndPrintsTheIdOnOneLine() {
    keys("create-table");
    CommandRun made =
        keys("create", "--branch-key", "a\nb", "--context", "k==v", "--context", "e=");
    assertThat(made.out()).startsWith("a\\u000ab ").hasLineCount(1);
    DynamoDbClient client = DATABASE.client();
    assertThat(store(client).activeKey("a\nb").encryptionContext())
        .isEqualTo(Map.of("k", "=v", "e", ""));
  }

  @Test
  void keys_storeConfiguredOtherwise_isRefusedWithTheFieldToCheck() throws IOException {
    keys("create-table");
    keys("create", "--branch-key", "tenant-1", "--context", "a=b");
    String item = "{\"pk\":{\"S\":\"a\"}}\n";
    String right = Files.readString(config);
    Files.writeString(config, right.replace(arn, server.kms().createKey()));
    for (CommandRun run : List.of(keys("rotate"), items("encrypt", item))) {
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err())
          .contains("is not of the configured KMS key.")
          .contains("itemseal keys list that of a branch key");
    }
    Files.writeString(config, right.replace("Logical", "Other"));
    for (CommandRun run : List.of(keys("rotate"), items("encrypt", item))) {
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err())
          .contains("AWS answered InvalidCiphertextException.")
          .contains("hint: check keyStore.logicalName; if it is right, somebody changed the row");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x: 1, ;'';tables.T.dbe.keyring.x: is not a known field",
        "'';x: 1, ;tables.T.dbe.keyring.keyStore.x: is not a known field",
        "'';type: static, ;tables.T.dbe.keyring.keyStore.table: is not a known field",
        "'';type: other, ;tables.T.dbe.keyring.keyStore.type: has an unknown value",
      })
  void keys_unknownField_isRefusedWithItsPath(String keyring, String store, String message)
      throws IOException {
    config = Files.writeString(directory.resolve("c.yaml"), yaml(keyring, store));
    assertThat(keys("list"))
        .matches(run -> run.exit() == 2)
        .matches(run -> run.err().contains(message), message);
  }

  @Test
  void keys_aliasInsteadOfArn_isRefusedWithItsPath() throws IOException {
    config = Files.writeString(directory.resolve("c.yaml"), yaml("", "").replace(arn, "alias/x"));
    assertThat(keys("list").err())
        .contains("tables.T.dbe.keyring.keyStore.kmsKeyArn: is not the ARN of a KMS key");
  }

  private CommandRun items(String command, String input) {
    return CommandRun.of(input, command, "--config", config.toString(), "--table", "T");
  }

  @Test
  void decrypt_ofEncrypt_usesTheBranchKeysOfTheTableAndOneCallForEach() throws IOException {
    keys("create-table");
    String item = "{\"pk\":{\"S\":\"a\"},\"ssn\":{\"S\":\"secret\"}}\n";
    assertThat(items("encrypt", item))
        .matches(run -> run.exit() == 1)
        .matches(run -> run.err().contains("itemseal: line 1: "))
        .matches(run -> run.err().contains("hint: check branchKeyId; itemseal keys list shows"));
    keys("create", "--branch-key", "tenant-1", "--context", "dept=sales");
    int before = server.authorizations().size();
    String old = items("encrypt", item.repeat(3)).out();
    assertThat(old).contains("aws_dbe_head").doesNotContain("secret");
    assertThat(server.authorizations()).hasSize(before + 1);
    keys("rotate");
    String stored = old + items("encrypt", item).out();
    assertThat(items("decrypt", stored)).isEqualTo(new CommandRun(0, item.repeat(4), ""));
    String inspected = CommandRun.of(stored, "inspect").out();
    assertThat(
            inspected
                .lines()
                .filter(line -> line.contains("branch key tenant-1, version"))
                .distinct())
        .hasSize(2);
    server.denyAfter(0);
    assertThat(items("decrypt", stored))
        .matches(run -> run.exit() == 1)
        .matches(run -> run.err().contains("AWS answered AccessDeniedException."))
        .matches(run -> run.err().contains("credentials for 'dbe.keyring' of the table"));
  }

  @Test
  void keys_hierarchicalInAMultiKeyring_isManaged() throws IOException {
    String nested =
        yaml("", "")
            .replace("keyring: {type", "keyring: {type: multi, children: [{type")
            .replace("}}}}", "}}]}}}");
    config = Files.writeString(directory.resolve("c.yaml"), nested);
    assertThat(keys("create-table").out()).isEqualTo("created table " + keys + "\n");
    keys("create", "--branch-key", "tenant-1", "--context", "dept=sales");
    String item = "{\"pk\":{\"S\":\"a\"},\"ssn\":{\"S\":\"secret\"}}\n";
    assertThat(items("decrypt", items("encrypt", item).out()).out()).isEqualTo(item);
  }

  @Test
  void encrypt_tableOfKeysThatIsNotThere_saysHowToMakeIt() {
    CommandRun run = items("encrypt", "{\"pk\":{\"S\":\"a\"}}\n");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("hint: check keyStore.table, region and endpoint; itemseal keys create-table");
  }
}
