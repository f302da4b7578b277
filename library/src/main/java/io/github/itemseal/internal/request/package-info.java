/**
 * What the clients do to requests and responses, one transform for each operation: where its items
 * are, and what must be refused. The calls themselves, the keys and what is known of the tables
 * ({@link io.github.itemseal.internal.request.TableLookup}) are the clients' part.
 *
 * <p>Start reading at {@link io.github.itemseal.internal.request.OperationTransform}; {@link
 * io.github.itemseal.internal.request.DynamoDbOperation} classes every operation there is.
 */
@NullMarked
package io.github.itemseal.internal.request;

import org.jspecify.annotations.NullMarked;
