package io.github.itemseal.interop;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.testing.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One file of vectors in the making. Numbers are given in the order of adding: add at the end. */
final class VectorFile {
  private final String name;
  private final Map<String, Object> notes = new TreeMap<>();
  private final Map<String, Object> keys = new TreeMap<>();
  private final List<Map<String, Object>> tests = new ArrayList<>();
  private int nextId;

  VectorFile(String name, int firstId) {
    this.name = name;
    this.nextId = firstId;
  }

  /** An item that the old client writes. */
  void oldClient(
      String comment, VectorSetup setup, Map<String, AttributeValue> item, VectorFlag... flags) {
    VectorFlag[] all = Arrays.copyOf(flags, flags.length + 1);
    all[flags.length] = VectorFlag.OLD_CLIENT;
    valid(comment, setup, item, setup.stored(item), all);
  }

  /** A stored item that must be read. */
  void valid(
      String comment,
      VectorSetup setup,
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> stored,
      VectorFlag... flags) {
    Map<String, Object> test = test(comment, setup, flags);
    test.put("item", Json.ofItem(item));
    test.put("stored", Json.ofItem(stored));
    test.put("result", "valid");
  }

  /** A stored item that must be refused. */
  void invalid(
      String comment,
      VectorSetup setup,
      Map<String, AttributeValue> stored,
      Class<? extends ItemsealException> exception,
      FailureReason reason,
      VectorFlag... flags) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("invalid", exception.getSimpleName());
    result.put("reason", reason.name());
    Map<String, Object> test = test(comment, setup, flags);
    test.put("stored", Json.ofItem(stored));
    test.put("result", result);
  }

  private Map<String, Object> test(String comment, VectorSetup setup, VectorFlag... flags) {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("id", nextId++);
    test.put("comment", comment);
    test.put("flags", Arrays.stream(flags).map(VectorFlag::label).sorted().toList());
    test.putAll(setup.json());
    for (VectorFlag flag : flags) {
      notes.put(flag.label(), flag.note());
    }
    setup.keyNames().forEach(key -> keys.put(key, VectorSetup.KEYS.get(key)));
    tests.add(test);
    return test;
  }

  void write(Path folder) {
    Map<String, Object> generator = new LinkedHashMap<>();
    generator.put("name", VectorGenerator.class.getName());
    generator.put(OldClient.ARTIFACT, OldClient.version());
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("format", "DDBEC");
    file.put("schema", "../schema/ddbec-item.schema.json");
    file.put("generator", generator);
    file.put("numberOfTests", tests.size());
    file.put("notes", notes);
    file.put("keys", keys);
    file.put("tests", tests);
    Json.write(folder.resolve(name + ".json"), file);
    System.out.printf("%s.json: %d tests%n", name, tests.size());
  }
}
