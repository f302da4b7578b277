package io.github.itemseal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.itemseal.testing.ItemVector;
import io.github.itemseal.testing.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vector files keep to their schema, and to what a schema cannot say. */
class VectorSchemaTest {
  private static final List<String> FORMATS = List.of(ItemVector.DDBEC, ItemVector.DBE);

  static List<Path> files() {
    return FORMATS.stream().flatMap(format -> ItemVector.files(format).stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_underItsSchema_isValid(Path file) throws IOException {
    assertThat(schema(file).validate(Files.readString(file), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_withAnotherResult_isNotValid(Path file) throws IOException {
    String changed =
        Files.readString(file).replaceFirst("\"result\" : ", "\"result\" : 1, \"x\" : ");

    assertThat(schema(file).validate(changed, InputFormat.JSON)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_namesOfNotesAndKeys_areExactlyTheOnesUsed(Path file) {
    Map<String, Object> content = Json.read(file);
    List<Map<String, Object>> tests = Json.objects(content.get("tests"));
    Set<String> flags = new HashSet<>();
    Set<String> keys = new HashSet<>();
    for (Map<String, Object> test : tests) {
      flags.addAll(Json.strings(test.get("flags")));
      Object source = test.getOrDefault("provider", test.get("keyring"));
      keys.addAll(keyNames(Json.object(source)));
    }

    assertThat(content.get("numberOfTests")).isEqualTo(tests.size());
    assertThat(Json.object(content.get("notes")).keySet()).isEqualTo(flags);
    assertThat(Json.object(content.get("keys")).keySet()).isEqualTo(keys);
  }

  @Test
  void ids_ofAllFiles_areUnique() {
    List<Integer> ids = new ArrayList<>();
    FORMATS.forEach(format -> ItemVector.all(format).forEach(vector -> ids.add(vector.id())));

    assertThat(ids).doesNotHaveDuplicates();
  }

  /** The values of all members that name keys, in nested keyrings too. */
  private static Set<String> keyNames(Map<String, Object> source) {
    Set<String> names = new HashSet<>();
    source.forEach(
        (member, value) -> {
          if (member.equals("key") || member.endsWith("Key")) {
            names.add((String) value);
          } else if (value instanceof Map) {
            names.addAll(keyNames(Json.object(value)));
          } else if (member.equals("children") || member.equals("branchKeys")) {
            Json.objects(value).forEach(element -> names.addAll(keyNames(element)));
          }
        });
    return names;
  }

  private static JsonSchema schema(Path file) throws IOException {
    Path schema =
        ItemVector.folder()
            .resolve("schema/%s-item.schema.json".formatted(file.getParent().getFileName()));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(schema));
  }
}
