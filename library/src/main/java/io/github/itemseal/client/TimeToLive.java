package io.github.itemseal.client;

import io.github.itemseal.CryptoAction;
import io.github.itemseal.ItemsealListener.TimeToLiveUnknown;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.listener.Notices;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Asks by which attribute the items of a table expire, after the table was described. It needs no
 * permission: if DynamoDB refuses to answer, or takes too long, the answer is unknown, which a
 * listener hears once. Thread-safe.
 */
final class TimeToLive {
  /**
   * How long the first call of a table may take longer because of this. It is the SDK that ends the
   * request, so that no thread waits which would not wait for DynamoDB anyway.
   */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ItemIo io;
  private final TableEncryption encryption;
  private final AtomicBoolean told = new AtomicBoolean();

  TimeToLive(ItemIo io, TableEncryption encryption) {
    this.io = io;
    this.encryption = encryption;
  }

  /**
   * The table with the attribute, if there is one and it can be known. Fails only if the thread is
   * interrupted.
   */
  Step<TableInfo> addedTo(TableInfo table) {
    if (table.timeToLiveAttribute().isPresent() // what the program says counts
        || encryption.writes().name().equals(Plaintext.NAME)
        || !encryption.actions().contains(CryptoAction.ENCRYPT_AND_SIGN)) {
      return Step.done(table);
    }
    return Step.ask(io.timeToLive(table))
        .handle(Step::done, this::unknown)
        .map(attribute -> attribute.map(table::withTimeToLive).orElse(table));
  }

  private Step<Optional<String>> unknown(Throwable failure) {
    if (Futures.isInterruption(failure)) {
      return Step.failed(failure); // the caller's, and says nothing of the table
    }
    if (!told.getAndSet(true)) {
      String cause =
          failure instanceof AwsServiceException service && service.awsErrorDetails() != null
              ? service.awsErrorDetails().errorCode()
              : failure.getClass().getSimpleName();
      TimeToLiveUnknown event = new TimeToLiveUnknown(encryption.logicalTableName(), cause);
      encryption
          .listener()
          .map(Notices::new)
          .ifPresent(notices -> notices.tell(to -> to.timeToLiveUnknown(event)));
    }
    return Step.done(Optional.empty());
  }

  static DescribeTimeToLiveRequest request(TableInfo table) {
    return DescribeTimeToLiveRequest.builder()
        .tableName(table.name())
        .overrideConfiguration(settings -> settings.apiCallTimeout(LIMIT))
        .build();
  }

  /** The attribute, if time to live is on, or about to be. */
  static Optional<String> attributeIn(DescribeTimeToLiveResponse response) {
    TimeToLiveDescription description = response.timeToLiveDescription();
    return description != null
            && (description.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || description.timeToLiveStatus() == TimeToLiveStatus.ENABLING)
        ? Optional.ofNullable(description.attributeName())
        : Optional.empty();
  }
}
