package io.github.itemseal;

import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.listener.Notices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Encrypts and signs the items of one table, and verifies and decrypts them, without a client.
 *
 * <p>Returned items are new maps in the order of the given one, which is never changed; attributes
 * that are not encrypted are the same {@code AttributeValue} objects. Thread-safe.
 *
 * <p>Every method throws {@link MalformedItemException}, {@link ForbiddenItemException} and {@link
 * MaterialsUnavailableException}; decrypting also {@link ItemAuthenticationException}, and then
 * nothing of the item is returned. Futures of the async methods fail with the same exceptions; they
 * need a format whose key source is asynchronous, the others one that is synchronous.
 */
public final class ItemEncryptor {
  private final ResolvedTable table;
  private final ItemChecks checks;
  private final FormatEngine writer;
  private final List<FormatEngine> readers;
  private final Set<String> versionAttributes;
  private final @Nullable ItemNotices notices; // nothing is measured where nobody listens

  private ItemEncryptor(TableEncryption encryption) {
    this.table = encryption.resolve();
    this.checks = new ItemChecks(table);
    this.writer = encryption.writes().engineFor(table);
    List<FormatEngine> engines = new ArrayList<>();
    Set<String> version = new LinkedHashSet<>();
    for (ItemFormat format : encryption.reads()) {
      FormatEngine engine = format.engineFor(table);
      engines.add(engine);
      version.addAll(engine.versionAttributes());
    }
    this.readers = List.copyOf(engines);
    this.versionAttributes = Collections.unmodifiableSet(version);
    encryption.listener().map(Notices::new).ifPresent(table.encryptedRoles()::tell);
    this.notices =
        encryption
            .listener()
            .map(
                listener ->
                    new ItemNotices(new Notices(listener), table.logicalName(), writer.name()))
            .orElse(null);
  }

  /**
   * The encryptor of a table whose keys are known.
   *
   * @throws IllegalStateException if they are not: see {@link TableInfo#of} and {@link
   *     TableInfo#refreshIndexedAttributes}
   */
  public static ItemEncryptor of(TableEncryption encryption) {
    return new ItemEncryptor(encryption);
  }

  /** The actions at work, with the keys of the table and its indexes protected. */
  public AttributeActions actions() {
    return table.actions();
  }

  /** Whether an attribute name belongs to the stored formats, so that no item may use it. */
  public boolean isReserved(String attributeName) {
    return table.reservedNames().contains(attributeName);
  }

  /**
   * The attributes that identify the version of a stored item, of every format that this table
   * reads: as long as none of them appears, goes or changes, no signed attribute was written by
   * anybody with the keys. A stored item has those of its own format; a plaintext item has none.
   */
  public Set<String> versionAttributes() {
    return versionAttributes;
  }

  /**
   * The attributes by which an item sealed by this encryptor can be told from every other sealing,
   * even of the same item: randomness of that one sealing is in them. Asks no key source.
   *
   * @param sealed an item as {@link #encryptItem} returned it
   * @return empty where nothing is random: plaintext, no actions, and DDBEC items without encrypted
   *     attributes under fixed keys and a MAC or RSA
   */
  public Set<String> randomAttributes(Map<String, AttributeValue> sealed) {
    return writer.randomAttributes(sealed);
  }

  /** Whether items are stored unencrypted, see {@link Plaintext#writable}. */
  public boolean writesPlaintext() {
    return writer.name().equals(Plaintext.NAME);
  }

  /** Whether unencrypted items are read, see {@link Plaintext#readable}. */
  public boolean readsPlaintext() {
    return readers.stream().anyMatch(reader -> reader.name().equals(Plaintext.NAME));
  }

  /**
   * The names of all attributes that must be read for an item to be verified, wherever it has them:
   * its keys, the signed ones and the formats' own.
   *
   * @return empty if only whole items can be verified: because attributes that are not named are
   *     signed too, as by default, or because the table reads plaintext items, which are known by
   *     what they lack
   */
  public Optional<Set<String>> verifiedAttributes() {
    if (table.actions().takesNoActions()) {
      return Optional.of(Set.of());
    }
    Set<String> verified = new LinkedHashSet<>(table.primaryIndex().attributes());
    for (FormatEngine reader : readers) {
      Optional<Set<String>> names = reader.verifiedAttributes();
      if (names.isEmpty()) {
        return Optional.empty();
      }
      verified.addAll(names.get());
    }
    return Optional.of(Collections.unmodifiableSet(verified));
  }

  /** The stored form of an item. */
  public Map<String, AttributeValue> encryptItem(Map<String, AttributeValue> item) {
    return encryptChanged(item, Map.of());
  }

