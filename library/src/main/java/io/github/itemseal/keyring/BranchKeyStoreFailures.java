package io.github.itemseal.keyring;

import io.github.itemseal.Dbe;
import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.MaterialsUnavailableException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** The typed exceptions of a branch key store. Immutable and thread-safe. */
final class BranchKeyStoreFailures {
  private final String tableName;
  private final FailureSubject subject;

  private BranchKeyStoreFailures(String tableName, FailureSubject subject) {
    this.tableName = tableName;
    this.subject = subject;
  }

  /** Of the rows of a table. */
  static BranchKeyStoreFailures ofRows(String tableName) {
    return new BranchKeyStoreFailures(
        tableName,
        FailureSubject.table(tableName)
            .withFormat(Dbe.NAME)
            .withKeyNames(List.of(BranchKeyRow.BRANCH_KEY_ID, BranchKeyRow.TYPE)));
  }

  /** Of a table as a whole. */
  static BranchKeyStoreFailures ofTable(String tableName) {
    return new BranchKeyStoreFailures(
        tableName, FailureSubject.table(tableName).withFormat(Dbe.NAME));
  }

  // ---- Calls that failed

  /**
   * The exception for a call to DynamoDB or KMS that failed. A cancellation stays what it is:
   * nothing has failed.
   *
   * @param doing what was being done, such as {@code read branch key 'orders'}
   */
  RuntimeException of(String doing, Throwable cause) {
    if (cause instanceof MaterialsUnavailableException already) {
      return already;
    }
    if (cause instanceof CancellationException cancelled) {
      return cancelled;
    }
    return failure(
        reasonOf(cause),
        "The branch key store '%s' could not be used to %s; the cause says why.%s"
            .formatted(
                tableName,
                doing,
                cause instanceof InvalidCiphertextException
                    ? " If the table was restored under another name, give its first one with"
                        + " logicalName(...)."
                    : ""),
        cause);
  }

  /**
   * The same for a write that failed.
   *
   * @param conflict why nothing was stored, if a condition of the write did not hold
   */
  RuntimeException ofWrite(String doing, String conflict, Throwable cause) {
    return cause instanceof TransactionCanceledException cancelled && isConflict(cancelled)
        ? failure(
            FailureReason.MATERIAL_CONFLICT,
            "The branch key store '%s' could not be used to %s: %s. Nothing was stored."
                .formatted(tableName, doing, conflict),
            cause)
        : of(doing, cause);
  }

  private static FailureReason reasonOf(Throwable cause) {
    if (cause instanceof ResourceNotFoundException) {
      return FailureReason.TABLE_NOT_FOUND;
    }
    if (cause instanceof InvalidCiphertextException) {
      return FailureReason.NOT_AUTHENTIC; // the row or its logical name was changed
    }
    return cause instanceof IncorrectKeyException
        ? FailureReason.MATERIALS_MISMATCH
        : FailureReason.KEY_SOURCE_FAILED;
  }

  private static boolean isConflict(TransactionCanceledException cancelled) {
    return cancelled.hasCancellationReasons()
        && cancelled.cancellationReasons().stream()
            .anyMatch(
                reason ->
                    "ConditionalCheckFailed".equals(reason.code())
                        || "TransactionConflict".equals(reason.code()));
  }

  // ---- Rows and answers that cannot be used

  MaterialsUnavailableException noRow(String branchKeyId, String type) {
    return failure(
        FailureReason.MATERIAL_VERSION_NOT_FOUND,
        "The branch key store '%s' has no row '%s' of branch key '%s'."
            .formatted(tableName, type, branchKeyId),
        null);
  }

  MaterialsUnavailableException otherRow(String branchKeyId, String type) {
    return failure(
        FailureReason.MATERIALS_MISMATCH,
        "The branch key store '%s' answered with another row than '%s' of branch key '%s'."
            .formatted(tableName, type, branchKeyId),
        null);
  }

  MaterialsUnavailableException otherHierarchy(String branchKeyId) {
    return failure(
        FailureReason.MATERIAL_TYPE_UNKNOWN,
        "Branch key '%s' in branch key store '%s' is not of hierarchy version 1."
            .formatted(branchKeyId, tableName),
        null);
  }

  MaterialsUnavailableException unusable(BranchKeyRow row, String problem) {
    return unusable(row.text(BranchKeyRow.BRANCH_KEY_ID), row.text(BranchKeyRow.TYPE), problem);
  }

  MaterialsUnavailableException unusable(String branchKeyId, String type, String problem) {
    return failure(
        FailureReason.MATERIAL_INCOMPLETE,
        "The row '%s' of branch key '%s' in branch key store '%s' cannot be used: %s."
            .formatted(type, branchKeyId, tableName, problem),
        null);
  }

  MaterialsUnavailableException otherKey(BranchKeyRow row) {
    return failure(
        FailureReason.MATERIALS_MISMATCH,
        "The row '%s' of branch key '%s' in branch key store '%s' is not of the configured KMS key."
            .formatted(
                row.text(BranchKeyRow.TYPE), row.text(BranchKeyRow.BRANCH_KEY_ID), tableName),
        null);
  }

  MaterialsUnavailableException readsOnly() {
    return failure(
        FailureReason.KEY_NOT_CONFIGURED,
        ("The branch key store '%s' reads only: name its KMS key instead of a discovery"
                + " mode to create or rotate keys.")
            .formatted(tableName),
        null);
  }

  private MaterialsUnavailableException failure(
      FailureReason reason, String message, @Nullable Throwable cause) {
    return new MaterialsUnavailableException(reason, subject, message, cause);
  }
}
