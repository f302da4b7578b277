package io.github.itemseal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
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
          e.getClass().getSimpleName(), message(failure), FailureHint.of(failure));
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
}
