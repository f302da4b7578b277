package io.github.itemseal.materials;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Attributes of your own that a MetaStore stores with every new row, say an owner or a creation
 * date. Implementations are thread-safe and do not block.
 *
 * <p>They are encrypted and signed, except those named in {@link #signedOnlyNames()}. Readers of
 * the table must know the same signed-only names; the Python client knows none, and cannot read
 * rows that have some.
 */
@FunctionalInterface
public interface MetaStoreExtraData {
  /**
   * The attributes of a new row; none may have the name of a standard one: {@code N}, {@code V},
   * {@code t}, {@code enc}, {@code encAlg}, {@code int}, {@code intAlg}.
   */
  Map<String, AttributeValue> attributes(String materialName, long version);

  /** Names of extra attributes that are signed but left readable. Always the same. */
  default Set<String> signedOnlyNames() {
    return Set.of();
  }
}
