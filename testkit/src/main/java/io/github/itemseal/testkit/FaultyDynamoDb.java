package io.github.itemseal.testkit;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Faults of the network and of DynamoDB on command, for clients that are wrapped in {@link #over}:
 * answers lost after execution, late answers, throttling, answers in the form in which the service
 * gives values back. For tests only.
 *
 * <pre>{@code
 * FaultyDynamoDb faults = FaultyDynamoDb.seeded(42);
 * DynamoDbClient client = faults.over(plain);
 * faults.next("UpdateItem", DynamoDbFault.ANSWER_LOST);
 * faults.sometimes(0.15, DynamoDbFault.ANSWER_LOST_AND_RETRIED, "UpdateItem", "PutItem");
 * }</pre>
 *
 * <p>Operations are named as in the API, such as {@code UpdateItem}. What was commanded for one
 * call ({@link #next}, {@link #nth}, {@link #holdNext}) comes before what happens sometimes; at
 * most one fault meets a call. All clients wrapped by one object share its commands. Thread-safe;
 * with one thread, the same seed gives the same faults.
 */
public final class FaultyDynamoDb {
  private final FaultPlan plan;
  private volatile boolean canonicalValues;
  private volatile boolean withoutImages;

  private FaultyDynamoDb(long seed) {
    this.plan = new FaultPlan(seed);
  }

  /** No faults yet. The seed decides which calls meet the faults that happen sometimes. */
  public static FaultyDynamoDb seeded(long seed) {
    return new FaultyDynamoDb(seed);
  }

  /** A client that does what the given one does, but for the faults. Closing it closes that one. */
  public DynamoDbClient over(DynamoDbClient client) {
    return FaultyCalls.over(DynamoDbClient.class, client, this);
  }

  /** The asynchronous twin. */
  public DynamoDbAsyncClient over(DynamoDbAsyncClient client) {
    return FaultyCalls.over(DynamoDbAsyncClient.class, client, this);
  }

  /**
   * The next call of this operation meets this fault; a second command waits for the call after.
   */
  public FaultyDynamoDb next(String operation, DynamoDbFault fault) {
    return nth(1, operation, fault);
  }

  /**
   * The n-th call of this operation from now on meets this fault, 1 being the next one. If that
   * call has its fault already, the first one after it that has none.
   *
   * @throws IllegalArgumentException if n is less than 1
   */
  public FaultyDynamoDb nth(int n, String operation, DynamoDbFault fault) {
    plan.nth(n, operation, fault);
    return this;
  }

  /**
   * Calls meet this fault with a probability from 0 to 1.
   *
   * @param operations to which this applies; all if none are given
   * @throws IllegalArgumentException if the probabilities of all faults add up to more than 1
   */
  public FaultyDynamoDb sometimes(double probability, DynamoDbFault fault, String... operations) {
    plan.sometimes(probability, fault, operations);
    return this;
  }

  /**
   * Holds the answer of the next call of this operation, after its execution. A blocking client's
   * thread waits, interruptibly; an asynchronous client's future is not complete before.
   */
  public HeldAnswer holdNext(String operation) {
    return plan.holdNext(operation);
  }

  /**
   * From now on values come back as the service gives them, at every depth, in answers and in
   * failures: numbers rewritten ({@code 10.50} as {@code 10.5}), sets in another order. DynamoDB
   * Local leaves numbers as they were sent.
   */
  public FaultyDynamoDb canonicalizeValues() {
    canonicalValues = true;
    return this;
  }

  /**
   * From now on no failed condition shows the item it failed on, as with clients and emulators that
   * do not know {@code ReturnValuesOnConditionCheckFailure}.
   */
  public FaultyDynamoDb dropConditionImages() {
    withoutImages = true;
    return this;
  }

  /** Takes all commands back. Answers that are held stay so until they are released. */
  public void heal() {
    plan.clear();
    canonicalValues = false;
    withoutImages = false;
  }

  /** How many calls have met this fault, so that a test can see that it tested something. */
  public int count(DynamoDbFault fault) {
    return plan.count(fault);
  }

  FaultPlan plan() {
    return plan;
  }

  Object answer(Object answer) {
    return canonicalValues ? AnswerRewriting.canonicalize(answer) : answer;
  }

  Throwable failure(Throwable failure) {
    Throwable shown = withoutImages ? AnswerRewriting.withoutImages(failure) : failure;
    return (Throwable) answer(shown);
  }
}
