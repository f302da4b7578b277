package io.github.itemseal.internal.request;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/** UpdateTimeToLive: refused on an encrypted attribute, by which items would never expire. */
public final class UpdateTimeToLiveTransform
    implements OperationTransform<UpdateTimeToLiveRequest, UpdateTimeToLiveResponse> {
  public static final UpdateTimeToLiveTransform INSTANCE = new UpdateTimeToLiveTransform();

  private UpdateTimeToLiveTransform() {}

  @Override
  public List<TableUse> tables(UpdateTimeToLiveRequest request) {
    return TableUse.of(request.tableName());
  }

  @Override
  public void check(UpdateTimeToLiveRequest request, TableLookup tables) {
    String name = request.timeToLiveSpecification().attributeName();
    tables
        .find(request.tableName())
        .filter(table -> table.actions().actionFor(name).encrypts())
        .ifPresent(
            table -> {
              FailureSubject subject = RequestChecks.subject(table).withAttribute(name);
              throw new UnsupportedRequestException(
                  FailureReason.TIME_TO_LIVE_ENCRYPTED,
                  subject,
                  ("Items cannot expire by the encrypted %s: DynamoDB must read the time. Give it"
                          + " SIGN_ONLY or DO_NOTHING, and rewrite the items that have it.")
                      .formatted(subject.describe()));
            });
  }

  @Override
  public List<TableItem> storedItems(
      UpdateTimeToLiveRequest request, UpdateTimeToLiveResponse response) {
    return List.of();
  }

  @Override
  public UpdateTimeToLiveResponse withOpenedItems(
      UpdateTimeToLiveRequest request,
      UpdateTimeToLiveResponse response,
      List<Map<String, AttributeValue>> opened,
      TableLookup tables) {
    return response;
  }
}
