package io.github.itemseal.internal.format.ddbec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.materials.MaterialDescription;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The Python client's own test data of the format's parts, with both dialects. */
class DdbecSharedVectorTest {
  private static final Map<String, CryptoAction> ACTIONS =
      Map.of(
          "encrypt", CryptoAction.ENCRYPT_AND_SIGN,
          "sign", CryptoAction.SIGN_ONLY,
          "nothing", CryptoAction.DO_NOTHING);

  @Test
  void serialize_attribute_isAsInVector() {
    List<Map<String, Object>> vectors = read("serialize_attribute.json");

    assertThat(vectors).hasSize(22);
    for (Map<String, Object> vector : vectors) {
      for (DdbecDialect dialect : DdbecDialect.values()) {
        ByteWriter out = new ByteWriter();
        DdbecValueCodec.serialize(Json.attribute(vector.get("attribute")), dialect, out);

        assertThat(out.toByteArray()).as("%s %s", dialect, vector).isEqualTo(serialized(vector));
      }
    }
  }

  @Test
  void parse_attribute_isAsInVector() {
    List<Map<String, Object>> vectors = read("deserialize_attribute.json");

    assertThat(vectors).hasSize(15);
    for (Map<String, Object> vector : vectors) {
      assertThat(CanonicalItems.of(DdbecValueCodec.parse(serialized(vector))))
          .as(vector.toString())
          .isEqualTo(CanonicalItems.of(Json.attribute(vector.get("attribute"))));
    }
  }

  @Test
  void of_item_isTheStringToSignOfTheVector() {
    List<Map<String, Object>> vectors = read("string_to_sign.json");

    assertThat(vectors).hasSize(4);
    for (Map<String, Object> vector : vectors) {
      Map<String, AttributeValue> item = new HashMap<>();
      Map<String, CryptoAction> actions = new HashMap<>();
      Json.object(vector.get("item"))
          .forEach(
              (name, attribute) -> {
                item.put(name, Json.attribute(Json.object(attribute).get("value")));
                actions.put(name, ACTIONS.get(Json.object(attribute).get("action")));
              });
      DdbecSignatureInput input = new DdbecSignatureInput((String) vector.get("table"));
      DdbecItemPlan plan = new DdbecAttributes(actions::get).planFor(item.keySet()).plan();

      for (DdbecDialect dialect : DdbecDialect.values()) {
        assertThat(input.of(plan, item, dialect, new ByteWriter()))
            .as("%s %s", dialect, vector)
            .isEqualTo(Base64.getDecoder().decode((String) vector.get("string_to_sign")));
      }
    }
  }

  @Test
  void materialDescription_isAsInVector() {
    List<Map<String, Object>> vectors = read("material_description.json");

    assertThat(vectors).hasSize(3);
    for (Map<String, Object> vector : vectors) {
      Map<String, String> entries = new HashMap<>();
      Json.object(vector.get("material_description"))
          .forEach((name, text) -> entries.put(name, (String) text));
      MaterialDescription description = MaterialDescription.of(entries);

      assertThat(DdbecMaterialDescriptionCodec.serialize(description, new ByteWriter()))
          .as(vector.toString())
          .isEqualTo(serialized(vector));
      assertThat(DdbecMaterialDescriptionCodec.parse(serialized(vector)))
          .as(vector.toString())
          .isEqualTo(description);
    }
  }

  private static List<Map<String, Object>> read(String file) {
    return Json.readArray(SharedVectors.file("ddbec-attribute/" + file));
  }

  private static byte[] serialized(Map<String, Object> vector) {
    return Base64.getDecoder().decode((String) vector.get("serialized"));
  }
}
