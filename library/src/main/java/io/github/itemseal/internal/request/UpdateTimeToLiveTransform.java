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
  public PreparedCall<UpdateTimeToLiveRequest, UpdateTimeToLiveResponse> on(
      UpdateTimeToLiveRequest request, TableLookup tables) {
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
    return new Unchanged(request);
  }

  private record Unchanged(UpdateTimeToLiveRequest request)
      implements PreparedCall<UpdateTimeToLiveRequest, UpdateTimeToLiveResponse> {
    @Override
    public List<RequestPart> parts() {
      return List.of(new RequestPart(request.tableName(), null));
    }

    @Override
    public UpdateTimeToLiveRequest sent(List<Map<String, AttributeValue>> sealed) {
      return request;
    }
  }
}
