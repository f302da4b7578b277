package io.github.itemseal.interop;

import io.github.itemseal.testing.Json;
import io.github.itemseal.testing.SharedVectors;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Under what a vector is written and read. */
interface VectorSubject {
  /** Fixed TEST KEYs: secrets, RSA and EC pairs. */
  Map<String, Object> KEYS =
      Json.read(SharedVectors.root().resolve("interop/src/test/resources/vector-test-keys.json"));

  /** The item as the format's peer stores it. */
  Map<String, AttributeValue> stored(Map<String, AttributeValue> item);

  /** The members of a vector that say this. */
  Map<String, Object> json();

  /** The names of the keys in use. */
  Collection<String> keyNames();
}
