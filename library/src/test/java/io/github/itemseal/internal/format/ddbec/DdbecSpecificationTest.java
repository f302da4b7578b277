package io.github.itemseal.internal.format.ddbec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.crypto.Sha256;
import io.github.itemseal.internal.format.ByteWriter;
import io.github.itemseal.materials.MaterialDescription;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** docs/formats/ddbec.md says what the code does: every sample on the page is recomputed here. */
class DdbecSpecificationTest {
  private static final Path ROOT = Path.of("..");
  private static final String PAGE = read(ROOT.resolve("docs/formats/ddbec.md"));

  static Stream<Arguments> valueSamples() {
    return rows("\\| `(\\{\".*})` \\| `([0-9A-F ]+)` \\|");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valueSamples")
  void page_valueSample_isWhatTheCodecWrites(String json, String bytes) {
    AttributeValue value = attributeValue(JsonNode.parser().parse(json));
    assertThat(hex(serialize(value))).isEqualTo(bytes.replace(" ", ""));
    assertThat(hex(serialize(DdbecValueCodec.parse(unhex(bytes)))))
        .isEqualTo(bytes.replace(" ", ""));
  }

  static Stream<Arguments> numberSamples() {
    return rows("\\| `([-+.E0-9]+)` \\| `([-.0-9]+)` \\| `([-.0-9]+)` \\|");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("numberSamples")
  void page_numberSample_isWhatBothDialectsMake(String text, String java, String python) {
    assertThat(DdbecDialect.JAVA.canonicalNumber(text)).isEqualTo(java);
    assertThat(DdbecDialect.PYTHON.canonicalNumber(text)).isEqualTo(python);
  }

  @Test
  void page_samples_areAllFound() {
    assertThat(valueSamples()).hasSize(12);
    assertThat(numberSamples()).hasSize(8);
  }

  @Test
  void workedExample_steps_areRecomputed() throws Exception {
    byte[] plaintext = serialize(AttributeValue.fromS("hi"));
    assertThat(hex(plaintext)).isEqualTo(example("note.plaintext"));

    byte[] iv = unhex("A0A1A2A3A4A5A6A7A8A9AAABACADAEAF");
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(Cipher.ENCRYPT_MODE, TestKeys.aes(128), new IvParameterSpec(iv));
    assertThat(hex(iv) + hex(cipher.doFinal(plaintext))).isEqualTo(example("note.stored"));

    assertThat(hex(serialize(AttributeValue.fromN("33.50")))).isEqualTo(example("age.value"));
    assertThat(hex(serialize(AttributeValue.fromS("u1")))).isEqualTo(example("id.value"));
    assertThat(hex(serialize(storedItem().get("note")))).isEqualTo(example("note.value"));

    for (String name : List.of("age", "id", "note", "PLAINTEXT", "ENCRYPTED")) {
      assertThat(hex(Sha256.of(name))).isEqualTo(example(name));
    }
    assertThat(hex(Sha256.of("TABLE>People<TABLE"))).isEqualTo(example("table"));
    for (String name : List.of("age", "id", "note")) {
      assertThat(hex(new Sha256().update(unhex(example(name + ".value"))).digest()))
          .isEqualTo(example(name + ".hash"));
    }
    String stringToSign =
        Stream.of(
                "table age PLAINTEXT age.hash id PLAINTEXT id.hash note ENCRYPTED note.hash"
                    .split(" "))
            .map(DdbecSpecificationTest::example)
            .reduce("", String::concat);
    assertThat(
            hex(
                new DdbecSignatureInput("People")
                    .of(
                        new DdbecAttributes(DdbecSpecificationTest::action)
                            .planFor(storedItem().keySet())
                            .plan(),
                        storedItem(),
                        DdbecDialect.JAVA,
                        new ByteWriter())))
        .isEqualTo(stringToSign);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(TestKeys.hmac());
    assertThat(hex(mac.doFinal(unhex(stringToSign)))).isEqualTo(example("signature"));

    MaterialDescription description =
        MaterialDescription.of(Map.of("amzn-ddb-map-sym-mode", "/CBC/PKCS5Padding"));
    assertThat(hex(DdbecMaterialDescriptionCodec.serialize(description, new ByteWriter())))
        .isEqualTo(example("description"));
  }

  @Test
  void workedExample_storedItem_isOpenedByTheEncryptor() {
    Map<String, AttributeValue> item = new LinkedHashMap<>(storedItem());
    item.remove(Ddbec.DESCRIPTION_ATTRIBUTE);
    item.remove(Ddbec.SIGNATURE_ATTRIBUTE);
    item.put("note", AttributeValue.fromS("hi"));
    assertThat(encryptor().decryptItem(storedItem())).isEqualTo(item);
  }

  @Test
  void sources_referencesToThePage_nameItsSections() throws IOException {
    TreeSet<String> sections = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        String text = read(source).replaceAll("\\s*\\n\\s*(\\*|//)?\\s*", " ");
        Pattern.compile("docs/formats/ddbec\\.md, \"([^\"]+)\"")
            .matcher(text)
            .results()
            .forEach(reference -> sections.add(reference.group(1)));
      }
    }
    assertThat(sections).contains("Attribute values", "String to sign", "Wrapped keys");
    assertThat(headings()).containsAll(sections);
  }

