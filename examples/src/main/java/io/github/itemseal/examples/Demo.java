package io.github.itemseal.examples;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.examples.Console.Cell;
import io.github.itemseal.examples.Console.Tone;
import io.github.itemseal.testkit.LocalDynamoDb;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * What {@code ./demo} runs: items go into a real DynamoDB, in this process, encrypted and signed,
 * and come back in plaintext through the same calls; changed ones are refused.
 */
public final class Demo {
  private static final int[] QUERY_COLUMNS = {4, 14, 27, 45};
  private static final int[] TAMPER_COLUMNS = {50, 46};

  private final Console console;
  private final DynamoDbClient plain;
  private final EncryptedDynamoDbClient encrypted;
  private final SideBySide sideBySide;

  private Demo(Console console, DynamoDbClient plain) {
    this.console = console;
    this.plain = plain;
    this.encrypted =
        EncryptedDynamoDbClient.builder().client(plain).table(Parcels.encryption()).build();
    String[] keys = Parcels.key(1).keySet().toArray(String[]::new);
    AttributeActions actions = Parcels.encryption().actions().withIndexKeys(keys);
    this.sideBySide = new SideBySide(console, actions, Parcels.key(1).keySet());
  }

  /**
   * Runs the demo.
   *
   * @param arguments {@code --color} for a terminal, {@code --unicode} where it shows line drawing
   */
  public static void main(String[] arguments) {
    List<String> given = List.of(arguments);
    try (PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
      System.setOut(new PrintStream(OutputStream.nullOutputStream())); // DynamoDB Local chatters
      run(out, given.contains("--color"), given.contains("--unicode"));
    }
  }

