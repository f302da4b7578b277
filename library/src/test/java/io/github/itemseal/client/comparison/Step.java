package io.github.itemseal.client.comparison;

import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/**
 * One call of a sequence, and how the answers of the two clients must compare.
 *
 * @param request for both clients
 * @param expected how they compare
 */
record Step(DynamoDbRequest request, Expected expected) {
  enum Expected {
    /** The same answer, failures included. */
    SAME,
    /** The same, but for items read through a partial index: they come back whole. */
    WHOLE_ITEMS,
    /** Both fail, each in its own words: DynamoDB's validation comes after the library's own. */
    BOTH_FAIL,
    /** The encrypted client refuses before the call; the plain one is not asked. */
    REFUSED,
    /**
     * The encrypted client's call fails a condition where the plain one would create an item that
     * holds nothing but unprotected attributes; the plain one is not asked.
     */
    GUARDED
  }
}
