package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ForbiddenItemException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.TableUnavailableException;
import io.github.itemseal.UnsupportedRequestException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Setups that cannot work are answered with what to do instead. */
class MisuseSentencesTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("1"), "ssn", AttributeValue.fromS("secret-value"));

  private final RecordingDynamoDb recorder = new RecordingDynamoDb();

  private static EncryptedDynamoDbClient wrap(DynamoDbClient client, TableEncryption encryption) {
    return EncryptedDynamoDbClient.builder().client(client).table(encryption).build();
  }

  @Test
  void scan_clientWrappedTwice_saysSo() {
    TableEncryption people = TestTables.encryption(TableInfo.of(PEOPLE, TableIndex.of("id")));
    Map<String, AttributeValue> stored = ItemEncryptor.of(people).encryptItem(ITEM);
    recorder.answer(ScanRequest.class, r -> ScanResponse.builder().items(stored).build());
    EncryptedDynamoDbClient twice = wrap(wrap(recorder, people), people);
    assertThatThrownBy(() -> twice.scan(r -> r.tableName(PEOPLE)))
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.PLAINTEXT_FORBIDDEN))
        .hasMessageContaining("If the client that was wrapped decrypts already");
  }

  @Test
  void scan_clientThatCannotDescribeTables_namesTableInfoOf() {
    EncryptedDynamoDbClient client = wrap(recorder, TestTables.encryption(TableInfo.named(PEOPLE)));
    assertThatThrownBy(() -> client.scan(r -> r.tableName(PEOPLE)))
        .isInstanceOf(TableUnavailableException.class)
        .hasCauseInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("give them with TableInfo.of(...)");
  }

  @Test
  void updateItem_ofProtectedAttributes_namesTheTypedClientToo() {
    EncryptedDynamoDbClient client =
        wrap(recorder, TestTables.encryption(TableInfo.of(PEOPLE, TableIndex.of("id"))));
    assertThatThrownBy(
            () ->
                client.updateItem(
                    r ->
                        r.tableName(PEOPLE)
                            .key(Map.of("id", ITEM.get("id")))
                            .updateExpression("SET ssn = :s")
                            .expressionAttributeValues(Map.of(":s", ITEM.get("ssn")))))
        .isInstanceOf(UnsupportedRequestException.class)
        .hasMessageContaining("EncryptedDynamoDbEnhancedClient of itemseal-enhanced")
        .hasMessageNotContaining("secret-value");
  }
}
