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
  private final VectorFormat format;
  private final String name;
  private final Map<String, Object> notes = new TreeMap<>();
  private final Map<String, Object> keys = new TreeMap<>();
  private final List<Map<String, Object>> tests = new ArrayList<>();
  private int nextId;

  VectorFile(VectorFormat format, String name, int firstId) {
    this.format = format;
    this.name = name;
    this.nextId = firstId;
  }

  /** An item as the format's peer writes it. */
  void written(
      String comment, VectorSubject setup, Map<String, AttributeValue> item, VectorFlag... flags) {
    VectorFlag[] all = Arrays.copyOf(flags, flags.length + 1);
    all[flags.length] = format.writerFlag();
    valid(comment, setup, item, setup.stored(item), all);
  }

  /** A stored item that must be read. */
  void valid(
      String comment,
      VectorSubject setup,
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
      VectorSubject setup,
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

  private Map<String, Object> test(String comment, VectorSubject setup, VectorFlag... flags) {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("id", nextId++);
    test.put("comment", comment);
    test.put("flags", Arrays.stream(flags).map(VectorFlag::label).sorted().toList());
    test.putAll(setup.json());
    for (VectorFlag flag : flags) {
      notes.put(flag.label(), flag.note());
    }
    setup.keyNames().forEach(key -> keys.put(key, VectorSubject.KEYS.get(key)));
    tests.add(test);
    return test;
  }

  /** Writes it into the format's folder of {@code testvectors}. */
  void write(Path vectors) {
    Map<String, Object> generator = new LinkedHashMap<>();
    generator.put("name", VectorGenerator.class.getName());
    generator.put(format.artifact(), format.peerVersion());
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("format", format.name());
    file.put("schema", "../schema/%s-item.schema.json".formatted(format.folder()));
    file.put("generator", generator);
    file.put("numberOfTests", tests.size());
    file.put("notes", notes);
    file.put("keys", keys);
    file.put("tests", tests);
    Json.write(vectors.resolve(format.folder()).resolve(name + ".json"), file);
    System.out.printf("%s.json: %d tests%n", name, tests.size());
  }
}
