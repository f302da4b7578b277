package io.github.itemseal.examples;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.client.EncryptedResource;
import io.github.itemseal.client.EncryptedTable;
import io.github.itemseal.client.ItemUpdate;
import io.github.itemseal.client.UpdatedItem;
import io.github.itemseal.testkit.LocalDynamoDb;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Changes of signed and encrypted attributes that lose nobody's change: of one item by several
 * writers at once, and of two items in one transaction. {@code ./demo SafeUpdates} runs it.
 */
public final class SafeUpdates {
  private SafeUpdates() {}

  /** Runs the example on a DynamoDB in this process. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  static void run(PrintStream out) {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
      DynamoDbClient plain = dynamoDb.client();
      Tables.create(dynamoDb, "Accounts");
      tell(
          EncryptedDynamoDbClient.builder()
              .client(plain)
              .table(
                  TableEncryption.of(TableInfo.of("Accounts", TableIndex.of("id")))
                      .actions(
                          AttributeActions.encryptAndSign().with("owner", CryptoAction.SIGN_ONLY))
                      .writes(Tables.format())
                      .build())
              .build(),
          out);
    }
  }

  private static void tell(EncryptedDynamoDbClient client, PrintStream out) {
    EncryptedTable accounts = client.table("Accounts");
    accounts.putItem(account("ann", 500));

    // One item, four writers at once: each reads, changes and writes until nobody came between.
    CompletableFuture<?>[] writers =
        IntStream.rangeClosed(1, 4)
            .mapToObj(
                writer -> CompletableFuture.runAsync(() -> accounts.update(key("ann"), adding(10))))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(writers).join();
    out.println("ann, after 4 x 10:     " + balance(accounts, "ann"));

    // Two items, one transaction: all or nothing. Bob's account is made on the way.
    List<UpdatedItem> moved =
        EncryptedResource.of(client)
            .updateAll(
                List.of(
                    ItemUpdate.of("Accounts", key("ann"), adding(-140)).build(),
                    ItemUpdate.of("Accounts", key("bob"), adding(140))
                        .createIfAbsent(account("bob", 0))
                        .build()));
    out.println("ann and bob, moved 140: " + moved.stream().map(SafeUpdates::balance).toList());

    // What the change throws ends the update; nothing is written.
    try {
      accounts.update(key("ann"), adding(-1000));
    } catch (IllegalStateException e) {
      out.println("ann, refused:           " + e.getMessage());
    }
    out.println("ann, still:             " + balance(accounts, "ann"));
  }

  /** A change: computes the new item and does nothing else, since it may be called again. */
  private static UnaryOperator<Map<String, AttributeValue>> adding(long amount) {
    return account -> {
      long balance = Long.parseLong(Values.in(account, "balance").n()) + amount;
      if (balance < 0) {
        throw new IllegalStateException("the balance would be " + balance);
      }
      account.put("balance", AttributeValue.fromN(Long.toString(balance)));
      return account;
    };
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> account(String id, long balance) {
    return Map.of(
        "id", AttributeValue.fromS(id),
        "owner", AttributeValue.fromS(id),
        "balance", AttributeValue.fromN(Long.toString(balance)));
  }

  private static String balance(UpdatedItem account) {
    return Values.in(account.item(), "balance").n();
  }

  private static String balance(EncryptedTable accounts, String id) {
    return Values.in(accounts.getItem(key(id)).orElseThrow(), "balance").n();
  }
}
