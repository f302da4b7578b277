package io.github.itemseal.examples;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import java.util.Map;
import javax.crypto.SecretKey;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The README's lines: a table that encrypts itself. A test compares them with the README. */
public final class QuickStart {
  private QuickStart() {}

  /**
   * Writes a person and reads it back.
   *
   * @param dynamoDbClient any client; the table {@code People} with the key {@code id} exists
   * @param wrappingKey an AES key, from wherever you keep your secrets
   * @param signingKey an HmacSHA256 key, from the same place
   */
  public static Map<String, AttributeValue> putAndGet(
      DynamoDbClient dynamoDbClient, SecretKey wrappingKey, SecretKey signingKey) {
    Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromS("ann"));
    Map<String, AttributeValue> person =
        Map.of(
            "id", AttributeValue.fromS("ann"),
            "city", AttributeValue.fromS("Oslo"),
            "ssn", AttributeValue.fromS("123-45-6789"));

    // README begin
    var keys =
        WrappedMaterialsProvider.builder()
            .wrappingKey(wrappingKey)
            .signingKeys(SigningKeys.mac(signingKey))
            .build();
    var people =
        TableEncryption.of(TableInfo.named("People"))
            .actions(AttributeActions.encryptAndSign().with("city", CryptoAction.SIGN_ONLY))
            .writes(Ddbec.using(keys))
            .build();
    DynamoDbClient client =
        EncryptedDynamoDbClient.builder().client(dynamoDbClient).table(people).build();
    client.putItem(put -> put.tableName("People").item(person)); // "ssn" is stored as ciphertext
    Map<String, AttributeValue> read =
        client.getItem(get -> get.tableName("People").key(key)).item(); // and verified, and plain
    // README end

    return read;
  }
}
