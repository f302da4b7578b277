/**
 * An AWS KMS in memory, for tests of code that encrypts with it. Start reading at {@link
 * io.github.itemseal.testkit.InMemoryKms}. Depends on the SDK only.
 */
@NullMarked
package io.github.itemseal.testkit;

import org.jspecify.annotations.NullMarked;
