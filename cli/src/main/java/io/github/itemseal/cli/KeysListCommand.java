package io.github.itemseal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.itemseal.ItemInspection;
import io.github.itemseal.cli.config.AwsClients;
import io.github.itemseal.cli.config.BranchKeyStoreConfig;
import io.github.itemseal.cli.config.MetaStoreConfig;
import io.github.itemseal.cli.io.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The command {@code keys list}: rows as they are stored, so it needs no key and no KMS. Layout of
 * the table: docs/metastore.md, docs/keystore.md.
 */
@Command(
    name = "list",
    description =
        "Show the versions of a material, or the rows of a branch key, oldest first, with what can be"
            + " told without their keys.")
final class KeysListCommand extends KeysCommand {
  private static final String VERSION = "V";

  @Mixin private BranchKeyOption branchKey = new BranchKeyOption();

  @Mixin private MaterialOption material = new MaterialOption();

  @Option(names = "--json", description = "One JSON object a line instead of text.")
  private boolean json;

  KeysListCommand(Console console) {
    super(console);
  }

  @Override
  void run(MetaStoreConfig configured, AwsClients clients) throws IOException {
    branchKey.requireAbsent();
    MetaStoreConfig metaStore = material.apply(configured);
    QueryRequest query =
        QueryRequest.builder()
            .tableName(metaStore.tableName())
            .keyConditionExpression("#N = :name")
            .expressionAttributeNames(Map.of("#N", "N"))
            .expressionAttributeValues(
                Map.of(":name", AttributeValue.fromS(metaStore.materialName())))
            .consistentRead(true)
            .build();
    boolean none = true;
    for (Map<String, AttributeValue> row :
        metaStore.client(clients).queryPaginator(query).items()) {
      none = false;
      String version = String.valueOf(row.getOrDefault(VERSION, AttributeValue.fromN("")).n());
      ItemInspection inspection = ItemInspection.of(row);
      print(
          json
              ? jsonOf(metaStore, version, inspection)
              : textOf(Names.shortened(version), inspection));
    }
    if (none && !json) {
      print(
          "material %s has no versions in table %s"
              .formatted(
                  Names.shortened(metaStore.materialName()),
                  Names.shortened(metaStore.tableName())));
    }
  }

  /** The rows of a branch key: its versions, the active one, and the beacon key. */
  @Override
  void run(BranchKeyStoreConfig branchKeys, AwsClients clients) throws IOException {
    material.requireAbsent();
    String id = branchKey.apply(branchKeys);
    QueryRequest query =
        QueryRequest.builder()
            .tableName(branchKeys.tableName())
            .keyConditionExpression("#id = :id")
            .expressionAttributeNames(Map.of("#id", "branch-key-id"))
            .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(id)))
            .consistentRead(true)
            .build();
    List<Map<String, AttributeValue>> rows =
        branchKeys.client(clients).queryPaginator(query).items().stream()
            .sorted(Comparator.comparing(row -> text(row, "create-time")))
            .toList();
    for (Map<String, AttributeValue> row : rows) {
      print(json ? jsonOf(branchKeys, row) : textOf(row));
    }
    if (rows.isEmpty() && !json) {
      print(
          "branch key %s is not in table %s"
              .formatted(Names.shortened(id), Names.shortened(branchKeys.tableName())));
    }
  }

  private static String textOf(Map<String, AttributeValue> row) {
    StringBuilder line = new StringBuilder(Names.onOneLine(text(row, "type")));
    for (String name : List.of("version", "create-time", "kms-arn")) {
      if (!text(row, name).isEmpty()) {
        line.append("\n  ").append(name).append(": ").append(Names.onOneLine(text(row, name)));
      }
    }
    return line.toString();
  }

  private static String jsonOf(BranchKeyStoreConfig branchKeys, Map<String, AttributeValue> row)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator generator = DynamoDbJson.newGenerator(out)) {
      generator.writeStartObject();
      generator.writeStringField("table", branchKeys.tableName());
      for (String name : List.of("branch-key-id", "type", "version", "create-time", "kms-arn")) {
        if (!text(row, name).isEmpty()) {
          generator.writeStringField(name, Names.onOneLine(text(row, name)));
        }
      }
      generator.writeEndObject();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Empty where the row has no such text. */
  private static String text(Map<String, AttributeValue> row, String name) {
    String text = row.getOrDefault(name, AttributeValue.fromS("")).s();
    return text == null ? "" : text;
  }

  private static String textOf(String version, ItemInspection inspection) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "version %s: %s, %,d bytes",
            version,
            inspection.format(),
            inspection.itemBytes()));
    for (String defect : inspection.defects()) {
      text.append("\n  defect: ").append(Names.onOneLine(defect));
    }
    inspection
        .description()
        .forEach(
            (name, value) ->
                text.append("\n  ")
                    .append(name.equals("version") ? "format version" : Names.onOneLine(name))
                    .append(": ")
                    .append(Names.onOneLine(value)));
    return text.toString();
  }

  private static String jsonOf(MetaStoreConfig metaStore, String version, ItemInspection inspection)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = DynamoDbJson.newGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("table", Names.withoutLoneSurrogates(metaStore.tableName()));
      json.writeStringField("material", Names.withoutLoneSurrogates(metaStore.materialName()));
      json.writeFieldName("version");
      json.writeNumber(version);
      json.writeStringField("format", inspection.format());
      json.writeNumberField("itemBytes", inspection.itemBytes());
      json.writeObjectFieldStart("description");
      for (Map.Entry<String, String> entry : inspection.description().entrySet()) {
        json.writeStringField(Names.onOneLine(entry.getKey()), Names.onOneLine(entry.getValue()));
      }
      json.writeEndObject();
      json.writeArrayFieldStart("defects");
      for (String defect : inspection.defects()) {
        json.writeString(Names.onOneLine(defect));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
