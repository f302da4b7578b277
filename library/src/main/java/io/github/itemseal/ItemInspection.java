package io.github.itemseal;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** placeholder */
public record ItemInspection(String format) {
  static String formatOf(Map<String, AttributeValue> item) {
    if (item.keySet().stream().anyMatch(ReservedNames::isDdbec)) {
      return Ddbec.NAME;
    }
    return item.keySet().stream().anyMatch(ReservedNames::isDbe) ? "DBE" : Plaintext.NAME;
  }
}
