package io.github.itemseal.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.itemseal.ItemInspection;
import io.github.itemseal.ItemInspection.AttributeInspection;
import io.github.itemseal.ItemInspection.AttributeState;
import io.github.itemseal.cli.io.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Inspections for people and for programs. */
final class InspectionFormat {
  private InspectionFormat() {}

  /** A block of lines; its last line end is the caller's. */
  static void writeText(
      long number,
      ItemInspection inspection,
      Optional<InspectCommand.Verdict> verdict,
      ByteArrayOutputStream out) {
    StringBuilder text = new StringBuilder();
    text.append("line %s: %s".formatted(number, inspection.format()));
    text.append(
        String.format(
            Locale.ROOT,
            ", %,d bytes, %,d of them the format's own",
            inspection.itemBytes(),
            inspection.formatBytes()));
    verdict.ifPresent(v -> text.append("\n  verdict: ").append(verdictText(v)));
    for (String defect : inspection.defects()) {
      text.append("\n  defect: ").append(Names.onOneLine(defect));
    }
    for (Map.Entry<String, String> entry : inspection.description().entrySet()) {
      text.append("\n  ").append(Names.onOneLine(entry.getKey()));
      text.append(": ").append(Names.onOneLine(entry.getValue()));
    }
    int nameWidth =
        inspection.attributes().stream()
            .mapToInt(attribute -> Names.shortened(attribute.name()).length())
            .max()
            .orElse(0);
    for (AttributeInspection attribute : inspection.attributes()) {
      String name = Names.shortened(attribute.name());
      text.append("\n    ").append(name).append(" ".repeat(nameWidth - name.length()));
      text.append(
          String.format(
              Locale.ROOT,
              "  %-4s  %,8d bytes  %s",
              attribute.type(),
              attribute.bytes(),
              stateText(attribute.state())));
    }
    out.writeBytes(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String verdictText(InspectCommand.Verdict verdict) {
    return verdict
        .refusal()
        .map(failure -> verdict.word() + ", " + failure.type() + ": " + failure.message())
        .orElse(verdict.word());
  }

  private static String stateText(AttributeState state) {
    return switch (state) {
      case FORMAT -> "part of the format";
      case ENCRYPTED -> "encrypted and signed";
      case POSSIBLY_ENCRYPTED -> "binary, perhaps encrypted";
      case SIGNED -> "readable, signed";
      case SIGNED_IN_CONTEXT -> "readable, signed, in the encryption context";
      case UNPROTECTED -> "readable, not protected";
      case READABLE -> "readable";
    };
  }

  /** One object without a line end. */
  static void writeJson(
      long number,
      ItemInspection inspection,
      Optional<InspectCommand.Verdict> verdict,
      ByteArrayOutputStream out)
      throws IOException {
    try (JsonGenerator json = DynamoDbJson.newGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("line", number);
      json.writeStringField("format", inspection.format());
      if (verdict.isPresent()) {
        json.writeStringField("verdict", verdict.get().word());
        Optional<ItemFailure> refusal = verdict.get().refusal();
        if (refusal.isPresent()) {
          refusal.get().writeTo(json);
        }
      }
      json.writeNumberField("itemBytes", inspection.itemBytes());
      json.writeNumberField("formatBytes", inspection.formatBytes());
      json.writeObjectFieldStart("description");
      for (Map.Entry<String, String> entry : inspection.description().entrySet()) {
        json.writeStringField(Names.onOneLine(entry.getKey()), Names.onOneLine(entry.getValue()));
      }
      json.writeEndObject();
      json.writeArrayFieldStart("attributes");
      for (AttributeInspection attribute : inspection.attributes()) {
        json.writeStartObject();
        json.writeStringField("name", Names.withoutLoneSurrogates(attribute.name()));
        json.writeStringField("type", attribute.type());
        json.writeNumberField("bytes", attribute.bytes());
        json.writeStringField("state", attribute.state().name());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("defects");
      for (String defect : inspection.defects()) {
        json.writeString(Names.onOneLine(defect));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }
}
