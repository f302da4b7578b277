/**
 * The {@code itemseal} command: DynamoDB items, one a line of JSON, through an {@link
 * io.github.itemseal.ItemEncryptor} that a YAML file configures, and the keys of a {@link
 * io.github.itemseal.materials.MetaStore}.
 *
 * <p>May use the library's public packages, picocli, a YAML parser and a JSON tokenizer; opens
 * files and standard streams; AWS is reached only through the clients of {@link
 * io.github.itemseal.cli.config.AwsClients}. Start reading at {@link
 * io.github.itemseal.cli.Itemseal}; {@link io.github.itemseal.cli.DynamoDbJson} is of use on its
 * own. The manual is docs/cli.md.
 */
@NullMarked
package io.github.itemseal.cli;

import org.jspecify.annotations.NullMarked;
