/**
 * What the stored formats share: bytes in and out with every length checked. Pure: no I/O, clock or
 * thread. The formats themselves are sub-packages that never import each other.
 */
@NullMarked
package io.github.itemseal.internal.format;

import org.jspecify.annotations.NullMarked;
