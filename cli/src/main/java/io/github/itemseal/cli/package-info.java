/**
 * The {@code itemseal} command: DynamoDB items, one a line of JSON, through an {@link
 * io.github.itemseal.ItemEncryptor} that a YAML file configures.
 *
 * <p>May use the library's public packages, picocli, a YAML parser and a JSON tokenizer; opens
 * files and standard streams, no sockets. Start reading at {@link io.github.itemseal.cli.Itemseal};
 * {@link io.github.itemseal.cli.DynamoDbJson} is of use on its own. The manual is docs/cli.md.
 */
@NullMarked
package io.github.itemseal.cli;

import org.jspecify.annotations.NullMarked;
