package io.github.itemseal.cli.config;

/** What a table is configured for: a provider may hold the keys of one direction only. */
public enum Purpose {
  ENCRYPT,
  DECRYPT,
  /** What is written is read again. */
  BOTH;

  boolean encrypts() {
    return this != DECRYPT;
  }

  boolean decrypts() {
    return this != ENCRYPT;
  }
}
