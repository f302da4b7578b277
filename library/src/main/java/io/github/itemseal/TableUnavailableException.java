package io.github.itemseal;

import io.github.itemseal.internal.concurrent.Futures;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * A table could not be read for the client's own needs: its keys and indexes could not be learnt,
 * in which case the SDK's answer is the cause, or items that an index names could not be had.
 *
 * <p>A table that is not there is the SDK's {@link ResourceNotFoundException} instead, as with a
 * plain client.
 */
public final class TableUnavailableException extends ItemsealException {
  private static final long serialVersionUID = 1L;

  public TableUnavailableException(
      FailureReason reason, String tableName, String message, @Nullable Throwable cause) {
    super(reason, FailureSubject.table(tableName), message, cause);
  }

  /**
   * The exception for a DescribeTable call that failed. That a table is not there is said as a
   * plain client says it, for programs that make the table then.
   */
  static RuntimeException describing(String tableName, Throwable failure) {
    Throwable cause = Futures.causeOf(failure);
    if (cause instanceof ResourceNotFoundException notThere) {
      return notThere;
    }
    if (cause instanceof TableUnavailableException known) {
      return known;
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
        ("Table '%s' could not be described; its keys and indexes are needed before the first item."
                + " Where the client cannot describe tables, give them with TableInfo.of(...).")
            .formatted(tableName),
        cause);
  }

  /** The exception for a table that turned out to have another primary key. */
  static TableUnavailableException otherKey(
      String tableName, TableIndex known, TableIndex described) {
    return new TableUnavailableException(
        FailureReason.TABLE_KEY_CHANGED,
        tableName,
        ("Table '%s' has the key %s according to DescribeTable, but %s is what is known of it. If it"
                + " was made anew, give the new key or call refreshTable; if not, find out who"
                + " answers.")
            .formatted(tableName, described.attributes(), known.attributes()),
        null);
  }
}
