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
  static List<Path> files() {
    return ItemVector.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_underItsSchema_isValid(Path file) throws IOException {
    assertThat(schema().validate(Files.readString(file), InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_withAnotherResult_isNotValid(Path file) throws IOException {
    String changed =
        Files.readString(file).replaceFirst("\"result\" : ", "\"result\" : 1, \"x\" : ");

    assertThat(schema().validate(changed, InputFormat.JSON)).isNotEmpty();
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
      Json.object(test.get("provider"))
          .forEach(
              (member, name) -> {
                if (member.endsWith("Key")) {
                  keys.add((String) name);
                }
              });
    }

    assertThat(content.get("numberOfTests")).isEqualTo(tests.size());
    assertThat(Json.object(content.get("notes")).keySet()).isEqualTo(flags);
    assertThat(Json.object(content.get("keys")).keySet()).isEqualTo(keys);
  }

  @Test
  void ids_ofAllFiles_areUnique() {
    List<Integer> ids = new ArrayList<>();
    ItemVector.all().forEach(vector -> ids.add(vector.id()));

    assertThat(ids).doesNotHaveDuplicates();
  }

  private static JsonSchema schema() throws IOException {
    Path schema = ItemVector.folder().resolve("schema/ddbec-item.schema.json");
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(schema));
  }
}
