/**
 * Typed tables: the DynamoDB Enhanced Client over encrypted tables.
 *
 * <p>Start with {@link io.github.itemseal.enhanced.AttributeAction}, which says on a getter what is
 * done with the attribute; {@link io.github.itemseal.enhanced.TypedActions} collects that from
 * table schemas. {@link io.github.itemseal.enhanced.EncryptedDynamoDbEnhancedClient} and {@link
 * io.github.itemseal.enhanced.EncryptedDynamoDbEnhancedAsyncClient} are the enhanced clients over
 * encrypted ones; how their updates become safe updates is in {@code RoutedUpdate}.
 *
 * <p>Depends on the library and {@code dynamodb-enhanced} alone, and on no internal class of
 * either.
 */
@NullMarked
package io.github.itemseal.enhanced;

import org.jspecify.annotations.NullMarked;
