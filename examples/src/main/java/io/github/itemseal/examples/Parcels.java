package io.github.itemseal.examples;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testkit.LocalDynamoDb;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The demo's table: parcels on their way, with a value of every type DynamoDB has. */
final class Parcels {
  static final String TABLE = "Parcels";

  private Parcels() {}

  static void create(LocalDynamoDb dynamoDb) {
    dynamoDb.createTable(
        TABLE, table -> table.partitionKey("parcel").sortKey("leg").numbers("leg"));
  }

  /** Everything is encrypted but what is named here, and the keys, which protect themselves. */
  static TableEncryption encryption() {
    return TableEncryption.of(TableInfo.named(TABLE))
        .actions(
            AttributeActions.encryptAndSign()
                .with("carrier", CryptoAction.SIGN_ONLY)
                .with("ports", CryptoAction.SIGN_ONLY)
                .with("depot", CryptoAction.DO_NOTHING))
        .writes(
            Ddbec.using(
                WrappedMaterialsProvider.builder()
                    .wrappingKey(ExampleKeys.aes()) // an example key: use your own
                    .signingKeys(SigningKeys.mac(ExampleKeys.hmac()))
                    .build()))
        .build();
  }

  static Map<String, AttributeValue> firstLeg() {
    Map<String, AttributeValue> item = new LinkedHashMap<>(key(1));
    item.put("carrier", text("North Ferry"));
    item.put("ports", AttributeValue.fromSs(List.of("Bergen", "Newcastle")));
    item.put("depot", text("Bay 7"));
    item.put("address", text("Flat 4, 12 Harbour Street"));
    item.put("weight", number("12.75"));
    item.put("insured", AttributeValue.fromBool(true));
    item.put("returnTo", AttributeValue.fromNul(true));
    item.put("phones", AttributeValue.fromSs(List.of("01632 960001", "960002")));
    item.put("doorCodes", AttributeValue.fromNs(List.of("4711", "90210")));
    item.put("seal", AttributeValue.fromB(bytes("c0ffee5ea1")));
    item.put("photos", AttributeValue.fromBs(List.of(bytes("ffd8ffe0"), bytes("ffd8ffe1"))));
    item.put("route", AttributeValue.fromL(List.of(text("quay 3"), number("2"), text("shed B"))));
    Map<String, AttributeValue> lamp = new LinkedHashMap<>();
    lamp.put("what", text("lamp"));
    lamp.put("count", number("2"));
    Map<String, AttributeValue> customs = new LinkedHashMap<>();
    customs.put("value", number("249.9"));
    customs.put("goods", AttributeValue.fromL(List.of(AttributeValue.fromM(lamp))));
    customs.put("paid", AttributeValue.fromBool(false));
    item.put("customs", AttributeValue.fromM(customs));
    return item;
  }

  static Map<String, AttributeValue> secondLeg() {
    Map<String, AttributeValue> item = new LinkedHashMap<>(key(2));
    item.put("carrier", text("Tyne Couriers"));
    item.put("address", text("Locker 31, Central Station"));
    item.put("weight", number("12.75"));
    return item;
  }

  static Map<String, AttributeValue> key(int leg) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    key.put("parcel", text("PX-1001"));
    key.put("leg", number(Integer.toString(leg)));
    return key;
  }

  static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue number(String number) {
    return AttributeValue.fromN(number);
  }

  private static SdkBytes bytes(String hex) {
    return SdkBytes.fromByteArray(HexFormat.of().parseHex(hex));
  }
}
