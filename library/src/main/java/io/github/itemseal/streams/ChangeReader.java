package io.github.itemseal.streams;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.internal.concurrent.CancellableStages;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * Verifies and decrypts the images in the records of one table's stream. Thread-safe.
 *
 * <p>Both images are opened if both are there: an old one may be in another format, or under other
 * keys, than the new one. A record whose image cannot be opened fails with what {@link
 * ItemEncryptor} throws; whether to skip it is the caller's decision.
 */
public final class ChangeReader {
  private static final String DYNAMO_DB = "dynamodb.amazonaws.com";

  private final ItemEncryptor encryptor;

  private ChangeReader(ItemEncryptor encryptor) {
    this.encryptor = Objects.requireNonNull(encryptor, "encryptor");
  }

  /** For the stream of the encryptor's table. */
  public static ChangeReader of(ItemEncryptor encryptor) {
    return new ChangeReader(encryptor);
  }

  /** The change that a record tells. */
  public ItemChange read(Record record) {
    StreamRecord images = record.dynamodb();
    Optional<Map<String, AttributeValue>> oldItem =
        images.hasOldImage()
            ? Optional.of(encryptor.decryptItem(images.oldImage()))
            : Optional.empty();
    Optional<Map<String, AttributeValue>> newItem =
        images.hasNewImage()
            ? Optional.of(encryptor.decryptItem(images.newImage()))
            : Optional.empty();
    return change(record, oldItem, newItem);
  }

  /**
   * The change that a record tells, without blocking on keys. Cancelling the future cancels pending
   * requests for keys.
   */
  public CompletableFuture<ItemChange> readAsync(Record record) {
    StreamRecord images = record.dynamodb();
    CompletableFuture<Optional<Map<String, AttributeValue>>> oldItem =
        openAsync(images.hasOldImage(), images.oldImage());
    CompletableFuture<Optional<Map<String, AttributeValue>>> newItem =
        openAsync(images.hasNewImage(), images.newImage());
    CompletableFuture<ItemChange> result =
        oldItem.thenCombine(newItem, (before, after) -> change(record, before, after));
    CancellableStages.passCancellation(result, oldItem);
    CancellableStages.passCancellation(result, newItem);
    return result;
  }

  private CompletableFuture<Optional<Map<String, AttributeValue>>> openAsync(
      boolean present, Map<String, AttributeValue> image) {
    return present
        ? CancellableStages.apply(encryptor.decryptItemAsync(image), Optional::of, Runnable::run)
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private static ItemChange change(
      Record record,
      Optional<Map<String, AttributeValue>> oldItem,
      Optional<Map<String, AttributeValue>> newItem) {
    Identity identity = record.userIdentity();
    boolean expired = identity != null && DYNAMO_DB.equals(identity.principalId());
    return new ItemChange(record.eventName(), record.dynamodb().keys(), oldItem, newItem, expired);
  }
}
