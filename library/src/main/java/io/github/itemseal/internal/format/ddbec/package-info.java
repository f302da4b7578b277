/**
 * The item format of the DynamoDB Encryption Client. Specification: docs/formats/ddbec.md.
 *
 * <p>{@link io.github.itemseal.internal.format.ddbec.DdbecWireFormat} is the entry; the other
 * classes are its parts, one for each section of the specification. May use {@code
 * internal.format}, {@code internal.crypto}, the materials' values and the root's; no other format.
 */
@NullMarked
package io.github.itemseal.internal.format.ddbec;

import org.jspecify.annotations.NullMarked;
