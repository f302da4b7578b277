/**
 * What DynamoDB makes of attribute values: which of them it takes for the same, in which order it
 * has them, and what their sums are. Pure: no I/O, clock or thread. Depends on the SDK's model of
 * values only. Start reading at {@code DynamoDbEquality}.
 */
@NullMarked
package io.github.itemseal.internal.value;

import org.jspecify.annotations.NullMarked;
