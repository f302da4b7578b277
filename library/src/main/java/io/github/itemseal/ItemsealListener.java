package io.github.itemseal;

import java.time.Duration;
import java.util.Optional;

/**
 * Is told what happens to items and keys, for counting: names, sizes, durations and reasons, never
 * a value or a key. Every method does nothing unless overridden.
 *
 * <p>Methods are called on the thread that does the work, of many at once, so they must be quick
 * and thread-safe. What they throw is ignored: a listener cannot make a call fail.
 *
 * <p>Given to {@link TableEncryption.Builder#listener} for the items of a table, and to the builder
 * of a key source for its keys.
 */
public interface ItemsealListener {
  /** An item was encrypted and signed; whether it then reached the table is not known here. */
  default void itemSealed(ItemSealed event) {}

  /** A stored item was verified and decrypted, or was plaintext and let through. */
  default void itemOpened(ItemOpened event) {}

  /** An item was not sealed or not opened. */
  default void itemFailed(ItemFailed event) {}

  /**
   * DynamoDB uses an attribute in a role that needs plaintext, but the table encrypts it. Unless it
   * does so by name, items with the attribute are not written. Told each time that the table is
   * described.
   */
  default void plaintextNeeded(PlaintextNeeded event) {}

  /**
   * By which attribute the items of a table expire could not be learnt, so that nobody knows
   * whether it is encrypted. Nothing else follows from it. Told once for each table of a client.
   */
  default void timeToLiveUnknown(TimeToLiveUnknown event) {}

  /** A key source asked the service or table that holds its keys. */
  default void keysFetched(KeysFetched event) {}

  /** A key source had the keys already. */
  default void keysReused(KeysReused event) {}

  /** What a key source was asked for. */
  enum KeyUse {
    ENCRYPT,
    DECRYPT
  }

  /**
   * An item that was sealed.
   *
   * @param table the logical name of its table
   * @param format the format written, such as {@code DDBEC}
   * @param plaintextBytes its size as DynamoDB counts it, before
   * @param storedBytes the same, after
   */
  record ItemSealed(String table, String format, int plaintextBytes, int storedBytes) {}

  /**
   * An item that was opened.
   *
   * @param table the logical name of its table
   * @param format the format it had, {@code plaintext} among them
   * @param writtenFormat the format that the table writes now
   * @param storedBytes its size as DynamoDB counts it, before
   * @param plaintextBytes the same, after
   */
  record ItemOpened(
      String table, String format, String writtenFormat, int storedBytes, int plaintextBytes) {
    /** Whether the item was not encrypted at all. */
    public boolean isPlaintext() {
      return format.equals(Plaintext.NAME);
    }

    /** Whether the item is in another format than new ones, plaintext or an older one. */
    public boolean isOldFormat() {
      return !format.equals(writtenFormat);
    }
  }

  /**
   * An item that was not sealed or opened.
   *
   * @param table the logical name of its table
   * @param operation {@link KeyUse#ENCRYPT} for an item to be sealed
   * @param reason why
   */
  record ItemFailed(String table, KeyUse operation, FailureReason reason) {}

  /** What DynamoDB can do with plaintext only. */
  enum PlaintextRole {
    /** Key of a secondary index. */
    INDEX_KEY,
    /** Time at which DynamoDB deletes the item. */
    TIME_TO_LIVE
  }

  /**
   * An encrypted attribute that DynamoDB would need in plaintext.
   *
   * @param table the logical name of its table
   * @param attribute its name
   * @param role what DynamoDB uses it for
   * @param index the index that has it as key; empty in other roles
   */
  record PlaintextNeeded(
      String table, String attribute, PlaintextRole role, Optional<String> index) {}

  /**
   * A time to live that is not known.
   *
   * @param table the logical name of its table
   * @param cause the error code of DynamoDB's answer, such as {@code AccessDeniedException}, else
   *     the simple name of an exception
   */
  record TimeToLiveUnknown(String table, String cause) {}

  /**
   * A request for keys.
   *
   * @param source what was asked, such as {@code AWS KMS}
   * @param use what for
   * @param duration how long it took
   * @param failure why it failed, empty if it did not
   */
  record KeysFetched(
      String source, KeyUse use, Duration duration, Optional<FailureReason> failure) {}

  /**
   * Keys that were there without a request.
   *
   * @param source what need not be asked, such as {@code AWS KMS}
   * @param use what for
   */
  record KeysReused(String source, KeyUse use) {}
}
