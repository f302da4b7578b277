/**
 * One class a task, each run by a test against DynamoDB Local in the same process.
 *
 * <p>Start with {@link io.github.itemseal.examples.QuickStart}, the lines of the README; {@link
 * io.github.itemseal.examples.Demo} is what {@code ./demo} runs; {@link
 * io.github.itemseal.examples.TypedRecords} maps a Java record; {@link
 * io.github.itemseal.examples.SafeUpdates}, {@link io.github.itemseal.examples.Counting} and {@link
 * io.github.itemseal.examples.Streams} show a task each.
 */
@NullMarked
package io.github.itemseal.examples;

import org.jspecify.annotations.NullMarked;
