/**
 * A table on its way from plaintext to DDBEC to DBE, a class a deployment: docs/migration.md tells
 * the story. Each has a {@code main} that runs its stage on a DynamoDB in this process; {@link
 * io.github.itemseal.examples.migration.Migration} runs them all on one table.
 */
package io.github.itemseal.examples.migration;
