package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Names that data brings into messages, on as many ways as there are: no message has a second line,
 * turns text around, or is endless.
 */
class HostileNamesTest {
  private static final List<String> NAMES =
      List.of(
          "a\nINFO all is well",
          "a\r\u0085\u2028\u2029b",
          "a\u202etxt.exe",
          "a\u0000\u001b[31mred",
          "n".repeat(60_000),
          "\n".repeat(5_000));

  private static ItemFormat ddbec() {
    return Ddbec.using(
        StaticMaterialsProvider.builder()
            .encryptionKey(TestKeys.aes(128))
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build());
  }

  private static ItemFormat dbe() {
    return Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)));
  }

  private static TableEncryption table(AttributeActions actions, ItemFormat format) {
    return TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
        .actions(actions)
        .writes(format)
        .build();
  }

  private static Map<String, AttributeValue> item(String name, AttributeValue value) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS("p"));
    item.put(name, value);
    return item;
  }

  /** Never asked: every request here is refused before. */
  private static DynamoDbClient client(TableEncryption encryption) {
    return EncryptedDynamoDbClient.builder()
        .client(
            (DynamoDbClient)
                Proxy.newProxyInstance(
                    DynamoDbClient.class.getClassLoader(),
                    new Class<?>[] {DynamoDbClient.class},
                    (proxy, method, arguments) -> {
                      throw new AssertionError("asked " + method.getName());
                    }))
        .table(encryption)
        .build();
  }

  private static Map<String, Consumer<String>> ways() {
    Map<String, Consumer<String>> ways = new HashMap<>();
    AttributeValue text = AttributeValue.fromS("x");
    AttributeActions encrypt = AttributeActions.encryptAndSign();
    for (ItemFormat format : List.of(ddbec(), dbe())) {
      String with = ", " + format.name();
      ItemEncryptor encryptor = ItemEncryptor.of(table(encrypt, format));
      ways.put(
          "sealed: a value without a type" + with,
          name -> encryptor.encryptItem(item(name, AttributeValue.builder().build())));
      ways.put(
          "sealed: no number" + with,
          name -> encryptor.encryptItem(item(name, AttributeValue.fromN("x"))));
      ways.put(
          "sealed: half a pair" + with,
          name -> encryptor.encryptItem(item(name, AttributeValue.fromS("\ud800"))));
      ways.put(
          "sealed: reserved" + with, name -> encryptor.encryptItem(item("aws_dbe_" + name, text)));
      ways.put(
          "sealed: not named" + with,
          name ->
              ItemEncryptor.of(
                      table(
                          AttributeActions.namedOnly().with("a", CryptoAction.ENCRYPT_AND_SIGN),
                          format))
                  .encryptItem(item(name, text)));
      ways.put(
          "opened: not binary" + with,
          name -> {
            Map<String, AttributeValue> stored =
                new HashMap<>(encryptor.encryptItem(item(name, text)));
            stored.put(name, text);
            encryptor.decryptItem(stored);
          });
      ways.put(
          "the table's key missing" + with,
          name ->
              ItemEncryptor.of(
                      TableEncryption.of(TableInfo.of("T", TableIndex.of(name)))
                          .actions(encrypt)
                          .writes(format)
                          .build())
                  .encryptItem(item("pk", text)));
      ways.put(
          "the logical table" + with,
          name ->
              ItemEncryptor.of(
                      TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
                          .actions(encrypt)
                          .writes(format)
                          .logicalTableName(name)
                          .build())
                  .encryptItem(Map.of("a", text)));
      DynamoDbClient client = client(table(encrypt, format));
      ways.put(
          "a condition" + with,
          name ->
              client.putItem(
                  r ->
                      r.tableName("T")
                          .item(item("a", text))
                          .conditionExpression("#a = :v")
                          .expressionAttributeNames(Map.of("#a", name))));
      ways.put(
          "an expression that cannot be read" + with,
          name ->
              client.putItem(
                  r ->
                      r.tableName("T")
                          .item(item("a", text))
                          .conditionExpression("(" + name + "@")));
      ways.put("a key" + with, name -> client.getItem(r -> r.tableName("T").key(item(name, text))));
      ways.put(
          "an unknown table" + with,
          name -> client.getItem(r -> r.tableName(name).key(item("a", text))));
    }
    return ways;
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    ways().forEach((way, failing) -> cases.add(Arguments.of(way, failing)));
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void message_ofAHostileName_isOneShortLine(String way, Consumer<String> failing) {
    for (String name : NAMES) {
      ItemsealException failure =
          catchThrowableOfType(ItemsealException.class, () -> failing.accept(name));
      assertThat(failure).as(way).isNotNull();
      for (String shown :
          List.of(String.valueOf(failure.getMessage()), failure.subject().describe())) {
        assertThat(shown.codePoints().map(Character::getType))
            .as(way)
            .doesNotContain(
                (int) Character.CONTROL,
                (int) Character.FORMAT,
                (int) Character.LINE_SEPARATOR,
                (int) Character.PARAGRAPH_SEPARATOR,
                (int) Character.SURROGATE);
        assertThat(shown.length()).as(way).isLessThan(2_010);
      }
    }
  }
}
