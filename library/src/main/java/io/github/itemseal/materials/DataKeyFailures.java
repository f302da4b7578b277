package io.github.itemseal.materials;

import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.concurrent.Futures;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** The exceptions for an item whose data key cannot be had from AWS KMS, or not be used. */
final class DataKeyFailures {
  private DataKeyFailures() {}

  /** Which item. */
  static FailureSubject subject(EncryptionContext context) {
    return FailureSubject.of(context).withFormat(Ddbec.NAME);
  }

  /** The typed exception for whatever failed. */
  static ItemsealException of(EncryptionContext context, Throwable thrown) {
    Throwable failure = Futures.causeOf(thrown); // blocking clients may wait for futures
    FailureSubject subject = subject(context);
    if (failure instanceof ItemsealException typed) {
      return typed.subject().tableName().isEmpty() // such as an interrupted wait
          ? unavailable(subject, String.valueOf(typed.getMessage()), typed)
          : typed;
    }
    if (failure instanceof InvalidCiphertextException) {
      // The context does not fit: table, keys or description were changed, or the blob itself.
      return new ItemAuthenticationException(subject);
    }
    if (failure instanceof IncorrectKeyException) {
      return otherKey(subject, failure);
    }
    return unavailable(
        subject,
        "AWS KMS gave no data key for the %s; its answer is the cause."
            .formatted(subject.describe()),
        failure);
  }

  static MaterialsUnavailableException otherKey(FailureSubject subject, @Nullable Throwable cause) {
    return new MaterialsUnavailableException(
        FailureReason.MATERIALS_MISMATCH,
        subject,
        ("The data key of the %s is not of the configured KMS key. If other keys are in use, name"
                + " them with decryptsWith(...).")
            .formatted(subject.describe()),
        cause);
  }

  static MaterialsUnavailableException unavailable(
      FailureSubject subject, String message, @Nullable Throwable cause) {
    return new MaterialsUnavailableException(
        FailureReason.KEY_SOURCE_FAILED, subject, message, cause);
  }
}
