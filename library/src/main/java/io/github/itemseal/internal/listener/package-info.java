/**
 * Tells listeners what happens. Start reading at {@link
 * io.github.itemseal.internal.listener.Notices}; what there is to tell is in {@link
 * io.github.itemseal.ItemsealListener}.
 */
@NullMarked
package io.github.itemseal.internal.listener;

import org.jspecify.annotations.NullMarked;
