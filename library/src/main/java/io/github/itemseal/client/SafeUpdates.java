package io.github.itemseal.client;

import static java.net.HttpURLConnection.HTTP_INTERNAL_ERROR;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import io.github.itemseal.internal.request.TableUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Safe updates: consistent read, verify, change, seal, write on condition that nobody wrote in
 * between, and all of it again if somebody did. Written once for both clients, as steps that ask
 * for {@link UpdateCalls}. Thread-safe.
 */
final class SafeUpdates {
  private final Function<List<TableUse>, Step<TableLookup>> tables;
  private final UpdateCalls calls;
  private final UpdateRetry retry;

  /**
   * @param tables describes tables
   */
  SafeUpdates(
      Function<List<TableUse>, Step<TableLookup>> tables, UpdateCalls calls, UpdateRetry retry) {
    this.tables = tables;
    this.calls = calls;
    this.retry = retry;
  }

  /** One item. */
  Step<UpdatedItem> update(ItemUpdate update) {
    return run(new SingleUpdate(calls, update)).map(updated -> updated.get(0));
  }

  /** All of them or none, in one transaction. */
  Step<List<UpdatedItem>> updateAll(List<ItemUpdate> updates) {
    return updates.isEmpty()
        ? Step.done(List.of())
        : run(new UpdateTransaction(calls, List.copyOf(updates)));
  }

  private Step<List<UpdatedItem>> run(UpdateRequests requests) {
    return Step.done(requests)
        .then(go -> tables.apply(uses(requests.updates())))
        .map(known -> requests.updates().stream().map(update -> tableOf(update, known)).toList())
        .then(described -> new Run(requests, described).attempt(1));
  }

  private static List<TableUse> uses(List<ItemUpdate> updates) {
    return updates.stream().map(update -> new TableUse(update.tableName(), null)).toList();
  }

  /** The table of an update, its key and condition checked. */
  private static ProtectedTable tableOf(ItemUpdate update, TableLookup tables) {
    ProtectedTable table =
        tables
            .find(update.tableName())
            .orElseThrow(
                () ->
                    new UnsupportedRequestException(
                        FailureReason.TABLE_NOT_CONFIGURED,
                        FailureSubject.table(TableLookup.tableName(update.tableName())),
                        "Table '%s' is let through unencrypted: use updateItem on it."
                            .formatted(TableLookup.tableName(update.tableName()))));
    table.requireKey(update.key());
    update.condition().check(table);
    return table;
  }

  /**
   * Whether a write may have been executed although its call failed. A throttled answer may be that
   * of a second sending, by the SDK or below it. An interrupted thread makes no more calls.
   */
  private static boolean leavesOpen(Throwable failure) {
    return failure instanceof SdkServiceException answered
        ? answered.statusCode() >= HTTP_INTERNAL_ERROR || answered.isThrottlingException()
        : failure instanceof SdkClientException && !(failure instanceof AbortedException);
  }

  /** One safe update, its tables known, from its first attempt to its last. Not thread-safe. */
  private final class Run {
    private final UpdateRequests requests;
    private final List<ProtectedTable> described;

    /** A request may be executed although its answer says otherwise, even after a later read. */
    private final List<SentUpdate> sent = new ArrayList<>();

    Run(UpdateRequests requests, List<ProtectedTable> described) {
      this.requests = requests;
      this.described = described;
    }

    Step<List<UpdatedItem>> attempt(int number) {
      return read(number, stored -> change(stored, number));
    }

    /** What is stored, unless it is the end; or another attempt, if others are in the way. */
    private Step<List<UpdatedItem>> read(
        int number, Function<List<Map<String, AttributeValue>>, Step<List<UpdatedItem>>> next) {
      return requests
          .read()
          .handle(
              stored -> own(stored).orElseGet(() -> next.apply(stored)),
              failure ->
                  requests.refusal(failure).filter(UpdateRefusal::mayPass).isPresent()
                      ? tryAfter(number)
                      : Step.failed(failure));
    }

