package io.github.itemseal.client;

import io.github.itemseal.FailureReason;
import io.github.itemseal.FailureSubject;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.GuardedUpdate;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.TableLookup;
import io.github.itemseal.internal.request.TableUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Safe updates: consistent read, verify, change, seal, write on condition that nobody wrote in
 * between, and all of it again if somebody did. Written once for both clients, as steps that ask
 * for {@link UpdateCalls}. Thread-safe.
 */
final class SafeUpdates {
  private final UpdateCalls calls;
  private final UpdateRetry retry;

  SafeUpdates(UpdateCalls calls, UpdateRetry retry) {
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
        .then(go -> Step.ask(calls.tables(uses(requests.updates()))))
        .map(
            known -> requests.updates().stream().map(update -> tableOf(update, known)).toList())
        .then(tables -> new Run(requests, tables).attempt(1));
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

  /** One safe update, its tables known. */
  private final class Run {
    private final UpdateRequests requests;
    private final List<ProtectedTable> tables;

    Run(UpdateRequests requests, List<ProtectedTable> tables) {
      this.requests = requests;
      this.tables = tables;
    }

    Step<List<UpdatedItem>> attempt(int number) {
      return requests
          .read()
          .handle(
              stored -> change(stored, number),
              failure ->
                  requests.mayReadAgain(failure) ? tryAfter(number) : Step.failed(failure));
    }

    private Step<List<UpdatedItem>> change(List<Map<String, AttributeValue>> stored, int number) {
      return Step.ask(calls.open(tables, stored))
          .then(
              opened -> {
                List<UpdateAttempt> attempts = new ArrayList<>(stored.size());
                for (int i = 0; i < stored.size(); i++) {
                  attempts.add(
                      new UpdateAttempt(
                          requests.updates().get(i), tables.get(i), stored.get(i), opened.get(i)));
                }
                return attempts.stream().allMatch(UpdateAttempt::isNothing)
                    ? Step.done(outcomes(attempts, number))
                    : write(attempts, number);
              });
    }

    private Step<List<UpdatedItem>> write(List<UpdateAttempt> attempts, int number) {
      return Step.ask(calls.seal(attempts))
          .then(
              sealed -> {
                List<GuardedUpdate> writes = new ArrayList<>(attempts.size());
                for (int i = 0; i < attempts.size(); i++) {
                  writes.add(attempts.get(i).write(sealed.get(i)));
                }
                return requests
                    .write(attempts, writes)
                    .handle(
                        response -> Step.done(outcomes(attempts, number)),
                        failure ->
                            requests
                                .settle(failure, attempts, writes, sealed)
                                .then(
                                    done ->
                                        done
                                            ? Step.done(outcomes(attempts, number))
                                            : tryAfter(number)));
              });
    }

    private Step<List<UpdatedItem>> tryAfter(int number) {
      if (number >= retry.attempts()) {
        return Step.failed(
            UpdateAttempt.contended(UpdateAttempt.subjectOf(tables.get(0)), number));
      }
      return Step.ask(calls.pause(retry.delayAfter(number))).then(go -> attempt(number + 1));
    }
  }

  private static List<UpdatedItem> outcomes(List<UpdateAttempt> attempts, int number) {
    return attempts.stream().map(attempt -> attempt.outcome(number)).toList();
  }
}
