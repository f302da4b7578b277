package io.github.itemseal.internal.request;

import java.util.Optional;

/** Finds the tables that requests name. */
@FunctionalInterface
public interface TableLookup {
  /**
   * A table by the name or ARN that a request gives.
   *
   * @return empty if the table is let through unprotected
   * @throws io.github.itemseal.UnsupportedRequestException if it is not configured
   * @throws io.github.itemseal.TableUnavailableException if it could not be described
   */
  Optional<ProtectedTable> find(String nameOrArn);

  /**
   * The table name in a name or ARN: {@code arn:aws:dynamodb:REGION:ACCOUNT:table/NAME}, possibly
   * with {@code /index/…} behind it.
   */
  static String tableName(String nameOrArn) {
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
