package io.github.itemseal.client;

import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.internal.concurrent.Futures;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.internal.request.ProtectedTable;
import io.github.itemseal.internal.request.ReadSettings;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One table with a table encryption. Its keys are described once, however many callers ask, and
 * again only if that failed or the table was changed since. Thread-safe; describing it holds up
 * nobody but those who need it.
 */
final class DescribedTable {
  private static final int MAX_ASKED_INDEXES = 100;

  private final ItemIo io;
  private final TableEncryption encryption;
  private final ReadSettings reads;
  private final TimeToLive timeToLive;
  private final AtomicReference<State> state;

  /** Names of indexes for which the table was described once more. */
  private final Set<String> askedIndexes = ConcurrentHashMap.newKeySet();

  DescribedTable(ItemIo io, TableEncryption encryption, ReadSettings reads) {
    this.io = io;
    this.encryption = encryption;
    this.reads = reads;
    this.timeToLive = new TimeToLive(io, encryption);
    this.state = new AtomicReference<>(new State(encryption.table(), null));
  }

  /**
   * What is known.
   *
   * @param seen what the table looked like the last time, since when its primary key cannot have
   *     changed
   * @param described what it looks like, as soon as DynamoDB has answered; null if nobody has asked
   */
  private record State(TableInfo seen, @Nullable CompletableFuture<ProtectedTable> described) {}

  /** The table as it was configured. */
  TableEncryption encryption() {
    return encryption;
  }

  /**
   * The table, described by this caller or by another. If the other one is interrupted meanwhile,
   * one of those who wait takes over.
   */
  Step<ProtectedTable> get() {
    CompletableFuture<ProtectedTable> known = state().described();
    return known != null && known.isDone() && !known.isCompletedExceptionally()
        ? Step.done(known.join())
        : Step.ask(io.shared(this::described));
  }

  /**
   * The table, described anew if it had no such index the last time; once for each name, so that a
   * wrong one does not cost a call each time.
   *
   * @param index null if the table itself is read
   */
  Step<ProtectedTable> get(@Nullable String index) {
    Step<ProtectedTable> known = get();
    if (index == null || encryption.table().primaryIndex().isPresent()) {
      return known; // indexes that were given with the keys are all there are
    }
    return known.then(
        table -> {
          if (table.hasIndex(index)) {
            return Step.done(table);
          }
          synchronized (askedIndexes) { // who comes second sees what the first one asks for
            if (askedIndexes.size() < MAX_ASKED_INDEXES && askedIndexes.add(index)) {
              state.updateAndGet(old -> new State(old.seen(), null));
            }
          }
          return get();
        });
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }

  /** What somebody asks for already, or else this caller. */
  private CompletableFuture<ProtectedTable> described() {
    while (true) {
      State now = state();
      CompletableFuture<ProtectedTable> known = now.described();
      if (known != null) {
        return known;
      }
      CompletableFuture<ProtectedTable> own = new CompletableFuture<>();
      State asking = new State(now.seen(), own);
      if (state.compareAndSet(now, asking)) {
        describe(asking, own);
        return own;
      }
    }
  }

  private void describe(State asking, CompletableFuture<ProtectedTable> result) {
    CompletableFuture<Answer> unused =
        io.start(describe(asking.seen()))
            .whenComplete(
                (answer, failure) -> {
                  // unless it was forgotten meanwhile; after a failure the next one tries again
                  state.compareAndSet(
                      asking,
                      failure == null
                          ? new State(answer.seen(), result)
                          : new State(asking.seen(), null));
                  if (failure == null) {
                    result.complete(answer.table());
                  } else {
                    result.completeExceptionally(Futures.causeOf(failure));
                  }
                });
  }

  private Step<Answer> describe(TableInfo known) {
    return encryption.table().primaryIndex().isPresent()
        ? Step.done(known).map(info -> new Answer(info, protectedAs(info)))
        : Step.ask(io.describe(known))
            .then(info -> timeToLive.addedTo(info).map(all -> new Answer(info, protectedAs(all))));
  }

  /**
   * What was found out.
   *
   * @param seen the table without its time to live, which is asked for each time
   */
  private record Answer(TableInfo seen, ProtectedTable table) {}

  private ProtectedTable protectedAs(TableInfo info) {
    return new ProtectedTable(info, ItemEncryptor.of(encryption.withTable(info)), reads);
  }

  /** Has it described anew on its next use, even if it is being described now. */
  void forget() {
    askedIndexes.clear();
    state.set(new State(encryption.table(), null));
  }
}
