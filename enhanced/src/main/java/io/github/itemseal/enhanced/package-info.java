/**
 * Typed tables: the DynamoDB Enhanced Client over encrypted tables.
 *
 * <p>Start with {@link io.github.itemseal.enhanced.Protection}, which says on a getter what is done
 * with the attribute; {@link io.github.itemseal.enhanced.TypedActions} collects that from table
 * schemas. {@link io.github.itemseal.enhanced.EncryptedDynamoDbEnhancedClient} and {@link
 * io.github.itemseal.enhanced.EncryptedDynamoDbEnhancedAsyncClient} are the enhanced clients over
 * encrypted ones; how their updates become safe updates is in {@code RoutedUpdate}, what an update
 * by a function writes in {@code OnlyChanges}.
 *
 * <p>Depends on the library and {@code dynamodb-enhanced} alone. Of the library's internal classes
 * it uses the equality of values; of {@code dynamodb-enhanced} none.
 */
@NullMarked
package io.github.itemseal.enhanced;

import org.jspecify.annotations.NullMarked;
