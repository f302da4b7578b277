package io.github.itemseal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.cli.io.Names;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Why one item failed.
 *
 * @param type the simple name of the library's exception
 * @param message one line without any value
 * @param hint what to do about it, one line
 */
record ItemFailure(String type, String message, String hint) {
  private static final String MALFORMED = MalformedItemException.class.getSimpleName();

  static ItemFailure of(RuntimeException e) {
    if (e instanceof ItemsealException failure) {
      return new ItemFailure(
          e.getClass().getSimpleName(), message(failure), hintFor(failure.reason()));
    }
    if (e instanceof DynamoDbJsonException) {
      return new ItemFailure(
          MALFORMED,
          Names.onOneLine(String.valueOf(e.getMessage())),
          "a line is one item in DynamoDB JSON, such as {\"pk\":{\"S\":\"a\"}}, or {\"Item\":{...}}");
    }
    // A defect of ours. Its message is not known to be free of values.
    return new ItemFailure(
        e.getClass().getSimpleName(),
        "The item cannot be processed, because of a defect in itemseal.",
        "please report it with the item's structure and the version");
  }

  /** A line that is longer than the command reads. */
  static ItemFailure lineTooLong(int maxLineBytes) {
    return new ItemFailure(
        MALFORMED,
        "The line is longer than %s MiB.".formatted(maxLineBytes >> 20),
        "an item of DynamoDB has at most 400 KB: does the input have line ends?");
  }

  /** Writes {@code {"error":{"type":…,"message":…}}}. */
  void writeTo(OutputStream out) throws IOException {
    try (JsonGenerator json = DynamoDbJson.newGenerator(out)) {
      json.writeStartObject();
      writeTo(json);
      json.writeEndObject();
    }
  }

  /** Writes the field {@code error} of an object. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeStringField("type", type);
    json.writeStringField("message", message);
    json.writeEndObject();
  }

  private static String message(ItemsealException failure) {
    String message = String.valueOf(failure.getMessage());
    return Names.onOneLine(
        AwsFailure.describe(failure).map(cause -> message + " " + cause).orElse(message));
  }

  private static String hintFor(FailureReason reason) {
    return switch (reason) {
      case NOT_AUTHENTIC ->
          "check keys, logicalName and attributeActions of the table; if they are those of the"
              + " writer, do not trust the item";
      case PLAINTEXT_FORBIDDEN ->
          "while a table is being encrypted, add plaintext to 'reads' of the table";
      case FORMAT_NOT_READ -> "add the format to 'reads' of the table";
      case ATTRIBUTE_NAME_RESERVED -> "is the item encrypted already? then there is nothing to do";
      case KEY_ATTRIBUTE_MISSING, KEY_ATTRIBUTE_TYPE_INVALID ->
          "check partitionKey and sortKey of the table; an export line must hold whole items";
      case KEY_NUMBER_NOT_CANONICAL -> "write the number as DynamoDB returns it";
      case KEY_NOT_CONFIGURED -> "add the missing key to 'ddbec.provider' of the table";
      case KEY_SOURCE_FAILED ->
          "check permissions, region, endpoint and credentials for 'ddbec.provider' of the table";
      case TABLE_NOT_FOUND ->
          "check metaStore.table, region and endpoint; itemseal keys create-table makes the table";
      case MATERIAL_VERSION_NOT_FOUND ->
          "itemseal keys list shows the versions; without its version an item cannot be read";
      case MATERIAL_CONFLICT -> "another material name keeps the two apart";
      case MATERIAL_TYPE_UNKNOWN, MATERIAL_INCOMPLETE ->
          "check metaStore.table and materialName; itemseal keys list shows the rows";
      case MATERIALS_MISMATCH, ALGORITHM_NOT_ALLOWED, DESCRIPTION_INCOMPLETE ->
          "check 'ddbec.provider' of the table; itemseal inspect shows what the item was written"
              + " with";
      case ENCRYPTED_ATTRIBUTE_NOT_BINARY ->
          "check attributeActions: readers need those the item was written with";
      case SIGNATURE_MISSING, SIGNATURE_NOT_BINARY, DESCRIPTION_MALFORMED ->
          "itemseal inspect shows what is left of the item's metadata";
      default -> "itemseal inspect shows what can be told without keys";
    };
  }
}
