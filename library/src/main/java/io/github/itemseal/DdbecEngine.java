package io.github.itemseal;

import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.format.ddbec.DdbecHeader;
import io.github.itemseal.internal.format.ddbec.DdbecNames;
import io.github.itemseal.internal.format.ddbec.DdbecWireFormat;
import io.github.itemseal.materials.AsyncCryptographicMaterialsProvider;
import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.PerItemKeys;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@link Ddbec} at work on one table. */
final class DdbecEngine implements FormatEngine {
  private final ResolvedTable table;
  private final @Nullable CryptographicMaterialsProvider provider;
  private final @Nullable AsyncCryptographicMaterialsProvider asyncProvider;
  private final DdbecNames names;
  private final DdbecWireFormat wireFormat;
  private final Set<String> versionAttributes;
  private final boolean everyItemHasItsOwnKeys;

  DdbecEngine(
      ResolvedTable table,
      @Nullable CryptographicMaterialsProvider provider,
      @Nullable AsyncCryptographicMaterialsProvider asyncProvider,
      boolean readsPythonDialect,
      DdbecNames names) {
    this.table = table;
    this.provider = provider;
    this.asyncProvider = asyncProvider;
    this.versionAttributes =
        table.actions().takesNoActions() ? Set.of() : Set.of(names.signatureAttribute());
    this.everyItemHasItsOwnKeys = promisesItsOwnKeys(provider) && promisesItsOwnKeys(asyncProvider);
    this.names = names;
    this.wireFormat =
        new DdbecWireFormat(
            table.logicalName(), table.actions(), readsPythonDialect, names, table.subject());
  }

  @Override
  public String name() {
    return Ddbec.NAME;
  }

  @Override
  public boolean recognises(Map<String, AttributeValue> item) {
    return table.actions().takesNoActions() || wireFormat.recognises(item);
  }

  @Override
  public Set<String> versionAttributes() {
    return versionAttributes;
  }

  @Override
  public Optional<Set<String>> verifiedAttributes() {
    return table
        .actions()
        .signedNames()
        .map(
            signed -> {
              Set<String> verified = new LinkedHashSet<>(signed);
              verified.add(names.descriptionAttribute());
              verified.add(names.signatureAttribute());
              return verified;
            });
  }

  /**
   * The signature where it covers something random, or is random itself; else the material
   * description where it holds a key that is this item's alone.
   */
  @Override
  public Set<String> randomAttributes(Map<String, AttributeValue> sealed) {
    if (table.actions().takesNoActions()) {
      return Set.of();
    }
    if (wireFormat.hasRandomSignature(sealed)) {
      return Set.of(names.signatureAttribute());
    }
    return everyItemHasItsOwnKeys && sealed.containsKey(names.descriptionAttribute())
        ? Set.of(names.descriptionAttribute())
        : Set.of();
  }

  private static boolean promisesItsOwnKeys(@Nullable Object source) {
    return source == null || (source instanceof PerItemKeys keys && keys.givesKeysPerItem());
  }

  @Override
  public Map<String, AttributeValue> seal(Map<String, AttributeValue> item) {
    if (table.actions().takesNoActions()) {
      return new LinkedHashMap<>(item);
    }
    return wireFormat.seal(
        item, given(requireSync().encryptionMaterials(table.contextFor(item).build())));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> sealAsync(
      Map<String, AttributeValue> item, Executor executor) {
    if (table.actions().takesNoActions()) {
      return CompletableFuture.completedFuture(new LinkedHashMap<>(item));
    }
    return CancellableStages.apply(
        given(requireAsync().encryptionMaterialsAsync(table.contextFor(item).build())),
        materials -> wireFormat.seal(item, given(materials)),
        executor);
  }

  @Override
  public Map<String, AttributeValue> open(Map<String, AttributeValue> item) {
    if (table.actions().takesNoActions()) {
      return new LinkedHashMap<>(item);
    }
    DdbecHeader header = wireFormat.parseHeader(item);
    EncryptionContext context = contextFor(item, header);
    try {
      return open(item, header, context);
    } catch (ItemAuthenticationException | MaterialsUnavailableException e) {
      if (!context.hasOtherNotation()) {
        throw e;
      }
      return open(item, header, context.withNumbersAsGiven());
    }
  }

  private Map<String, AttributeValue> open(
      Map<String, AttributeValue> item, DdbecHeader header, EncryptionContext context) {
    return wireFormat.open(item, header, given(requireSync().decryptionMaterials(context)));
  }

  @Override
  public CompletableFuture<Map<String, AttributeValue>> openAsync(
      Map<String, AttributeValue> item, Executor executor) {
    if (table.actions().takesNoActions()) {
      return CompletableFuture.completedFuture(new LinkedHashMap<>(item));
    }
    DdbecHeader header = wireFormat.parseHeader(item);
    EncryptionContext context = contextFor(item, header);
    CompletableFuture<Map<String, AttributeValue>> opened =
        openAsync(item, header, context, executor);
    if (!context.hasOtherNotation()) {
      return opened;
    }
    return CancellableStages.handle(
        opened,
        (plaintext, failure) -> {
          if (failure == null) {
            return CompletableFuture.completedFuture(plaintext);
          }
          return failure instanceof ItemAuthenticationException
                  || failure instanceof MaterialsUnavailableException
              ? openAsync(item, header, context.withNumbersAsGiven(), executor)
              : CompletableFuture.failedFuture(failure);
        },
        Runnable::run);
  }

  private CompletableFuture<Map<String, AttributeValue>> openAsync(
      Map<String, AttributeValue> item,
      DdbecHeader header,
      EncryptionContext context,
      Executor executor) {
    return CancellableStages.apply(
        given(requireAsync().decryptionMaterialsAsync(context)),
        materials -> wireFormat.open(item, header, given(materials)),
        executor);
  }

  /**
   * Numbers of it are canonical. Where the stored item has another notation, it has not been
   * through DynamoDB, and an old client may have bound its keys to that: then both are tried.
   */
  private EncryptionContext contextFor(Map<String, AttributeValue> item, DdbecHeader header) {
    return table.contextFor(item).materialDescription(header.materialDescription()).build();
  }

  /**
   * Materials, or the future of some. The old Java client's providers say null for keys that do not
   * match.
   */
  private <M> M given(@Nullable M materials) {
    if (materials == null) {
      throw new MaterialsUnavailableException(
          FailureReason.MATERIALS_MISMATCH,
          table.subject().withFormat(Ddbec.NAME),
          "The key source has no keys for the %s.".formatted(table.subject().describe()),
          null);
    }
    return materials;
  }

  private CryptographicMaterialsProvider requireSync() {
    if (provider == null) {
      throw new IllegalStateException(
          "The DDBEC key source of table '%s' is asynchronous only: call the async methods, or pass Ddbec.using(...) a CryptographicMaterialsProvider too."
              .formatted(table.name()));
    }
    return provider;
  }

  private AsyncCryptographicMaterialsProvider requireAsync() {
    if (asyncProvider == null) {
      throw new IllegalStateException(
          "The DDBEC key source of table '%s' is synchronous only: call the blocking methods, or pass Ddbec.using(...) an AsyncCryptographicMaterialsProvider too."
              .formatted(table.name()));
    }
    return asyncProvider;
  }
}