  private static Map<String, AttributeValue> storedItem() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("id", AttributeValue.fromS("u1"));
    item.put("age", AttributeValue.fromN("33.5"));
    item.put("note", binary(example("note.stored")));
    item.put("seen", AttributeValue.fromBool(true));
    item.put(Ddbec.DESCRIPTION_ATTRIBUTE, binary(example("description")));
    item.put(Ddbec.SIGNATURE_ATTRIBUTE, binary(example("signature")));
    return item;
  }

  private static ItemEncryptor encryptor() {
    AttributeActions actions = AttributeActions.encryptAndSign();
    for (String name : List.of("id", "age", "seen")) {
      actions = actions.with(name, action(name));
    }
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("People", TableIndex.of("id")))
            .actions(actions)
            .writes(
                Ddbec.using(
                    StaticMaterialsProvider.builder()
                        .encryptionKey(TestKeys.aes(128))
                        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                        .build()))
            .build());
  }

  private static CryptoAction action(String name) {
    return switch (name) {
      case "note" -> CryptoAction.ENCRYPT_AND_SIGN;
      case "id", "age" -> CryptoAction.SIGN_ONLY;
      default -> CryptoAction.DO_NOTHING;
    };
  }

  /** The hexadecimal digits behind a label of the worked example, with those of the next lines. */
  private static String example(String label) {
    String section = PAGE.substring(PAGE.indexOf("\n## A worked example"));
    MatchResult found =
        Pattern.compile("(?m)^" + Pattern.quote(label) + " +((?:[0-9A-F]+\\s+)+)")
            .matcher(section)
            .results()
            .findFirst()
            .orElseThrow(() -> new AssertionError("The page has no line '" + label + "'."));
    return found.group(1).replaceAll("\\s", "");
  }

  private static List<String> headings() {
    return Pattern.compile("(?m)^## (.+)$").matcher(PAGE).results().map(m -> m.group(1)).toList();
  }

  private static Stream<Arguments> rows(String pattern) {
    return Pattern.compile("(?m)^" + pattern + "$")
        .matcher(PAGE)
        .results()
        .map(
            row -> {
              List<String> cells = new ArrayList<>();
              for (int i = 1; i <= row.groupCount(); i++) {
                cells.add(row.group(i));
              }
              return Arguments.of(cells.toArray());
            });
  }

  /** From DynamoDB's JSON. */
  private static AttributeValue attributeValue(JsonNode json) {
    Map.Entry<String, JsonNode> typed = json.asObject().entrySet().iterator().next();
    JsonNode value = typed.getValue();
    return switch (typed.getKey()) {
      case "NULL" -> AttributeValue.fromNul(value.asBoolean());
      case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
      case "N" -> AttributeValue.fromN(value.asString());
      case "S" -> AttributeValue.fromS(value.asString());
      case "B" -> AttributeValue.fromB(base64(value));
      case "NS" -> AttributeValue.fromNs(value.asArray().stream().map(JsonNode::asString).toList());
      case "SS" -> AttributeValue.fromSs(value.asArray().stream().map(JsonNode::asString).toList());
      case "BS" ->
          AttributeValue.fromBs(
              value.asArray().stream().map(DdbecSpecificationTest::base64).toList());
      case "L" ->
          AttributeValue.fromL(
              value.asArray().stream().map(DdbecSpecificationTest::attributeValue).toList());
      case "M" -> {
        Map<String, AttributeValue> entries = new LinkedHashMap<>();
        value.asObject().forEach((name, entry) -> entries.put(name, attributeValue(entry)));
        yield AttributeValue.fromM(entries);
      }
      default -> throw new AssertionError(typed.getKey());
    };
  }

  private static SdkBytes base64(JsonNode text) {
    return SdkBytes.fromByteArray(Base64.getDecoder().decode(text.asString()));
  }

  private static byte[] serialize(AttributeValue value) {
    ByteWriter out = new ByteWriter();
    DdbecValueCodec.serialize(value, DdbecDialect.JAVA, out);
    return Arrays.copyOf(out.buffer(), out.length());
  }

  private static AttributeValue binary(String hex) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(unhex(hex)));
  }

  private static byte[] unhex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
