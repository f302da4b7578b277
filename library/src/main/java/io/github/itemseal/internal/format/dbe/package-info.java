/**
 * The item format of the AWS Database Encryption SDK, versions 1 and 2. Specification:
 * docs/formats/dbe.md.
 *
 * <p>{@link io.github.itemseal.internal.format.dbe.DbeWireFormat} is the entry; the other classes
 * are its parts, one for each section of the specification. May use {@code internal.format}, {@code
 * internal.crypto}, the keyrings' materials and the root's values; no other format.
 */
@NullMarked
package io.github.itemseal.internal.format.dbe;

import org.jspecify.annotations.NullMarked;
