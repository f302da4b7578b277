/** What the tests and live comparisons share: keys, random items, watched clients. */
@NullMarked
package io.github.itemseal.testing;

import org.jspecify.annotations.NullMarked;
