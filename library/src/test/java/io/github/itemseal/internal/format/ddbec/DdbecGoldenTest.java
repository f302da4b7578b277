package io.github.itemseal.internal.format.ddbec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.internal.format.WireFormatException;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import io.github.itemseal.testing.TestKeys;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the Java client 2.0.3 and the Python client 3.3.0 made of the same values and items. A
 * dialect's constant stands for the client that speaks it. Items of AWS KMS are in {@code
 * KmsGoldenTest}.
 */
class DdbecGoldenTest {
  private static final Map<DdbecDialect, String> FILES =
      Map.of(
          DdbecDialect.JAVA, "ddbec-golden/java-out.json",
          DdbecDialect.PYTHON, "ddbec-golden/python-out.json");

  /** Items that the two clients sign differently. */
  private static final Set<String> SIGNED_DIFFERENTLY =
      Set.of(
          "sign-only-bs-high-bytes",
          "sign-only-ss-astral",
          "sign-only-map-astral",
          "attr-names-astral",
          "sign-only-38-digits");

  private static final Map<String, CryptoAction> ACTIONS =
      Map.of("sign", CryptoAction.SIGN_ONLY, "nothing", CryptoAction.DO_NOTHING);

  @ParameterizedTest
  @EnumSource
  void serialize_value_isWhatTheClientWrote(DdbecDialect client) {
    List<Map<String, Object>> vectors =
        Json.objects(Json.read(SharedVectors.file(FILES.get(client))).get("serialization"));

    assertThat(vectors).hasSize(50);
    for (Map<String, Object> vector : vectors) {
      AttributeValue value = Json.attribute(vector.get("attribute"));
      if (value.type() == AttributeValue.Type.NUL && !value.nul()) {
        assertRefused(client, value); // the Java client refuses it; Python writes a NULL
      } else if (vector.containsKey("error")) {
        assertThat(value.n()).hasSizeGreaterThan(38); // Python refuses; it never gets to the table
        assertThat(client).isEqualTo(DdbecDialect.PYTHON);
      } else {
        assertThat(HexFormat.of().formatHex(serialize(client, value)))
            .as(vector.toString())
            .isEqualTo(vector.get("hex"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void decryptItem_writtenByEitherClient_isTheItem(DdbecDialect client) {
    List<Map<String, Object>> inputs = inputs();
    List<Map<String, Object>> written = written(client);

    assertThat(inputs).hasSize(12);
    for (int i = 0; i < inputs.size(); i++) {
      Map<String, AttributeValue> stored = Json.item(written.get(i).get("encrypted"));

      assertThat(CanonicalItems.of(encryptor(client, inputs.get(i), true).decryptItem(stored)))
          .as("%s %s", client, inputs.get(i).get("name"))
          .isEqualTo(CanonicalItems.of(Json.item(written.get(i).get("roundtrip"))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void decryptItem_withoutPythonDialect_refusesWhatPythonSignsDifferently(DdbecDialect client) {
    List<Map<String, Object>> inputs = inputs();
    List<Map<String, Object>> written = written(client);
    for (int i = 0; i < inputs.size(); i++) {
      ItemEncryptor encryptor = encryptor(client, inputs.get(i), false);
      Map<String, AttributeValue> stored = Json.item(written.get(i).get("encrypted"));
      String name = (String) inputs.get(i).get("name");
      if (client == DdbecDialect.PYTHON && SIGNED_DIFFERENTLY.contains(name)) {
        assertThatThrownBy(() -> encryptor.decryptItem(stored))
            .as(name)
            .isInstanceOf(ItemAuthenticationException.class)
            .hasMessageContaining("failed authentication");
      } else {
        assertThat(CanonicalItems.of(encryptor.decryptItem(stored)))
            .as("%s %s", client, name)
            .isEqualTo(CanonicalItems.of(Json.item(written.get(i).get("roundtrip"))));
      }
    }
  }

  @Test
  void encryptItem_signOnly_isByteForByteTheJavaClientsItem() {
    List<Map<String, Object>> inputs = inputs();
    List<Map<String, Object>> written = written(DdbecDialect.JAVA);
    int signOnly = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Map<String, Object> input = inputs.get(i);
      Map<String, AttributeValue> stored = Json.item(written.get(i).get("encrypted"));
      if (((String) input.get("name")).startsWith("sign-only")) {
        assertThat(
                encryptor(DdbecDialect.JAVA, input, true).encryptItem(Json.item(input.get("item"))))
            .as("%s", input.get("name"))
            .isEqualTo(stored);
        signOnly++;
      }
    }
    assertThat(signOnly).isEqualTo(5);
  }

  private static void assertRefused(DdbecDialect dialect, AttributeValue value) {
    assertThatThrownBy(() -> serialize(dialect, value))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("NULL with the value false")
        .extracting(e -> ((WireFormatException) e).toException(FailureSubject.unknown()).reason())
        .isEqualTo(FailureReason.VALUE_TYPE_INVALID);
  }

  private static byte[] serialize(DdbecDialect dialect, AttributeValue value) {
    ByteWriter out = new ByteWriter();
    DdbecValueCodec.serialize(value, dialect, out);
    return out.toByteArray();
  }

  private static List<Map<String, Object>> inputs() {
    List<Map<String, Object>> inputs =
        Json.objects(Json.read(SharedVectors.file("ddbec-golden/input.json")).get("items"));
    return inputs.stream().filter(input -> !input.get("provider").equals("kms")).toList();
  }

  /** In the order of {@link #inputs}. */
  private static List<Map<String, Object>> written(DdbecDialect client) {
    List<Map<String, Object>> inputs = inputs();
    List<Map<String, Object>> written =
        Json.objects(Json.read(SharedVectors.file(FILES.get(client))).get("items"));
    IntStream.range(0, inputs.size())
        .forEach(i -> assertThat(written.get(i).get("name")).isEqualTo(inputs.get(i).get("name")));
    return written.subList(0, inputs.size());
  }

  private static ItemEncryptor encryptor(
      DdbecDialect client, Map<String, Object> input, boolean readsPythonDialect) {
    AttributeActions actions = AttributeActions.encryptAndSign();
    for (Map.Entry<String, Object> action : Json.object(input.get("actions")).entrySet()) {
      actions = actions.with(action.getKey(), ACTIONS.get(action.getValue()));
    }
    String hash = (String) input.get("hash");
    String range = (String) input.get("range");
    TableIndex keys = range == null ? TableIndex.of(hash) : TableIndex.of(hash, range);
    String table = (String) input.get("table");
    if (table == null) { // each client signs its own word for "nothing"
      table = client == DdbecDialect.JAVA ? "null" : "None";
    }
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", keys))
            .actions(actions)
            .writes(Ddbec.using(provider(input)).readsPythonDialect(readsPythonDialect))
            .logicalTableName(table)
            .build());
  }

  private static LocalMaterialsProvider provider(Map<String, Object> input) {
    SigningKeys mac = SigningKeys.mac(TestKeys.hmac());
    return input.get("provider").equals("wrapped")
        ? WrappedMaterialsProvider.builder().wrappingKey(TestKeys.aes(128)).signingKeys(mac).build()
        : StaticMaterialsProvider.builder()
            .encryptionKey(TestKeys.aes(128))
            .signingKeys(mac)
            .build();
  }
}
