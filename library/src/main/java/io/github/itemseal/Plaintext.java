package io.github.itemseal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as they are, without any protection: a stage of moving a table into or out of encryption.
 *
 * <p>A table that {@linkplain #readable() reads plaintext} believes whatever an attacker with write
 * access stores without a signature. End that stage as soon as every item is encrypted.
 */
public final class Plaintext extends ItemFormat {
  /** The name of this format. */
  public static final String NAME = "plaintext";

  private static final Plaintext READABLE = new Plaintext(false);
  private static final Plaintext WRITABLE = new Plaintext(true);

  private final boolean writable;

  private Plaintext(boolean writable) {
    this.writable = writable;
  }

  /** For {@code reads(...)}: unencrypted items are returned as they are, unverified. */
  public static Plaintext readable() {
    return READABLE;
  }

  /** For {@code writes(...)}: items are stored unencrypted, and read so too. */
  public static Plaintext writable() {
    return WRITABLE;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean supportsBlocking() {
    return true;
  }

  @Override
  public boolean supportsAsync() {
    return true;
  }

  @Override
  void requireWritable(AttributeActions actions) {
    if (!writable) {
      throw new IllegalArgumentException(
          "Plaintext.readable() is for reads(...): to store items unencrypted say"
              + " Plaintext.writable().");
    }
  }

  @Override
  boolean verifiesWithoutActions() {
    return false;
  }

  @Override
  FormatEngine engineFor(ResolvedTable table) {
    return new Engine(table.reservedNames());
  }

  private record Engine(ReservedNames reservedNames) implements FormatEngine {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public boolean recognises(Map<String, AttributeValue> item) {
      return item.keySet().stream().noneMatch(reservedNames::contains);
    }

    @Override
    public Set<String> versionAttributes() {
      return Set.of();
    }

    @Override
    public Set<String> randomAttributes(Map<String, AttributeValue> sealed) {
      return Set.of();
    }

    @Override
    public Map<String, AttributeValue> seal(Map<String, AttributeValue> item) {
      return new LinkedHashMap<>(item);
    }

    @Override
    public CompletableFuture<Map<String, AttributeValue>> sealAsync(
        Map<String, AttributeValue> item, Executor executor) {
      return CompletableFuture.completedFuture(seal(item));
    }

    @Override
    public Map<String, AttributeValue> open(Map<String, AttributeValue> item) {
      return new LinkedHashMap<>(item);
    }

    @Override
    public CompletableFuture<Map<String, AttributeValue>> openAsync(
        Map<String, AttributeValue> item, Executor executor) {
      return CompletableFuture.completedFuture(open(item));
    }
  }
}
