package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.LocalDynamoDb;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Every limit of DynamoDB's on values, at the top, in a list and in a map, encrypted and signed, in
 * both formats: refused here exactly where DynamoDB Local refuses the same value of a plain item.
 */
class ValueLimitsTest {
  private static final String TABLE = "Plain";
  private static final List<String> ACTIONS = List.of("encrypted", "signed", "loose");

  private static final List<ItemEncryptor> ENCRYPTORS =
      Stream.of(
              Ddbec.using(
                  StaticMaterialsProvider.builder()
                      .encryptionKey(TestKeys.aes(128))
                      .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                      .build()),
              Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)))
                  .unsignedAttributes("loose"))
          .map(
              format ->
                  ItemEncryptor.of(
                      TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
                          .actions(
                              AttributeActions.encryptAndSign()
                                  .with("signed", CryptoAction.SIGN_ONLY)
                                  .with("loose", CryptoAction.DO_NOTHING))
                          .writes(format)
                          .build()))
          .toList();

  private static LocalDynamoDb database;
  private static DynamoDbClient client;

  @BeforeAll
  static void start() {
    database = LocalDynamoDb.start();
    client = database.client();
    client.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("pk").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("pk")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
  }

  @AfterAll
  static void stop() {
    client.close();
    database.close();
  }

  private enum Place {
    TOP {
      @Override
      AttributeValue put(AttributeValue value) {
        return value;
      }
    },
    LIST {
      @Override
      AttributeValue put(AttributeValue value) {
        return AttributeValue.fromL(List.of(AttributeValue.fromS("x"), value));
      }
    },
    MAP {
      @Override
      AttributeValue put(AttributeValue value) {
        return AttributeValue.fromM(Map.of("k", value));
      }
    };

    abstract AttributeValue put(AttributeValue value);
  }

  /** A value, and a part of the sentence that refuses it; empty if DynamoDB takes it. */
  private record Limit(String name, AttributeValue value, String refusal) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Limit number(String text, String refusal) {
    return new Limit("N " + text, AttributeValue.fromN(text), refusal);
  }

  private static AttributeValue nested(int levels, AttributeValue innermost) {
    AttributeValue value = innermost;
    for (int i = 0; i < levels; i++) {
      value =
          i % 2 == 0
              ? AttributeValue.fromL(List.of(value))
              : AttributeValue.fromM(Map.of("k", value));
    }
    return value;
  }

  private static List<Limit> limits() {
    String noNumber = "is not a decimal number";
    String digits = "more than DynamoDB's 38 significant digits";
    String range = "outside DynamoDB's range of 1E-130 to 1E126";
    String empty = "is an empty set, which DynamoDB refuses";
    String twice = "is a set with a member given twice, which DynamoDB refuses";
    SdkBytes bytes = SdkBytes.fromUtf8String("a");
    List<Limit> limits = new ArrayList<>();
    for (String text :
        List.of(
            "",
            " 1",
            "1 ",
            "1_000",
            "0x10",
            "NaN",
            "Infinity",
            "word",
            "1E",
            "1d",
            "--1",
            "1.2.3")) {
      limits.add(number(text, noNumber));
    }
    for (String text : List.of("1E126", "-1E126", "1E-131", "-1E-131", "1" + "0".repeat(126))) {
      limits.add(number(text, range));
    }
    for (String text :
        List.of(
            "0", "-0", "+5", ".5", "5.", "007", "1.0E10", "1E125", "-9.9E125", "1E-130", "0E999")) {
      limits.add(number(text, ""));
    }
    String nines = "9".repeat(38);
    limits.add(number(nines, ""));
    limits.add(number(nines + "0", ""));
    limits.add(number(nines + "9", digits));
    limits.add(number("0." + nines + "9", digits));
    limits.add(number("1." + "0".repeat(60), ""));
    limits.add(new Limit("SS empty", AttributeValue.fromSs(List.of()), empty));
    limits.add(new Limit("NS empty", AttributeValue.fromNs(List.of()), empty));
    limits.add(new Limit("BS empty", AttributeValue.fromBs(List.of()), empty));
    limits.add(new Limit("SS twice", AttributeValue.fromSs(List.of("a", "b", "a")), twice));
    limits.add(new Limit("NS twice", AttributeValue.fromNs(List.of("1", "2", "1.0")), twice));
    limits.add(new Limit("BS twice", AttributeValue.fromBs(List.of(bytes, bytes)), twice));
    limits.add(new Limit("NS digits", AttributeValue.fromNs(List.of("1", nines + "9")), digits));
    limits.add(new Limit("NS range", AttributeValue.fromNs(List.of("1", "1E126")), range));
    limits.add(new Limit("NS word", AttributeValue.fromNs(List.of("1", "x")), noNumber));
    limits.add(new Limit("SS of an empty text", AttributeValue.fromSs(List.of("")), ""));
    limits.add(
        new Limit(
            "BS of no bytes", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String(""))), ""));
    limits.add(new Limit("S empty", AttributeValue.fromS(""), ""));
    limits.add(new Limit("B empty", AttributeValue.fromB(SdkBytes.fromUtf8String("")), ""));
    limits.add(new Limit("L empty", AttributeValue.fromL(List.of()), ""));
    limits.add(new Limit("M empty", AttributeValue.fromM(Map.of()), ""));
    limits.add(
        new Limit(
            "M empty key",
            AttributeValue.fromM(Map.of("", AttributeValue.fromS("x"))),
            "is a map with an empty key, which DynamoDB refuses"));
    limits.add(
        new Limit(
            "NULL false", AttributeValue.fromNul(false), "is of type NULL with the value false"));
    limits.add(new Limit("no type", AttributeValue.builder().build(), "has no type"));
    limits.add(
        new Limit("two types", AttributeValue.builder().s("x").n("1").build(), "several types"));
    return limits;
  }

  private static Stream<Limit> placed() {
    return Stream.of(Place.values())
        .flatMap(
            place ->
                limits().stream()
                    .map(
                        limit ->
                            new Limit(
                                limit.name + " " + place, place.put(limit.value), limit.refusal)));
  }

  private static Stream<Limit> levels() {
    String tooDeep = "is nested deeper than DynamoDB's 32 levels";
    AttributeValue text = AttributeValue.fromS("x");
    AttributeValue none = AttributeValue.fromL(List.of());
    return Stream.of(
        new Limit("31 levels around a text", nested(31, text), ""),
        new Limit("32 levels around a text", nested(32, text), tooDeep),
        new Limit("41 levels", nested(41, text), tooDeep),
        new Limit("30 levels around an empty list", nested(30, none), ""),
        new Limit("31 levels around an empty list", nested(31, none), tooDeep));
  }

  @ParameterizedTest
  @MethodSource({"placed", "levels"})
  void encryptItem_value_isRefusedWhereDynamoDbRefusesIt(Limit limit) {
    assertThat(dynamoDbTakes("a", limit.value)).isEqualTo(limit.refusal.isEmpty());
    for (ItemEncryptor encryptor : ENCRYPTORS) {
      for (String name : ACTIONS) {
        if (limit.refusal.isEmpty()) {
          Map<String, AttributeValue> stored = encryptor.encryptItem(item(name, limit.value));
          assertThat(encryptor.decryptItem(stored).get(name).type()).isEqualTo(limit.value.type());
        } else {
          assertRefused(encryptor, name, limit.value, limit.refusal);
        }
      }
    }
  }

  /** DynamoDB Local fails at names of 64 KB, so only the shorter ones can be asked of it. */
  @ParameterizedTest
  @MethodSource("names")
  void encryptItem_name_isRefusedBeyondItsLimits(String name, String refusal) {
    AttributeValue text = AttributeValue.fromS("x");
    if (name.length() < 1_000) {
      assertThat(dynamoDbTakes(name, text)).isEqualTo(refusal.isEmpty());
    }
    for (ItemEncryptor encryptor : ENCRYPTORS) {
      if (refusal.isEmpty()) {
        assertThat(encryptor.decryptItem(encryptor.encryptItem(item(name, text))))
            .isEqualTo(item(name, text));
      } else {
        assertRefused(encryptor, name, text, "has " + refusal);
      }
    }
  }

  private static Stream<Arguments> names() {
    String tooLong = "a name of more than DynamoDB's 65535 bytes";
    return Stream.of(
            Map.entry("", "an empty name, which DynamoDB refuses"),
            Map.entry("n".repeat(300), ""),
            Map.entry("n".repeat(65_535), ""),
            Map.entry("n".repeat(65_536), tooLong),
            Map.entry("\u20ac".repeat(21_845), ""),
            Map.entry("\u20ac".repeat(21_846), tooLong))
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  /** BigDecimal knows them, and so does DynamoDB Local; they are no decimal number in JSON. */
  @Test
  void encryptItem_digitsThatAreNotAscii_areRefused() {
    for (ItemEncryptor encryptor : ENCRYPTORS) {
      assertRefused(
          encryptor, "encrypted", AttributeValue.fromN("\u0661"), "is not a decimal number");
    }
  }

  private static void assertRefused(
      ItemEncryptor encryptor, String name, AttributeValue value, String refusal) {
    assertThatThrownBy(() -> encryptor.encryptItem(item(name, value)))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining(refusal)
        .hasMessageContaining("of table 'T'");
    assertThatThrownBy(() -> encryptor.encryptItemAsync(item(name, value)).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(MalformedItemException.class);
  }

  private static Map<String, AttributeValue> item(String name, AttributeValue value) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS("p"));
    item.put(name, value);
    return item;
  }

  private static boolean dynamoDbTakes(String name, AttributeValue value) {
    try {
      client.putItem(put -> put.tableName(TABLE).item(item(name, value)));
      return true;
    } catch (DynamoDbException e) {
      assertThat(e.statusCode()).isEqualTo(400);
      return false;
    }
  }
}
