package io.github.itemseal.cli.config;

/** What a table is configured for: a provider may hold the keys of one direction only. */
public enum Purpose {
  ENCRYPT,
  DECRYPT
}
