/**
 * For tests of code that encrypts: a DynamoDB in the JVM, an AWS KMS in memory, and a DynamoDB
 * client with faults on command. Start reading at {@link
 * io.github.itemseal.testkit.LocalDynamoDbExtension}, {@link
 * io.github.itemseal.testkit.InMemoryKms} and {@link io.github.itemseal.testkit.FaultyDynamoDb}.
 * Depends on the SDK; whoever uses the DynamoDB brings DynamoDB Local and JUnit.
 */
@NullMarked
package io.github.itemseal.testkit;

import org.jspecify.annotations.NullMarked;
