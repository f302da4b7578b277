/**
 * What DynamoDB makes of attribute values: which of them it takes for the same, in which order it
 * has them, what their sums are, which it refuses, and how it writes numbers. Pure: no I/O, clock
 * or thread. Depends on the SDK's model of values and {@code internal.format}. Start reading at
 * {@code DynamoDbEquality} and {@code ValueLimits}.
 */
@NullMarked
package io.github.itemseal.internal.value;

import org.jspecify.annotations.NullMarked;
