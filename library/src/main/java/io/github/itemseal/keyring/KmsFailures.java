package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.concurrent.Futures;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** The typed exceptions of the KMS keyrings. Stateless. */
final class KmsFailures {
  private KmsFailures() {}

  /**
   * The exception for a call to KMS that failed, or for its answer. A cancellation stays what it
   * is: KMS has not failed.
   *
   * @param key which key was asked for, for people
   */
  static RuntimeException of(FailureSubject subject, String key, Throwable failure) {
    Throwable cause = Futures.causeOf(failure);
    if (cause instanceof CancellationException cancelled) {
      return cancelled;
    }
    if (cause instanceof ItemsealException typed) {
      return typed;
    }
    if (cause instanceof InvalidCiphertextException) {
      // The context does not fit: table, keys or context attributes were changed, or the blob.
      return new ItemAuthenticationException(subject);
    }
    if (cause instanceof IncorrectKeyException) {
      return otherKey(subject, key, cause);
    }
    return new MaterialsUnavailableException(
        FailureReason.KEY_SOURCE_FAILED,
        subject,
        "AWS KMS did not serve the %s with the key '%s'; its answer is the cause."
            .formatted(subject.describe(), key),
        cause);
  }

  /** KMS answered something that is no answer. */
  static MaterialsUnavailableException badAnswer(FailureSubject subject, String what) {
    return new MaterialsUnavailableException(
        FailureReason.KEY_SOURCE_FAILED,
        subject,
        "AWS KMS answered for the %s %s.".formatted(subject.describe(), what),
        null);
  }

  /** The data key is of another key than the configured one, or KMS used another. */
  static MaterialsUnavailableException otherKey(
      FailureSubject subject, String key, @Nullable Throwable cause) {
    return new MaterialsUnavailableException(
        FailureReason.MATERIALS_MISMATCH,
        subject,
        ("The %s is not of the KMS key '%s'. If that is an alias, it may have been pointed to"
                + " another key since: add a keyring with the ARN of the key that wrote the item.")
            .formatted(subject.describe(), key),
        cause);
  }

  /**
   * No encrypted data key names a key of the keyring.
   *
   * @param related whether one names the same multi-Region key in another Region
   */
  static MaterialsUnavailableException noneFits(
      FailureSubject subject, String key, boolean related) {
    return new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        subject,
        ("No encrypted data key of the %s is for the KMS key '%s'. ItemInspection shows which keys"
                + " it names; add a keyring for one of them.%s")
            .formatted(
                subject.describe(),
                key,
                related
                    ? " One is the same multi-Region key in another Region, which forKey(...) does"
                        + " not read: use forMultiRegionKey(...)."
                    : ""),
        null);
  }

  /** A keyring that only reads was asked to write. */
  static MaterialsUnavailableException onlyReads(FailureSubject subject) {
    return new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        subject,
        "A discovery keyring only reads: write the %s with a keyring that names its key."
            .formatted(subject.describe()),
        null);
  }
}
