package io.github.itemseal;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One format at work on one table: keys first, the only I/O, then arithmetic. Items to seal are
 * already checked by {@link ItemChecks}. Thread-safe.
 */
interface FormatEngine {
  /** The name of the format. */
  String name();

  /** Whether a stored item is this format's to open. */
  boolean recognises(Map<String, AttributeValue> item);

  /**
   * The attributes of a stored item that identify its version: whoever seals an item anew changes
   * one of them, unless every signed attribute stays as it was. Empty if nothing is signed.
   */
  Set<String> versionAttributes();

  /**
   * The attributes of an item that this engine sealed which no other sealing gives the same value,
   * because randomness of this one sealing is in them. Empty where nothing of it is random.
   */
  Set<String> randomAttributes(Map<String, AttributeValue> sealed);

  /**
   * The names of all attributes that verifying an item may need, this format's own included. Empty
   * if there is no such list, as where attributes that nobody named are signed: then items are read
   * whole.
   */
  default Optional<Set<String>> verifiedAttributes() {
    return Optional.empty();
  }

  Map<String, AttributeValue> seal(Map<String, AttributeValue> item);

  /**
   * The same without blocking; the arithmetic is the executor's, and cancelling reaches the keys.
   */
  CompletableFuture<Map<String, AttributeValue>> sealAsync(
      Map<String, AttributeValue> item, Executor executor);

  Map<String, AttributeValue> open(Map<String, AttributeValue> item);

  /** The same without blocking, like {@link #sealAsync}. */
  CompletableFuture<Map<String, AttributeValue>> openAsync(
      Map<String, AttributeValue> item, Executor executor);
}
