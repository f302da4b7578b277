/**
 * Expressions of DynamoDB: read by one parser into a tree, and evaluated on plaintext items as
 * DynamoDB evaluates them, where the library must do so itself. Pure: no I/O, clock or thread.
 * Depends on the SDK's model of values and on {@code internal.value} only. Start reading at {@link
 * io.github.itemseal.internal.expression.ExpressionParser}.
 */
@NullMarked
package io.github.itemseal.internal.expression;

import org.jspecify.annotations.NullMarked;
