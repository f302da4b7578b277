package io.github.itemseal.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.client.EncryptedTable;
import io.github.itemseal.materials.AsyncCryptographicMaterialsProvider;
import io.github.itemseal.materials.DecryptionMaterials;
import io.github.itemseal.materials.EncryptionMaterials;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Records of the streams of DynamoDB Local. */
class ChangeReaderTest {
  @RegisterExtension
  private static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private static DynamoDbClient plain;
  private static DynamoDbStreamsClient streams;

  @BeforeAll
  static void openClients() {
    plain = DYNAMO_DB.client();
    streams = DYNAMO_DB.streamsClient();
  }

  private static Map<String, AttributeValue> item(String ssn) {
    return Map.of("id", AttributeValue.fromS("ann"), "ssn", AttributeValue.fromS(ssn));
  }

  private static TableEncryption encryption(String table) {
    return TableEncryption.of(TableInfo.of(table, TableIndex.of("id")))
        .actions(AttributeActions.encryptAndSign())
        .writes(
            Ddbec.using(
                WrappedMaterialsProvider.builder()
                    .wrappingKey(TestKeys.aes(256))
                    .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                    .build()))
        .build();
  }

  /** Creates a table with a stream, writes an item, changes and deletes it: three records. */
  private static List<Record> recordsOf(TableEncryption encryption, StreamViewType view) {
    String name = encryption.table().name();
    String stream =
        plain
            .createTable(
                create ->
                    create
                        .tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(
                            a -> a.attributeName("id").attributeType(ScalarAttributeType.S))
                        .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(view)))
            .tableDescription()
            .latestStreamArn();
    EncryptedTable table =
        EncryptedDynamoDbClient.builder().client(plain).table(encryption).build().table(name);
    table.putItem(item("1"));
    table.update(
        Map.of("id", AttributeValue.fromS("ann")),
        found -> {
          found.put("ssn", AttributeValue.fromS("2"));
          return found;
        });
    table.deleteItem(Map.of("id", AttributeValue.fromS("ann")));
    String shard =
        streams
            .describeStream(describe -> describe.streamArn(stream))
            .streamDescription()
            .shards()
            .get(0)
            .shardId();
    String iterator =
        streams
            .getShardIterator(
                get ->
                    get.streamArn(stream)
                        .shardId(shard)
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    return streams.getRecords(get -> get.shardIterator(iterator)).records();
  }

  @Test
  void read_recordsWithBothImages_areThePlainItems() {
    TableEncryption encryption = encryption("Both");
    ChangeReader reader = ChangeReader.of(ItemEncryptor.of(encryption));
    List<Record> records = recordsOf(encryption, StreamViewType.NEW_AND_OLD_IMAGES);

    List<ItemChange> changes = records.stream().map(reader::read).toList();

    assertThat(changes)
        .extracting(ItemChange::type)
        .containsExactly(OperationType.INSERT, OperationType.MODIFY, OperationType.REMOVE);
    assertThat(changes.get(0).oldItem()).isEmpty();
    assertThat(changes.get(0).newItem()).contains(item("1"));
    assertThat(changes.get(1).oldItem()).contains(item("1"));
    assertThat(changes.get(1).newItem()).contains(item("2"));
    assertThat(changes.get(2).oldItem()).contains(item("2"));
    assertThat(changes.get(2).newItem()).isEmpty();
    assertThat(changes).extracting(ItemChange::expired).containsOnly(false);
    assertThat(records.stream().map(record -> reader.readAsync(record).join())).isEqualTo(changes);
  }

  @Test
  void read_recordsWithKeysOnly_haveNoImages() {
    TableEncryption encryption = encryption("Keys");
    ChangeReader reader = ChangeReader.of(ItemEncryptor.of(encryption));
    assertThat(recordsOf(encryption, StreamViewType.KEYS_ONLY))
        .hasSize(3)
        .allSatisfy(
            record -> {
              ItemChange change = reader.read(record);
              assertThat(change.keys()).isEqualTo(Map.of("id", AttributeValue.fromS("ann")));
              assertThat(change.oldItem()).isEmpty();
              assertThat(change.newItem()).isEmpty();
            });
  }

  @Test
  void read_recordsWithNewImages_haveThoseOnly() {
    TableEncryption encryption = encryption("New");
    ChangeReader reader = ChangeReader.of(ItemEncryptor.of(encryption));
    ItemChange modified = reader.read(recordsOf(encryption, StreamViewType.NEW_IMAGE).get(1));
    assertThat(modified.oldItem()).isEmpty();
    assertThat(modified.newItem()).contains(item("2"));
  }

  @Test
  void read_deletionByTimeToLive_isCalledExpired() {
    ItemEncryptor encryptor = ItemEncryptor.of(encryption("People"));
    Record record =
        Record.builder()
            .eventName(OperationType.REMOVE)
            .userIdentity(user -> user.type("Service").principalId("dynamodb.amazonaws.com"))
            .dynamodb(
                images ->
                    images
                        .keys(Map.of("id", AttributeValue.fromS("ann")))
                        .oldImage(encryptor.encryptItem(item("1"))))
            .build();
    ItemChange change = ChangeReader.of(encryptor).read(record);
    assertThat(change.expired()).isTrue();
    assertThat(change.oldItem()).contains(item("1"));
  }

  @Test
  void read_tamperedImage_failsAuthentication() {
    ItemEncryptor encryptor = ItemEncryptor.of(encryption("People"));
    Map<String, AttributeValue> tampered = new HashMap<>(encryptor.encryptItem(item("1")));
    tampered.remove("ssn");
    Record record =
        Record.builder()
            .eventName(OperationType.INSERT)
            .dynamodb(images -> images.newImage(tampered))
            .build();
    assertThatThrownBy(() -> ChangeReader.of(encryptor).read(record))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  /** Gives no key as long as nobody asks it to. */
  private static final class PendingKeys implements AsyncCryptographicMaterialsProvider {
    final List<CompletableFuture<DecryptionMaterials>> asked = new ArrayList<>();

    @Override
    public CompletableFuture<EncryptionMaterials> encryptionMaterialsAsync(
        EncryptionContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<DecryptionMaterials> decryptionMaterialsAsync(
        EncryptionContext context) {
      asked.add(new CompletableFuture<>());
      return asked.get(asked.size() - 1);
    }
  }

  @Test
  void readAsync_cancelled_cancelsTheRequestsForBothImages() {
    TableEncryption written = encryption("Cancelled");
    Record change = recordsOf(written, StreamViewType.NEW_AND_OLD_IMAGES).get(1); // with two images
    PendingKeys keys = new PendingKeys();
    ItemEncryptor encryptor =
        ItemEncryptor.of(
            TableEncryption.of(written.table())
                .actions(AttributeActions.encryptAndSign())
                .writes(Ddbec.using(keys))
                .build());
    CompletableFuture<ItemChange> future = ChangeReader.of(encryptor).readAsync(change);
    assertThat(keys.asked).hasSize(2).noneMatch(CompletableFuture::isDone);
    future.cancel(true);
    assertThat(keys.asked).allMatch(CompletableFuture::isCancelled);
  }
}
