/**
 * Where the keys of DBE items come from: the keyring interfaces, the materials that keyrings
 * complete, and the keyrings.
 *
 * <p>What makes calls is written once for blocking and asynchronous callers, as steps of {@code
 * internal.flow}: the keyrings as {@code SteppedKeyring}, the branch key store as {@code
 * BranchKeyStoreLogic}. Beside them are their calls, for either kind of client, and pure functions
 * from materials to requests and from answers to materials.
 *
 * <p>May use the root package's values, {@code internal.crypto} and the byte writer of {@code
 * internal.format}; knows nothing of item bytes. Start reading at {@link
 * io.github.itemseal.keyring.Keyring}.
 */
@NullMarked
package io.github.itemseal.keyring;

import org.jspecify.annotations.NullMarked;
