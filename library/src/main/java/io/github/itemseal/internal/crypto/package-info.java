/**
 * The only code that calls the JCA: hashes, AES-CBC, MACs and signatures, key wrapping.
 *
 * <p>No I/O, no item knowledge; every call names its parameters in full, so that the order of
 * installed providers changes nothing.
 */
@NullMarked
package io.github.itemseal.internal.crypto;

import org.jspecify.annotations.NullMarked;
