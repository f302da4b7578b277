/**
 * The front door: what to do with each attribute, of which table, in which format, and the item
 * encryptor that does it.
 *
 * <p>Start reading at {@link io.github.itemseal.TableEncryption}, then {@link
 * io.github.itemseal.ItemEncryptor}. Keys come from {@code io.github.itemseal.materials}; whole
 * clients are in {@code io.github.itemseal.client}. The value types and exceptions here are the
 * vocabulary of every other package; of the {@code internal} packages only the formats are used
 * from here.
 */
@NullMarked
package io.github.itemseal;

import org.jspecify.annotations.NullMarked;
