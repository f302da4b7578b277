/**
 * Lines in, lines out, and what is shown meanwhile; no item is understood here.
 *
 * <p>Depends on the JDK alone. Start reading at {@link io.github.itemseal.cli.io.LineReader}.
 */
@NullMarked
package io.github.itemseal.cli.io;

import org.jspecify.annotations.NullMarked;