  /**
   * The stored form of an item that was opened and changed. DynamoDB's limits are checked of the
   * attributes that differ, by what DynamoDB takes for the same: what an old client sealed beyond
   * them may stay as long as it is left alone. Otherwise the same as {@link #encryptItem}.
   *
   * @param before the item as it was opened, in plaintext
   */
  public Map<String, AttributeValue> encryptChanged(
      Map<String, AttributeValue> item, Map<String, AttributeValue> before) {
    return notices == null
        ? seal(item, before)
        : notices.sealing(item, changed -> seal(changed, before));
  }

  private Map<String, AttributeValue> seal(
      Map<String, AttributeValue> item, Map<String, AttributeValue> before) {
    checks.requireWritable(item, before);
    return writer.seal(item);
  }

  /** The stored form of an item, without blocking on keys. */
  public CompletableFuture<Map<String, AttributeValue>> encryptItemAsync(
      Map<String, AttributeValue> item) {
    return encryptItemAsync(item, Runnable::run);
  }

  /**
   * The same with the arithmetic on an executor, once the keys are there. Cancelling the future
   * cancels a pending request for keys.
   */
  public CompletableFuture<Map<String, AttributeValue>> encryptItemAsync(
      Map<String, AttributeValue> item, Executor executor) {
    return encryptChangedAsync(item, Map.of(), executor);
  }

  /**
   * {@link #encryptChanged} without blocking on keys, with the arithmetic on an executor, like
   * {@link #encryptItemAsync(Map, Executor)}.
   */
  public CompletableFuture<Map<String, AttributeValue>> encryptChangedAsync(
      Map<String, AttributeValue> item, Map<String, AttributeValue> before, Executor executor) {
    return async(
        KeyUse.ENCRYPT,
        item,
        plaintext -> {
          checks.requireWritable(plaintext, before);
          CompletableFuture<Map<String, AttributeValue>> sealing =
              writer.sealAsync(plaintext, executor);
          return notices == null ? sealing : notices.sealingAsync(plaintext, sealing);
        });
  }

  /** The item inside a stored one. */
  public Map<String, AttributeValue> decryptItem(Map<String, AttributeValue> item) {
    return notices == null ? readerOf(item).open(item) : notices.opening(item, this::readerOf);
  }

  /** The item inside a stored one, without blocking on keys. */
  public CompletableFuture<Map<String, AttributeValue>> decryptItemAsync(
      Map<String, AttributeValue> item) {
    return decryptItemAsync(item, Runnable::run);
  }

  /** The same with the arithmetic on an executor, like {@link #encryptItemAsync}. */
  public CompletableFuture<Map<String, AttributeValue>> decryptItemAsync(
      Map<String, AttributeValue> item, Executor executor) {
    return async(
        KeyUse.DECRYPT,
        item,
        stored -> {
          FormatEngine reader = readerOf(stored);
          CompletableFuture<Map<String, AttributeValue>> opening =
              reader.openAsync(stored, executor);
          return notices == null ? opening : notices.openingAsync(reader.name(), stored, opening);
        });
  }

  private FormatEngine readerOf(Map<String, AttributeValue> item) {
    checks.requireNoNulls(item);
    for (FormatEngine reader : readers) {
      if (reader.recognises(item)) {
        checks.requireReadable(item);
        return reader;
      }
    }
    FailureSubject subject = table.subject();
    String found = table.reservedNames().formatOf(item);
    if (found.equals(Plaintext.NAME)) {
      throw new ForbiddenItemException(
          FailureReason.PLAINTEXT_FORBIDDEN,
          subject,
          ("The %s is plaintext, without a signature, and this table reads encrypted items only."
                  + " While a table is being encrypted, add Plaintext.readable() to reads(...). If"
                  + " the client that was wrapped decrypts already, wrap the one inside it.")
              .formatted(subject.describe()));
    }
    if (readers.stream().anyMatch(reader -> reader.name().equals(found))) {
      throw new ForbiddenItemException(
          FailureReason.FORMAT_NOT_READ,
          subject.withFormat(found),
          (found.equals(Dbe.NAME)
                  ? "The %s has attributes of the format %s, but neither its header nor its footer:"
                      + " somebody may have taken them away."
                  : "The %s is in the format %s, but under other attribute names than this table's:"
                      + " see Ddbec.attributeNames(...).")
              .formatted(subject.describe(), found));
    }
    throw new ForbiddenItemException(
        FailureReason.FORMAT_NOT_READ,
        subject.withFormat(found),
        "The %s is in the format %s, which this table does not read: add it to reads(...)."
            .formatted(subject.describe(), found));
  }

  /** Failures before the first future become a failed future too: callers handle one kind. */
  private CompletableFuture<Map<String, AttributeValue>> async(
      KeyUse use,
      Map<String, AttributeValue> item,
      Function<Map<String, AttributeValue>, CompletableFuture<Map<String, AttributeValue>>> work) {
    try {
      return work.apply(new LinkedHashMap<>(item)); // the caller's may change meanwhile
    } catch (RuntimeException e) {
      if (notices != null) {
        notices.failed(use, e);
      }
      return CompletableFuture.failedFuture(e);
    }
  }
}
