package io.github.itemseal;

import io.github.itemseal.ItemsealListener.ItemFailed;
import io.github.itemseal.ItemsealListener.ItemOpened;
import io.github.itemseal.ItemsealListener.ItemSealed;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.internal.format.ItemSize;
import io.github.itemseal.internal.listener.Notices;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tells a listener of the items of one table. Thread-safe. */
final class ItemNotices {
  private final Notices notices;
  private final String table;
  private final String writtenFormat;

  ItemNotices(Notices notices, String table, String writtenFormat) {
    this.notices = notices;
    this.table = table;
    this.writtenFormat = writtenFormat;
  }

  /** Seals an item and tells how that went. */
  Map<String, AttributeValue> sealing(
      Map<String, AttributeValue> item,
      Function<Map<String, AttributeValue>, Map<String, AttributeValue>> seal) {
    try {
      Map<String, AttributeValue> stored = seal.apply(item);
      sealed(item, stored);
      return stored;
    } catch (ItemsealException e) {
      failed(KeyUse.ENCRYPT, e);
      throw e;
    }
  }

  /** Opens an item and tells how that went. */
  Map<String, AttributeValue> opening(
      Map<String, AttributeValue> stored,
      Function<Map<String, AttributeValue>, FormatEngine> readerOf) {
    try {
      FormatEngine reader = readerOf.apply(stored);
      Map<String, AttributeValue> item = reader.open(stored);
      opened(reader.name(), stored, item);
      return item;
    } catch (ItemsealException e) {
      failed(KeyUse.DECRYPT, e);
      throw e;
    }
  }

  /** Tells how the sealing of an item goes, before anybody has the result. */
  CompletableFuture<Map<String, AttributeValue>> sealingAsync(
      Map<String, AttributeValue> item, CompletableFuture<Map<String, AttributeValue>> sealing) {
    CompletableFuture<Map<String, AttributeValue>> told =
        sealing.whenComplete(
            (stored, failure) -> {
              if (failure == null) {
                sealed(item, stored);
              } else {
                failed(KeyUse.ENCRYPT, failure);
              }
            });
    CancellableStages.passCancellation(told, sealing);
    return told;
  }

  /** Tells how the opening of an item goes, before anybody has the result. */
  CompletableFuture<Map<String, AttributeValue>> openingAsync(
      String format,
      Map<String, AttributeValue> stored,
      CompletableFuture<Map<String, AttributeValue>> opening) {
    CompletableFuture<Map<String, AttributeValue>> told =
        opening.whenComplete(
            (item, failure) -> {
              if (failure == null) {
                opened(format, stored, item);
              } else {
                failed(KeyUse.DECRYPT, failure);
              }
            });
    CancellableStages.passCancellation(told, opening);
    return told;
  }

  private void sealed(Map<String, AttributeValue> item, Map<String, AttributeValue> stored) {
    notices.tell(
        to ->
            to.itemSealed(
                new ItemSealed(table, writtenFormat, ItemSize.of(item), ItemSize.of(stored))));
  }

  private void opened(
      String format, Map<String, AttributeValue> stored, Map<String, AttributeValue> item) {
    notices.tell(
        to ->
            to.itemOpened(
                new ItemOpened(
                    table, format, writtenFormat, ItemSize.of(stored), ItemSize.of(item))));
  }

  /** Tells of failures of this library; others are mistakes of the program. */
  void failed(KeyUse operation, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ItemsealException known) {
      notices.tell(to -> to.itemFailed(new ItemFailed(table, operation, known.reason())));
    }
  }
}