  static void run(PrintStream out, boolean color, boolean unicode) {
    Console console = new Console(out, color, unicode);
    console.blank();
    console.paragraph(2, "Itemseal: a DynamoDB table that encrypts itself", Tone.STRONG);
    console.paragraph(
        2, "DynamoDB Local in this process; test keys; nothing leaves this machine.", Tone.FAINT);
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
      Parcels.create(dynamoDb);
      new Demo(console, dynamoDb.client()).tell();
    }
  }

  private void tell() {
    write();
    show();
    query();
    tamper();
    refuse();
    console.blank();
    console.rule();
    console.paragraph(2, "To protect a table of your own: the 15 lines in README.md.", Tone.STRONG);
    console.blank();
  }

  private void write() {
    console.heading(1, "Two items are written through the encrypted client, by ordinary calls");
    console.code(
        """
        .actions(AttributeActions.encryptAndSign()
            .with("carrier", SIGN_ONLY).with("ports", SIGN_ONLY).with("depot", DO_NOTHING))

        client.putItem(put -> put.tableName("Parcels").item(parcel));""");
    for (Map<String, AttributeValue> item : List.of(Parcels.firstLeg(), Parcels.secondLeg())) {
      encrypted.putItem(put -> put.tableName(Parcels.TABLE).item(item));
    }
  }

  private void show() {
    console.heading(2, "The first, as it is stored and as it is read: every type DynamoDB has");
    Map<String, AttributeValue> read = get(encrypted);
    Map<String, AttributeValue> inOrder = new LinkedHashMap<>();
    Parcels.firstLeg().keySet().forEach(name -> inOrder.put(name, read.get(name)));
    sideBySide.print(get(plain), inOrder);
  }

  private void query() {
    console.heading(3, "One query, two clients: query(\"parcel = :parcel\")");
    console.row(
        QUERY_COLUMNS,
        faint("LEG"),
        faint("CARRIER"),
        faint("ADDRESS, ENCRYPTED CLIENT"),
        faint("ADDRESS, PLAIN CLIENT"));
    console.rule();
    List<Map<String, AttributeValue>> stored = queryAll(plain);
    List<Map<String, AttributeValue>> read = queryAll(encrypted);
    for (int i = 0; i < read.size(); i++) {
      console.row(
          QUERY_COLUMNS,
          Cell.of(Values.text(Values.in(read.get(i), "leg"))),
          Cell.of(Values.text(Values.in(read.get(i), "carrier"))),
          Cell.of(Values.text(Values.in(read.get(i), "address"))),
          faint(sideBySide.ciphertext(Values.in(stored.get(i), "address"))));
    }
  }

  private void tamper() {
    console.heading(4, "Somebody with write access, but without the keys, changes the stored item");
    console.row(TAMPER_COLUMNS, faint("THE PLAIN CLIENT"), faint("THE ENCRYPTED CLIENT"));
    console.rule();
    Map<String, AttributeValue> other = queryAll(plain).get(1);
    String message =
        tamper("sets carrier (SIGN_ONLY) to Pirate Post", with("carrier", "Pirate Post"));
    tamper(
        "swaps in address (ENCRYPT_AND_SIGN) of leg 2",
        item -> with(item, "address", Values.in(other, "address")));
    tamper(
        "flips one bit of the signature",
        item -> with(item, Ddbec.SIGNATURE_ATTRIBUTE, flipped(item)));
    tamper("sets depot (DO_NOTHING) to Bay 9", with("depot", "Bay 9"));
    console.blank();
    console.paragraph(2, message, Tone.PLAIN);
  }

  /** Changes the first item behind the encrypted client's back, reads it, and puts it right. */
  private String tamper(String what, UnaryOperator<Map<String, AttributeValue>> change) {
    Map<String, AttributeValue> stored = get(plain);
    plain.putItem(put -> put.tableName(Parcels.TABLE).item(change.apply(stored)));
    try {
      Map<String, AttributeValue> read = get(encrypted);
      String depot = Values.text(Values.in(read, "depot"));
      console.row(
          TAMPER_COLUMNS,
          Cell.of(what),
          new Cell("reads " + depot + ": DO_NOTHING protects nothing", Tone.CAUTION));
      return "";
    } catch (ItemsealException e) {
      console.row(TAMPER_COLUMNS, Cell.of(what), new Cell("refused: " + e.reason(), Tone.GOOD));
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    } finally {
      plain.putItem(put -> put.tableName(Parcels.TABLE).item(stored));
    }
  }

  private void refuse() {
    console.heading(5, "What cannot be done safely is refused before it is sent");
    try {
      encrypted.updateItem(
          update ->
              update
                  .tableName(Parcels.TABLE)
                  .key(Parcels.key(1))
                  .updateExpression("SET address = :address")
                  .expressionAttributeValues(Map.of(":address", Parcels.text("Flat 5"))));
    } catch (ItemsealException e) {
      console.paragraph(2, e.getClass().getSimpleName() + ": " + e.getMessage(), Tone.PLAIN);
    }
  }

  private static Map<String, AttributeValue> get(DynamoDbClient client) {
    return client.getItem(get -> get.tableName(Parcels.TABLE).key(Parcels.key(1))).item();
  }

  private static List<Map<String, AttributeValue>> queryAll(DynamoDbClient client) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(Parcels.TABLE)
            .keyConditionExpression("parcel = :parcel")
            .expressionAttributeValues(Map.of(":parcel", Parcels.text("PX-1001")))
            .build();
    return client.queryPaginator(request).items().stream().toList();
  }

  private static UnaryOperator<Map<String, AttributeValue>> with(String name, String text) {
    return item -> with(item, name, Parcels.text(text));
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
    changed.put(name, value);
    return changed;
  }

  private static AttributeValue flipped(Map<String, AttributeValue> item) {
    byte[] signature = Values.in(item, Ddbec.SIGNATURE_ATTRIBUTE).b().asByteArray();
    signature[0] ^= 1;
    return AttributeValue.fromB(SdkBytes.fromByteArray(signature));
  }

  private static Cell faint(String text) {
    return new Cell(text, Tone.FAINT);
  }
}
