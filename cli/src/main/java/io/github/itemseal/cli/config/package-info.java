/**
 * The configuration file: from YAML to the {@link io.github.itemseal.ItemEncryptor} of a table.
 *
 * <p>The whole file is checked first, then the keys of the one table that is asked for are fetched.
 * Every refusal is a {@link io.github.itemseal.cli.config.ConfigException} with the path of the
 * field; none quotes what stands there, which may be a key. May use the library's public packages,
 * the YAML parser and the SDK's client builders; knows nothing of commands and items. Start reading
 * at {@link io.github.itemseal.cli.config.Config}.
 */
@NullMarked
package io.github.itemseal.cli.config;

import org.jspecify.annotations.NullMarked;
