package io.github.itemseal.internal.request;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * The tables that a transaction touches. Every element must name one, in whichever of its members,
 * also in those of tomorrow's SDK: what names none is refused.
 */
final class TransactTables {
  private static final String TABLE_NAME = "TableName";

  private TransactTables() {}

  static List<String> of(TransactWriteItemsRequest request) {
    return tablesOf(request.transactItems());
  }

  static List<String> of(TransactGetItemsRequest request) {
    return tablesOf(request.transactItems());
  }

  /** The exception for a part that is none of the operations known here, or several at once. */
  static UnsupportedRequestException oddPart() {
    return new UnsupportedRequestException(
        FailureReason.REQUEST_INCOMPLETE,
        FailureSubject.unknown(),
        "A part of the transaction is not exactly one put, update, delete or condition check.");
  }

  /** Of no elements it is none: such a transaction is DynamoDB's to refuse. */
  private static List<String> tablesOf(List<? extends @Nullable SdkPojo> elements) {
    return elements.stream().flatMap(TransactTables::tablesOf).toList();
  }

  private static Stream<String> tablesOf(@Nullable SdkPojo element) {
    if (element == null) {
      throw TableLookup.noTable();
    }
    List<String> names =
        element.sdkFields().stream()
            .map(member -> member.getValueOrDefault(element))
            .filter(Objects::nonNull)
            .map(member -> tableName(member).orElseThrow(TableLookup::noTable))
            .toList();
    if (names.isEmpty()) {
      throw TableLookup.noTable();
    }
    return names.stream();
  }

  private static Optional<String> tableName(Object member) {
    if (member instanceof SdkPojo operation) {
      for (SdkField<?> field : operation.sdkFields()) {
        if (field.memberName().equals(TABLE_NAME)) {
          return Optional.ofNullable((String) field.getValueOrDefault(operation));
        }
      }
    }
    return Optional.empty();
  }
}
