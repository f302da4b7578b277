package io.github.itemseal;

import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.internal.crypto.KeyFailure;
import io.github.itemseal.internal.format.dbe.DbeOpening;
import io.github.itemseal.internal.format.dbe.DbeSealing;
import io.github.itemseal.internal.format.dbe.DbeSigningKey;
import io.github.itemseal.internal.format.dbe.DbeUnsigned;
import io.github.itemseal.internal.format.dbe.DbeWireFormat;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.AsyncKeyring;
import io.github.itemseal.keyring.Keyring;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link Dbe} at work on one table. */
final class DbeEngine implements FormatEngine {
  private static final Set<String> VERSION = Set.of(Dbe.FOOTER_ATTRIBUTE);
  private static final Set<String> RANDOM = Set.of(Dbe.HEADER_ATTRIBUTE, Dbe.FOOTER_ATTRIBUTE);

  private final ResolvedTable table;
  private final @Nullable Keyring keyring;
  private final @Nullable AsyncKeyring asyncKeyring;
  private final AlgorithmSuite suite;
  private final Jca jca;
  private final @Nullable SigningKeyReuse reuse;
  private final DbeWireFormat wireFormat;

  DbeEngine(
      ResolvedTable table,
      @Nullable Keyring keyring,
      @Nullable AsyncKeyring asyncKeyring,
      AlgorithmSuite suite,
      DbeUnsigned unsigned,
      Jca jca,
      @Nullable SigningKeyReuse reuse,
      int maxDataKeys) {
    this.table = table;
    this.keyring = keyring;
    this.asyncKeyring = asyncKeyring;
    this.suite = suite;
    this.jca = jca;
    this.reuse = reuse;
    this.wireFormat =
        new DbeWireFormat(
            table.logicalName(),
            table.primaryIndex().partitionKey(),
            table.primaryIndex().sortKey().orElse(null),
            table.actions(),
            unsigned,
            maxDataKeys,
            jca,
            table.subject());
  }

  @Override
  public String name() {
    return Dbe.NAME;
  }

  @Override
  public boolean recognises(Map<String, AttributeValue> item) {
    return wireFormat.recognises(item);
  }

  /** The footer covers the header, which has a new message id in every sealed item. */
  @Override
  public Set<String> versionAttributes() {
    return VERSION;
  }

  /** Every sealing has a message id of its own in the header, which the footer covers. */
  @Override
  public Set<String> randomAttributes(Map<String, AttributeValue> sealed) {
    return RANDOM;
  }

  @Override
  public Map<String, AttributeValue> seal(Map<String, AttributeValue> item) {
    Keyring keys = requireSync();
    DbeSealing sealing = prepare(item);
    return wireFormat.seal(sealing, given(keys.onEncrypt(sealing.materials())));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> sealAsync(
      Map<String, AttributeValue> item, Executor executor) {
    AsyncKeyring keys = requireAsync();
    DbeSealing sealing = prepare(item);
    return CancellableStages.apply(
        given(keys.onEncryptAsync(sealing.materials())),
        materials -> wireFormat.seal(sealing, given(materials)),
        executor);
  }

  private DbeSealing prepare(Map<String, AttributeValue> item) {
    return wireFormat.prepare(item, suite, suite.hasSignature() ? nextSigningKey() : null);
  }

  private DbeSigningKey nextSigningKey() {
    try {
      return reuse == null ? DbeSigningKey.generate(jca) : reuse.next(jca);
    } catch (KeyFailure e) {
      throw MaterialsUnavailableException.keyFailed(
          table.subject().withFormat(Dbe.NAME), e.role(), e.getCause());
    }
  }

  @Override
  public Map<String, AttributeValue> open(Map<String, AttributeValue> item) {
    Keyring keys = requireSync();
    DbeOpening opening = wireFormat.parse(item);
    return wireFormat.open(opening, given(keys.onDecrypt(opening.materials())));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> openAsync(
      Map<String, AttributeValue> item, Executor executor) {
    AsyncKeyring keys = requireAsync();
    DbeOpening opening = wireFormat.parse(item);
    return CancellableStages.apply(
        given(keys.onDecryptAsync(opening.materials())),
        materials -> wireFormat.open(opening, given(materials)),
        executor);
  }

  /** Materials, or the future of some: a keyring may be anybody's. */
  private <M> M given(@Nullable M materials) {
    if (materials == null) {
      throw new MaterialsUnavailableException(
          FailureReason.KEY_NOT_CONFIGURED,
          table.subject().withFormat(Dbe.NAME),
          "The keyring returned null for the %s.".formatted(table.subject().describe()),
          null);
    }
    return materials;
  }

  private Keyring requireSync() {
    if (keyring == null) {
      throw new IllegalStateException(
          "The DBE keyring of table '%s' is asynchronous only: call the async methods, or pass Dbe.using(...) a Keyring too."
              .formatted(table.name()));
    }
    return keyring;
  }

  private AsyncKeyring requireAsync() {
    if (asyncKeyring == null) {
      throw new IllegalStateException(
          "The DBE keyring of table '%s' is synchronous only: call the blocking methods, or pass Dbe.using(...) an AsyncKeyring too."
              .formatted(table.name()));
    }
    return asyncKeyring;
  }
}
