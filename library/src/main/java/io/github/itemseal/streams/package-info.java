/**
 * Plain items from DynamoDB Streams: {@link io.github.itemseal.streams.ChangeReader} opens the
 * images of a record, {@link io.github.itemseal.streams.LambdaEvents} finds the records in what a
 * Lambda function is called with. No I/O but for keys.
 */
@NullMarked
package io.github.itemseal.streams;

import org.jspecify.annotations.NullMarked;
