package io.github.itemseal.benchmarks;

/** One way to encrypt an item and to decrypt the result, set up for one {@link Shape}. */
interface Contender {
  /** Encrypts the item once. */
  Object encrypt() throws Exception;

  /** Decrypts the item, which was encrypted beforehand. */
  Object decrypt() throws Exception;
}
