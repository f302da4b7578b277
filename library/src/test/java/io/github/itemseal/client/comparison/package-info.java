/**
 * The plain client on a plaintext table against the encrypted clients on an encrypted one, call by
 * call over random sequences of operations; and what crosses the wire meanwhile. Start reading at
 * {@code ClientComparisonTest}.
 */
package io.github.itemseal.client.comparison;
