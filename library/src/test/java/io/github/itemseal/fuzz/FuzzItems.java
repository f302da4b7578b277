package io.github.itemseal.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items that fuzz targets attack, the same in every run. */
final class FuzzItems {
  /** Not signed. */
  static final String LOOSE = ItemAttack.UNSIGNED + "loose";

  private FuzzItems() {}

  static Map<String, AttributeValue> small(String key) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", AttributeValue.fromS(key));
    item.put("plain", AttributeValue.fromN("10.5"));
    item.put("secret", AttributeValue.fromS("secret of " + key));
    item.put("count", AttributeValue.fromN("7"));
    item.put(LOOSE, AttributeValue.fromS("anything"));
    return item;
  }

  static Map<String, AttributeValue> everyType(String key) {
    Map<String, AttributeValue> item = small(key);
    AttributeValue bytes = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2, 3}));
    item.put("bytes", bytes);
    item.put("yes", AttributeValue.fromBool(true));
    item.put("nothing", AttributeValue.fromNul(true));
    item.put("texts", AttributeValue.fromSs(List.of("x", "y")));
    item.put("numbers", AttributeValue.fromNs(List.of("1", "2.5")));
    item.put("list", AttributeValue.fromL(List.of(bytes, AttributeValue.fromS(""))));
    item.put("map", AttributeValue.fromM(Map.of("k", AttributeValue.fromL(List.of()))));
    return item;
  }
}
