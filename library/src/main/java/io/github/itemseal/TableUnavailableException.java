package io.github.itemseal;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * A table could not be read for the client's own needs: its keys and indexes could not be learnt,
 * in which case the SDK's answer is the cause, or items that an index names could not be had.
 */
public final class TableUnavailableException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public TableUnavailableException(
      FailureReason reason, String tableName, String message, @Nullable Throwable cause) {
    super(reason, FailureSubject.table(tableName), message, cause);
  }

  /** The exception for a DescribeTable call that failed. */
  static TableUnavailableException describing(String tableName, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof ResourceNotFoundException) {
      return new TableUnavailableException(
          FailureReason.TABLE_NOT_FOUND,
          tableName,
          "Table '%s' does not exist in this account and Region.".formatted(tableName),
          cause);
    }
    if (cause instanceof AwsServiceException service
        && service.awsErrorDetails() != null
        && "AccessDeniedException".equals(service.awsErrorDetails().errorCode())) {
      return new TableUnavailableException(
          FailureReason.DESCRIBE_TABLE_DENIED,
          tableName,
          ("Table '%s' could not be described: the permission dynamodb:DescribeTable is missing."
                  + " Grant it, or give the table's keys and indexes with TableInfo.of(...).")
              .formatted(tableName),
          cause);
    }
    return new TableUnavailableException(
        FailureReason.DESCRIBE_TABLE_FAILED,
        tableName,
        "Table '%s' could not be described; its keys and indexes are needed before the first item."
            .formatted(tableName),
        cause);
  }
}
