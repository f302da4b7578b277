/** What the tests, examples and live comparisons share: DynamoDB Local, random items. */
@NullMarked
package io.github.itemseal.testing;

import org.jspecify.annotations.NullMarked;
