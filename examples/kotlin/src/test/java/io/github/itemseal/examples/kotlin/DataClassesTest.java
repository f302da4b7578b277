package io.github.itemseal.examples.kotlin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DataClassesTest {
  @Test
  void run_onDynamoDb_readsTheDataClassAndStoresCiphertext() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataClassesKt.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("read:   Person(id=ann, city=Bergen, ssn=123-45-6789)")
        .contains("stored: city S, ssn B");
  }
}
