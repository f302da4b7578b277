package io.github.itemseal.examples.migration;

import io.github.itemseal.Ddbec;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;

/** Every reader learns the encrypted format; everybody still writes plaintext. */
public final class Stage1ReadersKnowDdbec {
  private Stage1ReadersKnowDdbec() {}

  static TableEncryption table(Keys keys) {
    // Stage1ReadersKnowDdbec begin
    return TableEncryption.of(Customers.INFO)
        .actions(Customers.ACTIONS)
        .writes(Plaintext.writable())
        .reads(Plaintext.writable(), Ddbec.using(keys.materials()))
        .build();
    // Stage1ReadersKnowDdbec end
  }

  public static void main(String[] args) {
    Migration.runUpTo(Stage.READERS_KNOW_DDBEC, System.out);
  }
}
