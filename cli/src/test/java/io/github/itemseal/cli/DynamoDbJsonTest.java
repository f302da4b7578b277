package io.github.itemseal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.RandomItems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbJsonTest {
  @Test
  void parseItem_everyType_isItsValueInInputOrder() {
    Map<String, AttributeValue> item =
        DynamoDbJson.parseItem(
            """
            {"z":{"S":"é"},"n":{"N":"1.50"},"b":{"B":"AAH/"},"t":{"BOOL":false},"u":{"NULL":true},
             "ss":{"SS":["b","a"]},"ns":{"NS":["2","1"]},"bs":{"BS":["","AA=="]},
             "l":{"L":[{"S":""},{"M":{}}]},"m":{"M":{"y":{"N":"1"},"x":{"L":[]}}}}""");
    assertThat(item.keySet()).containsExactly("z", "n", "b", "t", "u", "ss", "ns", "bs", "l", "m");
    assertThat(item)
        .containsEntry("z", AttributeValue.fromS("é"))
        .containsEntry("n", AttributeValue.fromN("1.50"))
        .containsEntry("b", AttributeValue.fromB(bytes(0, 1, 255)))
        .containsEntry("t", AttributeValue.fromBool(false))
        .containsEntry("u", AttributeValue.fromNul(true))
        .containsEntry("ss", AttributeValue.fromSs(List.of("b", "a")))
        .containsEntry("ns", AttributeValue.fromNs(List.of("2", "1")))
        .containsEntry("bs", AttributeValue.fromBs(List.of(bytes(), bytes(0))))
        .containsEntry(
            "l",
            AttributeValue.fromL(
                List.of(AttributeValue.fromS(""), AttributeValue.fromM(Map.of()))));
    assertThat(item.get("m").m().keySet()).containsExactly("y", "x");
  }

  @Test
  void formatItem_everyType_isCompact() {
    String json =
        "{\"z\":{\"S\":\"é\\n\"},\"n\":{\"N\":\"1.50\"},\"b\":{\"B\":\"AAH/\"},\"t\":{\"BOOL\":false},"
            + "\"u\":{\"NULL\":true},\"ss\":{\"SS\":[\"b\",\"a\"]},\"ns\":{\"NS\":[\"2\",\"1\"]},"
            + "\"bs\":{\"BS\":[\"\",\"AA==\"]},\"l\":{\"L\":[{\"S\":\"\"},{\"M\":{}}]},\"m\":{\"M\":{}}}";
    assertThat(DynamoDbJson.formatItem(DynamoDbJson.parseItem(json))).isEqualTo(json);
  }

  @Test
  void parseLine_ofWriteLine_isTheItem() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("DynamoDbJsonTest seed " + seed);
    RandomItems random = new RandomItems(seed);
    for (int i = 0; i < 2000; i++) {
      DynamoDbJson.Line line = new DynamoDbJson.Line(random.item(), i % 2 == 0);
      byte[] written = written(line);
      assertThat(written).doesNotContain('\n');
      assertThat(DynamoDbJson.parseLine(written)).isEqualTo(line);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[];'The item is not a JSON object'",
        "\"S\";'The item is not a JSON object'",
        "{\"a\":\"S\"};'Attribute 'a' is not an object with a type'",
        "{\"a\":null};'Attribute 'a' is not an object with a type'",
        "{\"a\":{}};'Attribute 'a' has no type'",
        "{\"a\":{\"X\":\"secret\"}};'Attribute 'a' has none of the types'",
        "{\"a\":{\"s\":\"secret\"}};'Attribute 'a' has none of the types'",
        "{\"a\":{\"S\":\"x\",\"N\":\"1\"}};'Attribute 'a' has several types'",
        "{\"a\":{\"S\":\"x\",\"S\":\"x\"}};'Attribute 'a' has several types'",
        "{\"a\":{\"S\":1}};'Attribute 'a' has type S but its value is not a JSON string'",
        "{\"a\":{\"S\":null}};'Attribute 'a' has type S but its value is not a JSON string'",
        "{\"a\":{\"N\":1}};'Attribute 'a' has type N but its value is not a JSON string'",
        "{\"a\":{\"B\":[1]}};'Attribute 'a' has type B but its value is not a JSON string'",
        "{\"a\":{\"BOOL\":\"true\"}};'Attribute 'a' has type BOOL but its value is neither'",
        "{\"a\":{\"NULL\":null}};'Attribute 'a' has type NULL but its value is neither'",
        "{\"a\":{\"SS\":\"x\"}};'Attribute 'a' has type SS but its value is not a JSON array'",
        "{\"a\":{\"NS\":[\"1\",2]}};'Attribute 'a[1]' has a member of NS that is not a JSON string'",
        "{\"a\":{\"BS\":[\"AA==\",\"*\"]}};'Attribute 'a[1]' is not standard Base64'",
        "{\"a\":{\"M\":[]}};'Attribute 'a' has type M but its value is not a JSON object'",
        "{\"a\":{\"M\":{\"b\":{\"L\":[{\"S\":\"x\"},{\"Q\":1}]}}}};'Attribute 'a.b[1]' has none'",
        "{\"a\":{\"M\":{\"b\":{\"S\":\"x\"},\"b\":{\"S\":\"y\"}}}};'Attribute 'a.b' appears twice'",
        "{\"a\":{\"S\":\"x\"},\"a\":{\"S\":\"x\"}};'Attribute 'a' appears twice'",
        "{\"a\":{\"B\":\"AA\"}};'Attribute 'a' is not standard Base64: its end'",
        "{\"a\":{\"B\":\"AB==\"}};'Attribute 'a' is not standard Base64: its end'",
        "{\"a\":{\"B\":\"AA==AA==\"}};'Attribute 'a' is not standard Base64'",
        "{\"a\":{\"B\":\"_-8=\"}};'Attribute 'a' is not standard Base64'",
        "{\"a\":{\"S\":\"x\"}} {};'The item is followed by more text'",
        "{\"a\":{\"S\":\"x\"}} secret;'The item is not valid JSON (at byte'",
        "{\"a\":{\"S\":\"secret;'Attribute 'a' is cut off'",
        "{\"a\":{\"S\":secret}};'Attribute 'a' is not valid JSON (at byte'",
        "{\"Item\":{\"a\":{\"Q\":\"secret\"}}};'Attribute 'a' has none of the types'",
        "{\"Item\":{\"a\":{\"S\":\"x\"}},\"b\":{\"S\":\"x\"}};'The item has another key beside 'Item''",
        "{\"Item\":\"secret\"};'Attribute 'Item' is not an object with a type'",
        "{\"Item\":{\"S\":\"x\",\"N\":\"1\"}};'Attribute 'Item' has several types'",
      },
      quoteCharacter = '~')
  void parseLine_notAnItem_saysWhereAndNeverAValue(String json, String message) {
    assertThatThrownBy(() -> DynamoDbJson.parseLine(utf8(json)))
        .isInstanceOf(DynamoDbJsonException.class)
        .hasMessageContaining(message.substring(1, message.length() - 1))
        .hasMessageNotContaining("secret");
  }

  @Test
  void parseItem_cutAnywhere_throwsTyped() {
    String json =
        "{\"a\":{\"L\":[{\"M\":{\"b\":{\"B\":\"AAAA\"}}},{\"BOOL\":true},{\"SS\":[\"x\"]}]}}";
    for (int end = 0; end < json.length(); end++) {
      String cut = json.substring(0, end);
      assertThatThrownBy(() -> DynamoDbJson.parseLine(utf8(cut)))
          .as(cut)
          .isInstanceOf(DynamoDbJsonException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        // {"Item":{…}} around an item
        "{\"Item\":{}};true",
        "{\"Item\":{\"pk\":{\"S\":\"x\"}}};true",
        "{\"Item\":{\"S\":{\"S\":\"x\"}}};true",
        "{\"Item\":{\"M\":{\"S\":\"x\"}}};true",
        "{\"Item\":{\"M\":{\"M\":{}}}};true",
        "{\"Item\":{\"M\":{\"M\":{\"M\":{\"S\":\"x\"}}}}};true",
        "{\"Item\":{\"Item\":{\"M\":{}}}};true",
        "{\"Item\":{\"M\":{\"M\":{}},\"b\":{\"S\":\"x\"}}};true",
        // an item with an attribute named Item
        "{\"Item\":{\"S\":\"x\"}};false",
        "{\"Item\":{\"L\":[]}};false",
        "{\"Item\":{\"M\":{}}};false",
        "{\"Item\":{\"M\":{\"a\":{\"S\":\"x\"}}}};false",
        "{\"Item\":{\"M\":{\"M\":{\"S\":\"x\"}}}};false",
        "{\"Item\":{\"M\":{\"M\":{\"M\":{}}}}};false",
        "{\"Item\":{\"S\":\"x\"},\"pk\":{\"S\":\"x\"}};false",
        "{\"pk\":{\"S\":\"x\"},\"Item\":{\"S\":\"x\"}};false",
      })
  void parseLine_firstKeyItem_isAnExportLineOnlyIfItsValueIsAnItem(String json, boolean export)
      throws IOException {
    DynamoDbJson.Line line = DynamoDbJson.parseLine(utf8(json));
    assertThat(line.export()).isEqualTo(export);
    assertThat(new String(written(line), StandardCharsets.UTF_8)).isEqualTo(json);
  }

  @Test
  void parseLine_anyNestingOfMapsNamedM_meansOneShapeOnly() {
    for (int depth = 0; depth < 40; depth++) {
      for (String core : List.of("{}", "{\"S\":\"x\"}", "{\"a\":{\"S\":\"x\"}}")) {
        String json = "{\"Item\":" + "{\"M\":".repeat(depth) + core + "}".repeat(depth) + "}";
        boolean asItem = parses(json);
        boolean asExport = parses(json.substring("{\"Item\":".length(), json.length() - 1));
        assertThat(asItem).as(json).isNotEqualTo(asExport);
        assertThat(DynamoDbJson.parseLine(utf8(json)).export()).as(json).isEqualTo(asExport);
      }
    }
  }

  private static boolean parses(String json) {
    try {
      DynamoDbJson.parseItem(json);
      return true;
    } catch (DynamoDbJsonException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"M\":{\"M\":", "{\"L\":[", "{\"M\":{\"a\":"})
  void parseLine_nested10000Deep_throwsTyped(String open) {
    String close = open.replaceAll("[^\\[{]", "").replace('[', ']').replace('{', '}');
    String json =
        "{\"Item\":"
            + open.repeat(10_000)
            + "{\"S\":\"x\"}"
            + new StringBuilder(close.repeat(10_000)).reverse()
            + "}";
    assertThatThrownBy(() -> DynamoDbJson.parseLine(utf8(json)))
        .isInstanceOf(DynamoDbJsonException.class)
        .hasMessageContaining("nested deeper than 256 levels")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
  }

  @Test
  void parseLine_nested256Deep_isRead() throws IOException {
    String json = "{\"a\":" + "{\"L\":[".repeat(255) + "{\"S\":\"x\"}" + "]}".repeat(255) + "}";
    for (String line : List.of(json, "{\"Item\":" + json + "}")) {
      assertThat(written(DynamoDbJson.parseLine(utf8(line)))).isEqualTo(utf8(line));
    }
  }

  @Test
  void parseLine_nested257Deep_throwsTyped() {
    String json = "{\"a\":" + "{\"L\":[".repeat(256) + "{\"S\":\"x\"}" + "]}".repeat(256) + "}";
    assertThatThrownBy(() -> DynamoDbJson.parseLine(utf8(json)))
        .isInstanceOf(DynamoDbJsonException.class)
        .hasMessageContaining("nested deeper than 256 levels");
  }

  @Test
  void parseItem_nullFalse_reachesTheLibraryAsSuch() {
    assertThat(DynamoDbJson.parseItem("{\"a\":{\"NULL\":false}}"))
        .containsEntry("a", AttributeValue.fromNul(false));
  }

  @Test
  void parseLine_loneSurrogateEscape_reachesTheLibraryAsSuch() {
    assertThat(DynamoDbJson.parseLine(utf8("{\"a\\udc00\":{\"S\":\"x\\ud800y\"}}")).item())
        .containsEntry("a\udc00", AttributeValue.fromS("x\ud800y"));
  }

  @Test
  void writeLine_loneSurrogate_throwsTyped() {
    DynamoDbJson.Line line =
        new DynamoDbJson.Line(Map.of("a", AttributeValue.fromS("\ud800")), false);
    assertThatThrownBy(() -> written(line))
        .isInstanceOf(DynamoDbJsonException.class)
        .hasMessageContaining("half of a surrogate pair");
  }

  @Test
  void parseLine_notUtf8_throwsTyped() {
    byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '{', '}', '}'};
    byte[] surrogate = {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'};
    for (byte[] line : List.of(overlong, surrogate)) {
      assertThatThrownBy(() -> DynamoDbJson.parseLine(line))
          .isInstanceOf(DynamoDbJsonException.class)
          .hasMessageContaining("is not UTF-8");
    }
    assertThatThrownBy(
            () ->
                DynamoDbJson.parseLine("{\"a\":{\"S\":\"x\"}}".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(DynamoDbJsonException.class)
        .hasMessageContaining("zero byte");
  }

  @Test
  void parseItem_nameWithLineEnds_staysOnOneLineInTheMessage() {
    assertThatThrownBy(
            () -> DynamoDbJson.parseItem("{\"a\\nb\\u001b[2J" + "x".repeat(999) + "\":{}}"))
        .isInstanceOf(DynamoDbJsonException.class)
        .hasMessageStartingWith("Attribute 'a\\u000ab\\u001b[2Jxx")
        .hasMessageEndingWith("x…' has no type.");
  }

  @Test
  void parseItem_longTextAndName_areRead() {
    String json = "{\"" + "n".repeat(70_000) + "\":{\"S\":\"" + "x".repeat(10_000_000) + "\"}}";
    assertThat(DynamoDbJson.formatItem(DynamoDbJson.parseItem(json))).isEqualTo(json);
  }

  private static byte[] written(DynamoDbJson.Line line) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DynamoDbJson.writeLine(line, out);
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SdkBytes bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return SdkBytes.fromByteArray(bytes);
  }
}
