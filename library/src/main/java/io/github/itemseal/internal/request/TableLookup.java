package io.github.itemseal.internal.request;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the tables that requests name. */
@FunctionalInterface
public interface TableLookup {
  /**
   * A table by the name or ARN that a request gives.
   *
   * @return empty if the table is let through unprotected
   * @throws UnsupportedRequestException if it is not configured
   * @throws io.github.itemseal.TableUnavailableException if it could not be described
   */
  Optional<ProtectedTable> find(@Nullable String nameOrArn);

  /**
   * Whether a table has a table encryption; nothing is described for the answer.
   *
   * @throws UnsupportedRequestException if it has none and is not let through either
   */
  default boolean isProtected(@Nullable String nameOrArn) {
    return find(nameOrArn).isPresent();
  }

  /**
   * The exception for a request, or a part of it, that names no table: nobody can say whether it is
   * protected.
   */
  static UnsupportedRequestException noTable() {
    return new UnsupportedRequestException(
        FailureReason.REQUEST_INCOMPLETE,
        FailureSubject.unknown(),
        "The request, or a part of it, names no table.");
  }

  /**
   * The table name in a name or ARN: {@code arn:aws:dynamodb:REGION:ACCOUNT:table/NAME}, possibly
   * with {@code /index/…} behind it.
   *
   * @throws UnsupportedRequestException if there is none
   */
  static String tableName(@Nullable String nameOrArn) {
    if (nameOrArn == null) {
      throw noTable();
    }
    if (!nameOrArn.startsWith("arn:")) {
      return nameOrArn;
    }
    String marker = ":table/";
    int start = nameOrArn.indexOf(marker);
    if (start < 0) {
      return nameOrArn;
    }
    String name = nameOrArn.substring(start + marker.length());
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }
}
