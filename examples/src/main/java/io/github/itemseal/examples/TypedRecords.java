package io.github.itemseal.examples;

import static io.github.itemseal.enhanced.AttributeActionTags.signOnly;
import static software.amazon.awssdk.enhanced.dynamodb.extensions.VersionedRecordExtension.AttributeTags.versionAttribute;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;

import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.enhanced.EncryptedDynamoDbEnhancedAsyncClient;
import io.github.itemseal.enhanced.EncryptedDynamoDbEnhancedClient;
import io.github.itemseal.enhanced.TypedActions;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testkit.LocalDynamoDb;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A Java record in an encrypted table, through the enhanced clients. */
public final class TypedRecords {
  private TypedRecords() {}

  /** What is stored: the key, the city and the version readable and signed, the rest encrypted. */
  public record Person(
      @Nullable String id, @Nullable String city, @Nullable String ssn, @Nullable Long version) {}

  /** A record has no setters: its parts are gathered here. */
  static final class Parts {
    private @Nullable String id;
    private @Nullable String city;
    private @Nullable String ssn;
    private @Nullable Long version;

    Person build() {
      return new Person(id, city, ssn, version);
    }
  }

  static final TableSchema<Person> SCHEMA =
      StaticImmutableTableSchema.builder(Person.class, Parts.class)
          .newItemBuilder(Parts::new, Parts::build)
          .addAttribute(
              String.class,
              id ->
                  id.name("id")
                      .getter(Person::id)
                      .setter((parts, value) -> parts.id = value)
                      .tags(primaryPartitionKey()))
          .addAttribute(
              String.class,
              city ->
                  city.name("city")
                      .getter(Person::city)
                      .setter((parts, value) -> parts.city = value)
                      .tags(signOnly()))
          .addAttribute(
              String.class,
              ssn ->
                  ssn.name("ssn").getter(Person::ssn).setter((parts, value) -> parts.ssn = value))
          .addAttribute(
              Long.class,
              version ->
                  version
                      .name("version")
                      .getter(Person::version)
                      .setter((parts, value) -> parts.version = value)
                      .tags(versionAttribute()))
          .build();

  /** Runs the example on a DynamoDB in this process. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  static void run(PrintStream out) {
    try (LocalDynamoDb dynamoDb = LocalDynamoDb.open()) {
      DynamoDbClient plain = dynamoDb.client();
      DynamoDbAsyncClient plainAsync = dynamoDb.asyncClient();
      TableEncryption encryption =
          TableEncryption.of(TableInfo.named("People"))
              .actions(TypedActions.of(SCHEMA))
              .writes(
                  Ddbec.using(
                      WrappedMaterialsProvider.builder()
                          .wrappingKey(ExampleKeys.aes())
                          .signingKeys(SigningKeys.mac(ExampleKeys.hmac()))
                          .build()))
              .build();
      tell(plain, encryption, out);
      tellAsync(plainAsync, encryption, out).join();
    }
  }

  private static void tell(DynamoDbClient plain, TableEncryption encryption, PrintStream out) {
    EncryptedDynamoDbEnhancedClient client =
        EncryptedDynamoDbEnhancedClient.of(
            EncryptedDynamoDbClient.builder().client(plain).table(encryption).build());
    DynamoDbTable<Person> people = client.table("People", SCHEMA);
    people.createTable();

    people.putItem(new Person("ann", "Oslo", "123-45-6789", null));
    Key ann = Key.builder().partitionValue("ann").build();
    Person moved =
        client.update(
            people, ann, person -> new Person("ann", "Bergen", person.ssn(), person.version()));
    out.println("read:   " + moved);

    Map<String, AttributeValue> stored =
        plain
            .getItem(get -> get.tableName("People").key(ann.keyMap(SCHEMA, "$PRIMARY_INDEX")))
            .item();
    out.println(
        "stored: city "
            + Values.in(stored, "city").type()
            + ", ssn "
            + Values.in(stored, "ssn").type());
  }

  /** The same table without waiting. */
  private static CompletableFuture<Void> tellAsync(
      DynamoDbAsyncClient plain, TableEncryption encryption, PrintStream out) {
    EncryptedDynamoDbEnhancedAsyncClient client =
        EncryptedDynamoDbEnhancedAsyncClient.of(
            EncryptedDynamoDbAsyncClient.builder().client(plain).table(encryption).build());
    DynamoDbAsyncTable<Person> people = client.table("People", SCHEMA);

    return people
        .updateItem(new Person("ann", "Bergen", "987-65-4321", 2L))
        .thenCompose(updated -> people.getItem(updated))
        .thenAccept(person -> out.println("later:  " + person));
  }
}
