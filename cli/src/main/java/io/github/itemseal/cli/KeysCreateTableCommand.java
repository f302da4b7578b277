package io.github.itemseal.cli;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.BranchKeyStoreConfig;
import io.github.itemseal.cli.config.MetaStoreConfig;
import io.github.itemseal.cli.io.Names;
import io.github.itemseal.keyring.BranchKeyStore;
import io.github.itemseal.materials.MetaStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** The command {@code keys create-table}. */
@Command(
    name = "create-table",
    description =
        "Create the DynamoDB table of the MetaStore or key store and wait until it is active. A table that is"
            + " there already is left as it is.")
final class KeysCreateTableCommand extends KeysCommand {
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_POLLS = 300;

  /** Both or neither. */
  static final class Provisioned {
    @Option(
        names = "--read-units",
        required = true,
        paramLabel = "N",
        description = "Provisioned read capacity; on demand without.")
    private long readUnits;

    @Option(
        names = "--write-units",
        required = true,
        paramLabel = "N",
        description = "Provisioned write capacity.")
    private long writeUnits;
  }

  @ArgGroup(exclusive = false)
  private @Nullable Provisioned provisioned;

  KeysCreateTableCommand(Console console) {
    super(console);
  }

  @Override
  void run(MetaStoreConfig metaStore, AwsClients clients) throws IOException {
    create(
        metaStore.client(clients),
        metaStore.tableName(),
        MetaStore::createTable,
        MetaStore::createTable,
        new Layout("MetaStore", "metaStore.table", "N", "V", "N"));
  }

  @Override
  void run(BranchKeyStoreConfig branchKeys, AwsClients clients) throws IOException {
    create(
        branchKeys.client(clients),
        branchKeys.tableName(),
        BranchKeyStore::createTable,
        BranchKeyStore::createTable,
        new Layout("key store", "keyStore.table", "branch-key-id", "type", "S"));
  }

  /** What a table of keys looks like; the partition key is of type S in both. */
  private record Layout(
      String kind, String field, String partitionKey, String sortKey, String sortKeyType) {}

  /** Creates a table with provisioned capacity. */
  private interface ProvisionedCreation {
    CreateTableResponse create(DynamoDbClient client, String table, ProvisionedThroughput units);
  }

  private void create(
      DynamoDbClient client,
      String table,
      BiFunction<DynamoDbClient, String, CreateTableResponse> onDemand,
      ProvisionedCreation withUnits,
      Layout layout)
      throws IOException {
    Provisioned units = provisioned;
    if (units != null && (units.readUnits < 1 || units.writeUnits < 1)) {
      throw new UsageException(
          "--read-units and --write-units: must be 1 or more",
          "leave both out for on-demand capacity");
    }
    try {
      CreateTableResponse unused =
          units == null
              ? onDemand.apply(client, table)
              : withUnits.create(
                  client,
                  table,
                  ProvisionedThroughput.builder()
                      .readCapacityUnits(units.readUnits)
                      .writeCapacityUnits(units.writeUnits)
                      .build());
    } catch (MaterialsUnavailableException e) {
      if (!(e.getCause() instanceof ResourceInUseException)) {
        throw e;
      }
      requireKeysTable(layout, table, client.describeTable(ask -> ask.tableName(table)).table());
      print("table " + Names.shortened(table) + " exists already");
      return;
    }
    waitUntilActive(client, table);
    print("created table " + Names.shortened(table));
  }

  private static void waitUntilActive(DynamoDbClient client, String table) {
    try (DynamoDbWaiter waiter =
        DynamoDbWaiter.builder()
            .client(client)
            .overrideConfiguration(
                WaiterOverrideConfiguration.builder()
                    .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(POLL_INTERVAL))
                    .maxAttempts(MAX_POLLS)
                    .build())
            .build()) {
      var unused = waiter.waitUntilTableExists(ask -> ask.tableName(table));
    }
  }

  private static void requireKeysTable(Layout layout, String name, TableDescription table) {
    List<String> keys = table.keySchema().stream().map(KeySchemaElement::attributeName).toList();
    List<String> types =
        keys.stream()
            .map(
                key ->
                    table.attributeDefinitions().stream()
                        .filter(attribute -> attribute.attributeName().equals(key))
                        .map(AttributeDefinition::attributeTypeAsString)
                        .findFirst()
                        .orElse(""))
            .toList();
    if (!keys.equals(List.of(layout.partitionKey(), layout.sortKey()))
        || !types.equals(List.of("S", layout.sortKeyType()))) {
      throw new UsageException(
          "%s: table '%s' exists already and is no %s table"
              .formatted(layout.field(), Names.shortened(name), layout.kind()),
          "its keys are not %s of type S and %s of type %s; choose another name"
              .formatted(layout.partitionKey(), layout.sortKey(), layout.sortKeyType()));
    }
  }
}
