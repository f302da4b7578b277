package io.github.itemseal.examples;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemInspection;
import io.github.itemseal.examples.Console.Cell;
import io.github.itemseal.examples.Console.Tone;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One item twice: as the table stores it, and as the encrypted client reads it. */
final class SideBySide {
  private static final int CIPHERTEXT = 25;
  private static final int[] COLUMNS = {12, 16, 4, CIPHERTEXT, 4, 27};
  private static final int[] HEADINGS = {12, 16, 31, 33};
  private static final int[] FORMAT_COLUMNS = {19, 4, CIPHERTEXT, 44};
  private static final int[] ENTRY_COLUMNS = {2, 22, 70};

  private final Console console;
  private final AttributeActions actions;
  private final Set<String> keys;

  /**
   * @param actions with the keys of the table protected
   */
  SideBySide(Console console, AttributeActions actions, Set<String> keys) {
    this.console = console;
    this.actions = actions;
    this.keys = keys;
  }

  /** In the order of the plaintext; the format's own attributes below. */
  void print(Map<String, AttributeValue> stored, Map<String, AttributeValue> plaintext) {
    console.row(
        HEADINGS,
        faint("ATTRIBUTE"),
        faint("ACTION"),
        faint("STORED IN THE TABLE"),
        faint("READ BY YOUR PROGRAM"));
    console.rule();
    for (Map.Entry<String, AttributeValue> entry : plaintext.entrySet()) {
      printAttribute(entry.getKey(), Values.in(stored, entry.getKey()), entry.getValue());
    }
    console.rule();
    printFormat(stored);
  }

  private void printAttribute(String name, AttributeValue stored, AttributeValue plaintext) {
    CryptoAction action = actions.actionFor(name);
    Cell storedText =
        action.encrypts()
            ? faint(ciphertext(stored))
            : new Cell(Values.text(stored), toneOf(action));
    console.row(
        COLUMNS,
        new Cell(name, Tone.STRONG),
        new Cell(action + (keys.contains(name) ? " (key)" : ""), toneOf(action)),
        faint(Values.type(stored)),
        storedText,
        faint(Values.type(plaintext)),
        Cell.of(Values.text(plaintext)));
  }

  private void printFormat(Map<String, AttributeValue> stored) {
    console.row(
        FORMAT_COLUMNS,
        new Cell(Ddbec.SIGNATURE_ATTRIBUTE, Tone.ACCENT),
        faint("B"),
        faint(ciphertext(Values.in(stored, Ddbec.SIGNATURE_ATTRIBUTE))),
        Cell.of(
            "signs the table's name and the names, actions and stored values of all attributes"
                + " but DO_NOTHING"));
    console.row(
        FORMAT_COLUMNS,
        new Cell(Ddbec.DESCRIPTION_ATTRIBUTE, Tone.ACCENT),
        faint("B"),
        faint(ciphertext(Values.in(stored, Ddbec.DESCRIPTION_ATTRIBUTE))),
        Cell.of("says how to get the item's keys back; readable, useless without yours:"));
    ItemInspection inspection = ItemInspection.of(stored, actions);
    inspection
        .description()
        .forEach(
            (name, text) -> {
              if (name.startsWith("amzn-")) {
                String shown =
                    name.equals("amzn-ddb-env-key") ? "the item's own data key, wrapped: " : "";
                console.row(ENTRY_COLUMNS, Cell.of(""), faint(name), faint(shown + text));
              }
            });
    console.rule();
    console.paragraph(
        2,
        String.format(
            Locale.ROOT,
            "%,d bytes of DynamoDB's 409,600 for an item; %,d of them are the last two attributes,"
                + " which your program never sees.",
            inspection.itemBytes(),
            inspection.formatBytes()),
        Tone.FAINT);
  }

  /** The first bytes and the length, as wide as the column. */
  String ciphertext(AttributeValue value) {
    String hex = Values.hex(value.b());
    String length = hex.length() / 2 + " bytes";
    String head = hex.substring(0, 13) + console.ellipsis();
    return head + " ".repeat(CIPHERTEXT - head.length() - length.length()) + length;
  }

  private static Tone toneOf(CryptoAction action) {
    if (action.encrypts()) {
      return Tone.GOOD;
    }
    return action.signs() ? Tone.CAUTION : Tone.BAD;
  }

  private static Cell faint(String text) {
    return new Cell(text, Tone.FAINT);
  }
}