    /** The end, if one of the updates that were sent is in what is stored. */
    private Optional<Step<List<UpdatedItem>>> own(List<Map<String, AttributeValue>> stored) {
      return sent.stream()
          .filter(update -> update.isIn(stored))
          .findFirst()
          .map(update -> Step.done(update.outcomes()));
    }

    private Step<List<UpdatedItem>> change(List<Map<String, AttributeValue>> stored, int number) {
      return Step.ask(calls.io().each(read(stored), UpdateOpening.INSTANCE))
          .then(
              opened -> {
                List<UpdateAttempt> attempts = new ArrayList<>(stored.size());
                for (int i = 0; i < stored.size(); i++) {
                  attempts.add(
                      new UpdateAttempt(
                          requests.updates().get(i),
                          described.get(i),
                          stored.get(i),
                          opened.get(i)));
                }
                return attempts.stream().allMatch(UpdateAttempt::isNothing)
                    ? Step.done(UpdateAttempt.outcomes(attempts, number))
                    : Step.ask(calls.io().each(attempts, UpdateSealing.INSTANCE))
                        .then(items -> write(SentUpdate.of(attempts, items, number)));
              });
    }

    private List<ReadItem> read(List<Map<String, AttributeValue>> stored) {
      List<ReadItem> items = new ArrayList<>(stored.size());
      for (int i = 0; i < stored.size(); i++) {
        items.add(new ReadItem(described.get(i), stored.get(i)));
      }
      return items;
    }

    private Step<List<UpdatedItem>> write(SentUpdate update) {
      sent.add(update);
      return requests
          .write(update.attempts(), update.writes())
          .handle(
              response -> Step.done(update.outcomes()),
              thrown -> {
                Throwable failure = update.toCaller(thrown);
                return requests
                    .refusal(failure)
                    .map(refusal -> refused(refusal, update))
                    .orElseGet(() -> unknown(failure));
              });
    }

    /** A failure that is no answer of DynamoDB's leaves open whether it wrote: it is looked up. */
    private Step<List<UpdatedItem>> unknown(Throwable failure) {
      Step<List<UpdatedItem>> unchanged = Step.failed(failure);
      return leavesOpen(failure)
          ? requests.read().handle(stored -> own(stored).orElse(unchanged), unreadable -> unchanged)
          : unchanged;
    }

    private Step<List<UpdatedItem>> refused(UpdateRefusal refusal, SentUpdate update) {
      List<Map<String, AttributeValue>> images = refusal.images();
      Optional<Step<List<UpdatedItem>>> own = own(images);
      if (own.isPresent()) {
        return own.get();
      }
      Set<Integer> refused = update.refusedIn(images, refusal);
      if (!refusal.mayPass()) {
        return Step.failed(refusal.toCaller(update.attempts(), refused));
      }
      boolean blind = isLast(update.number()) && !refusal.showsAnItem();
      return refusal.hidesAnItem() || blind
          ? read(
              update.number(),
              stored -> decide(refusal, update, update.refusedAfter(stored, refusal)))
          : decide(refusal, update, refused);
    }

    /** It was the caller's condition of these items; if there are none, another writer. */
    private Step<List<UpdatedItem>> decide(
        UpdateRefusal refusal, SentUpdate update, Set<Integer> refused) {
      return refused.isEmpty()
          ? tryAfter(update.number())
          : Step.failed(refusal.toCaller(update.attempts(), refused));
    }

    private boolean isLast(int number) {
      return number >= retry.attempts();
    }

    private Step<List<UpdatedItem>> tryAfter(int number) {
      if (isLast(number)) {
        return Step.failed(
            UpdateAttempt.contended(UpdateAttempt.subjectOf(described.get(0)), number));
      }
      return Step.ask(calls.io().pause(retry.delayAfter(number))).then(go -> attempt(number + 1));
    }
  }
}
