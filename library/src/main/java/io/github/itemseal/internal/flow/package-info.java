/**
 * Logic that makes calls, written once for blocking and for asynchronous callers. The logic is made
 * of {@link io.github.itemseal.internal.flow.Step steps}: pure functions that ask for a {@link
 * io.github.itemseal.internal.flow.Call call} where they need one and say how to go on with its
 * answer. {@link io.github.itemseal.internal.flow.BlockingFlow} runs them in a loop, without any
 * future; {@link io.github.itemseal.internal.flow.AsyncFlow} is the only place that knows
 * cancellation, executors and hand-over. Depends on the JDK and {@code internal.concurrent} only.
 * Start reading at {@code Step}.
 */
@NullMarked
package io.github.itemseal.internal.flow;

import org.jspecify.annotations.NullMarked;
