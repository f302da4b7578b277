/**
 * Clients that encrypt and decrypt on the way: {@link
 * io.github.itemseal.client.EncryptedDynamoDbClient} is a {@code DynamoDbClient}, {@link
 * io.github.itemseal.client.EncryptedTable} one table of it, {@link
 * io.github.itemseal.client.EncryptedResource} all of them.
 *
 * <p>They make the calls and get the keys; what is done to requests and responses is in {@code
 * internal.request}. Nothing else in the library may use this package.
 */
@NullMarked
package io.github.itemseal.client;

import org.jspecify.annotations.NullMarked;
