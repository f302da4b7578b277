package io.github.itemseal;

/**
 * A global or local secondary index of a table. Immutable.
 *
 * @param name the index name
 * @param keys its key attributes
 * @param projectsAllAttributes whether items read through it are whole; others cannot be verified,
 *     because signed attributes are missing
 */
public record SecondaryIndex(String name, TableIndex keys, boolean projectsAllAttributes) {}
