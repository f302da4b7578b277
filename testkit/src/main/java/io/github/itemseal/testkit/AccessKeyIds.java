package io.github.itemseal.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Access key ids, each the name of a database of DynamoDB Local. Those whose databases are empty
 * again are used again: a database that was used once costs DynamoDB Local four threads until it
 * stops.
 */
final class AccessKeyIds {
  private static final Deque<String> FREE = new ArrayDeque<>();
  private static final Set<String> TAKEN = new HashSet<>();
  private static int made;

  private AccessKeyIds() {}

  /** An access key id that nobody else has until it is given back. */
  record Lease(String value, boolean reusable) {
    void giveBack(boolean empty) {
      AccessKeyIds.giveBack(this, empty);
    }
  }

  private static synchronized void giveBack(Lease lease, boolean empty) {
    TAKEN.remove(lease.value);
    if (lease.reusable && empty) {
      FREE.push(lease.value);
    }
  }

  static synchronized Lease any() {
    String id = FREE.isEmpty() ? "ITEMSEALTEST" + ++made : FREE.pop();
    TAKEN.add(id);
    return new Lease(id, true);
  }

  static synchronized Lease exactly(String id) {
    if (!id.matches("[A-Za-z0-9]+")) {
      throw new IllegalArgumentException(
          "An access key id of DynamoDB Local has letters and digits only.");
    }
    if (!TAKEN.add(id)) {
      throw new IllegalStateException(
          "The database of access key id " + id + " is open already. Close it first.");
    }
    return new Lease(id, false);
  }
}
