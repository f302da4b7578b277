/**
 * Where the keys of DDBEC items come from: the provider interfaces, the materials they give, the
 * providers that hold their keys themselves, and the MetaStore with the providers that cache what
 * it has.
 *
 * <p>May use the root package's values and {@code internal.crypto}; knows nothing of item bytes.
 * Start reading at {@link io.github.itemseal.materials.CryptographicMaterialsProvider}.
 */
@NullMarked
package io.github.itemseal.materials;

import org.jspecify.annotations.NullMarked;
