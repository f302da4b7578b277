package io.github.itemseal.interop;

import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the live tests counted, one JSON object a line in a file under {@code target}, from which
 * {@link InteropPage} makes the page.
 */
final class InteropReport {
  private static final Path FILE =
      SharedVectors.root().resolve("interop/target/interop-report.jsonl");

  private InteropReport() {}

  /** Notes the outcome of one comparison that passed, and prints it. */
  static void add(Row row) {
    System.out.printf(
        "%s, %s, %s -> %s: seed %s, %d of %d items read alike; %s%n",
        row.peer(),
        row.keys(),
        row.writer(),
        row.reader(),
        row.seed(),
        row.read(),
        row.items(),
        row.notes());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("peer", row.peer());
    json.put("keys", row.keys());
    json.put("writer", row.writer());
    json.put("reader", row.reader());
    json.put("items", row.items());
    json.put("read", row.read());
    json.put("seed", Long.toString(row.seed()));
    json.put("notes", row.notes());
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(
          FILE, Json.line(json) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All rows so far, in the order of their first noting; a repeated comparison replaces its row.
   */
  static List<Row> rows() {
    Map<List<String>, Row> rows = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(FILE)) {
        Row row = row(Json.parse(line));
        rows.put(List.of(row.peer(), row.keys(), row.writer(), row.reader()), row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(rows.values());
  }

  private static Row row(Map<String, Object> json) {
    Map<String, Integer> notes = new LinkedHashMap<>();
    Json.object(json.get("notes")).forEach((note, count) -> notes.put(note, (Integer) count));
    return new Row(
        (String) json.get("peer"),
        (String) json.get("keys"),
        (String) json.get("writer"),
        (String) json.get("reader"),
        (Integer) json.get("items"),
        (Integer) json.get("read"),
        Long.parseLong((String) json.get("seed")),
        notes);
  }

  /**
   * One comparison.
   *
   * @param peer section of the page, such as the client compared with
   * @param keys the provider and its algorithms
   * @param writer who wrote
   * @param reader who read
   * @param items how many were written
   * @param read how many of them were read and found alike; the others were refused, as foreseen
   * @param seed of the items
   * @param notes counts of what else happened, in the order to show
   */
  record Row(
      String peer,
      String keys,
      String writer,
      String reader,
      int items,
      int read,
      long seed,
      Map<String, Integer> notes) {}
}
