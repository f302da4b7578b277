package io.github.itemseal.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Which call meets which fault. Thread-safe: a call takes its fault and nobody else gets it. */
final class FaultPlan {
  /** A fault that happens sometimes; an empty set of operations stands for all. */
  private record Chance(double probability, DynamoDbFault fault, Set<String> operations) {
    boolean concerns(String operation) {
      return operations.isEmpty() || operations.contains(operation);
    }
  }

  /** A fault for the call with this number of its operation, the first one having number 1. */
  private record Appointment(long call, DynamoDbFault fault) {}

  private final Random random;
  private final List<Chance> chances = new ArrayList<>();
  private final Map<String, List<Appointment>> appointments = new HashMap<>();
  private final Map<String, Deque<HeldAnswer>> held = new HashMap<>();
  private final Map<String, Long> calls = new HashMap<>();
  private final Map<DynamoDbFault, Integer> counts = new EnumMap<>(DynamoDbFault.class);

  FaultPlan(long seed) {
    this.random = new Random(seed);
  }

  synchronized void nth(int n, String operation, DynamoDbFault fault) {
    if (n < 1) {
      throw new IllegalArgumentException("The next call is number 1; there is none " + n + ".");
    }
    appointments
        .computeIfAbsent(operation, none -> new ArrayList<>())
        .add(new Appointment(calls.getOrDefault(operation, 0L) + n, fault));
  }

  synchronized void sometimes(double probability, DynamoDbFault fault, String... operations) {
    double sum = probability + chances.stream().mapToDouble(Chance::probability).sum();
    if (!(probability >= 0 && sum <= 1)) {
      throw new IllegalArgumentException(
          "A probability of " + probability + " is not from 0 to 1, or makes their sum exceed 1.");
    }
    chances.add(new Chance(probability, fault, Set.of(operations)));
  }

  synchronized HeldAnswer holdNext(String operation) {
    HeldAnswer answer = new HeldAnswer();
    held.computeIfAbsent(operation, none -> new ArrayDeque<>()).add(answer);
    return answer;
  }

  synchronized void clear() {
    chances.clear();
    appointments.clear();
    held.clear();
  }

  synchronized int count(DynamoDbFault fault) {
    return counts.getOrDefault(fault, 0);
  }

  /** The fault of a call that is made now, which is counted. */
  synchronized Optional<DynamoDbFault> take(String operation) {
    long call = calls.merge(operation, 1L, Long::sum);
    Optional<DynamoDbFault> fault = appointed(operation, call).or(() -> byChance(operation));
    fault.ifPresent(met -> counts.merge(met, 1, Integer::sum));
    return fault;
  }

  /** The command to hold the answer of a call that is made now. */
  synchronized Optional<HeldAnswer> takeHeld(String operation) {
    return Optional.ofNullable(held.getOrDefault(operation, new ArrayDeque<>()).poll());
  }

  private Optional<DynamoDbFault> appointed(String operation, long call) {
    List<Appointment> ofOperation = appointments.getOrDefault(operation, List.of());
    Optional<Appointment> due =
        ofOperation.stream().filter(appointment -> appointment.call() <= call).findFirst();
    due.ifPresent(ofOperation::remove);
    return due.map(Appointment::fault);
  }

  private Optional<DynamoDbFault> byChance(String operation) {
    double drawn = random.nextDouble();
    for (Chance chance : chances) {
      if (chance.concerns(operation)) {
        drawn -= chance.probability();
        if (drawn < 0) {
          return Optional.of(chance.fault());
        }
      }
    }
    return Optional.empty();
  }
}
