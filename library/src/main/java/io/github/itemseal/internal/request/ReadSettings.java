package io.github.itemseal.internal.request;

/**
 * What a client may do, beyond what it is asked, so that reads of parts of items can be verified.
 *
 * @param widensProjections whether it may read more attributes than asked for
 * @param completesIndexReads whether it may get from the table what an index does not hold
 */
public record ReadSettings(boolean widensProjections, boolean completesIndexReads) {}
