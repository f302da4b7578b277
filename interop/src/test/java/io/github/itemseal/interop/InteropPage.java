package io.github.itemseal.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes docs/interop.md of what the live tests counted. Not run by the build: CONTRIBUTING.md says
 * how.
 */
public final class InteropPage {
  private static final String INTRODUCTION =
      """
      # Live interoperability

      Every build runs Itemseal beside the published clients of both formats and lets each side read
      what the other wrote. The tables below are the output of one full run: nothing here is written
      by hand. [CONTRIBUTING.md](../CONTRIBUTING.md) says how to run it again.

      Items are random, of every type, nested, under random actions; they are compared as numbers
      and sets, not as their notation. The seed repeats a row's items.

      | Peer | Version |
      |---|---|
      | Java client, `%s` | %s |
      | Python client, PyPI `dynamodb-encryption-sdk` | %s |
      | Database Encryption SDK, `%s` | %s |
      | AWS KMS over HTTP, PyPI `moto` | %s |
      """;

  private static final String DISAGREEMENTS =
      """

      ## Where the old clients disagree

      The Python client orders and rounds some of what it signs differently from the Java client,
      and neither reads the other's items then. Itemseal writes what the Java client writes and
      reads both. So every item that Python wrote was read (where it refused to write a number of
      more than 38 digits, the item was written with 38); of what Itemseal wrote, Python refused
      exactly the items that hold one of the causes below, which are found by looking at the item.
      Of each refused item it was checked that each cause alone makes Python refuse, and that
      without them it reads. An item can have several causes.

      Encrypted numbers of more than 28 digits do not break a signature: Python loses the digits
      when it writes and when it reads, Itemseal never does.

      Of the second format there is no disagreement about any item: every one was read alike, both
      ways. Both refuse to write numbers of more than 38 digits; Itemseal in unsigned attributes too,
      which DynamoDB would refuse next.
      """;

  private InteropPage() {}

  /**
   * Writes the page.
   *
   * @param args the file
   */
  public static void main(String[] args) {
    StringBuilder page =
        new StringBuilder(
            INTRODUCTION.formatted(
                OldClient.ARTIFACT,
                OldClient.version(),
                PythonEnvironment.version("dynamodb-encryption-sdk"),
                DbeOriginal.ARTIFACT,
                DbeOriginal.version(),
                PythonEnvironment.version("moto")));
    Map<String, List<InteropReport.Row>> peers = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    List<InteropReport.Row> rows = InteropReport.rows();
    rows.stream()
        .map(InteropReport.Row::peer)
        .sorted(
            Comparator.comparing((String peer) -> !peer.contains("client"))
                .thenComparing(Comparator.naturalOrder()))
        .forEach(names::add);
    names.forEach(
        peer -> peers.put(peer, rows.stream().filter(row -> row.peer().equals(peer)).toList()));
    peers.forEach((peer, ofPeer) -> appendPeer(page, peer, ofPeer));
    page.append(DISAGREEMENTS);
    peers.forEach((peer, ofPeer) -> appendNotes(page, peer, ofPeer));
    try {
      Files.writeString(Path.of(args[0]), page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void appendPeer(StringBuilder page, String peer, List<InteropReport.Row> rows) {
    page.append("\n## ").append(peer).append("\n\n");
    page.append(
        "| Keys | Written by | Read by | Items | Read alike | Refused, as foreseen | Seed |\n");
    page.append("|---|---|---|---:|---:|---:|---:|\n");
    for (InteropReport.Row row : rows) {
      page.append(
          "| %s | %s | %s | %d | %d | %d | %d |%n"
              .formatted(
                  row.keys(),
                  row.writer(),
                  row.reader(),
                  row.items(),
                  row.read(),
                  row.items() - row.read(),
                  row.seed()));
    }
  }

  /** One table of all notes of a peer, writer by writer, summed over its keys. */
  private static void appendNotes(StringBuilder page, String peer, List<InteropReport.Row> rows) {
    Map<String, Map<String, Integer>> notes = new LinkedHashMap<>();
    for (InteropReport.Row row : rows) {
      Map<String, Integer> sums =
          notes.computeIfAbsent(
              row.writer() + " -> " + row.reader(), direction -> new LinkedHashMap<>());
      row.notes().forEach((note, count) -> sums.merge(note, count, Integer::sum));
    }
    if (notes.values().stream().allMatch(Map::isEmpty)) {
      return;
    }
    page.append("\n").append(peer).append(", all keys together:\n\n");
    page.append("| Written by -> read by | What | Items |\n|---|---|---:|\n");
    notes.forEach(
        (direction, sums) -> {
          for (Map.Entry<String, Integer> note : new TreeMap<>(sums).entrySet()) {
            page.append("| %s | %s | %d |%n".formatted(direction, note.getKey(), note.getValue()));
          }
        });
  }
}
