package io.github.itemseal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TypedRecordsTest {
  @Test
  void run_onDynamoDb_readsTheRecordAndStoresCiphertext() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TypedRecords.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("read:   Person[id=ann, city=Bergen, ssn=123-45-6789, version=2]")
        .contains("stored: city S, ssn B")
        .contains("later:  Person[id=ann, city=Bergen, ssn=987-65-4321, version=3]");
  }
}
