/**
 * For tests of code that encrypts: an AWS KMS in memory and a DynamoDB client with faults on
 * command. Start reading at {@link io.github.itemseal.testkit.InMemoryKms} and {@link
 * io.github.itemseal.testkit.FaultyDynamoDb}. Depends on the SDK only.
 */
@NullMarked
package io.github.itemseal.testkit;

import org.jspecify.annotations.NullMarked;
