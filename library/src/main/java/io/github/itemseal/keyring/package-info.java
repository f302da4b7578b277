/**
 * Where the keys of DBE items come from: the keyring interfaces, the materials that keyrings
 * complete, and the keyrings.
 *
 * <p>May use the root package's values, {@code internal.crypto} and the byte writer of {@code
 * internal.format}; knows nothing of item bytes. Start reading at {@link
 * io.github.itemseal.keyring.Keyring}.
 */
@NullMarked
package io.github.itemseal.keyring;

import org.jspecify.annotations.NullMarked;
