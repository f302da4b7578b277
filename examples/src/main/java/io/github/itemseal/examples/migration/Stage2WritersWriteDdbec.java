package io.github.itemseal.examples.migration;

import io.github.itemseal.Ddbec;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;

/** Writers encrypt; old plaintext items are still read. */
public final class Stage2WritersWriteDdbec {
  private Stage2WritersWriteDdbec() {}

  static TableEncryption table(Keys keys) {
    // Stage2WritersWriteDdbec begin
    return TableEncryption.of(Customers.INFO)
        .actions(Customers.ACTIONS)
        .writes(Ddbec.using(keys.materials()))
        .reads(Ddbec.using(keys.materials()), Plaintext.readable())
        .build();
    // Stage2WritersWriteDdbec end
  }

  public static void main(String[] args) {
    Migration.runUpTo(Stage.WRITERS_WRITE_DDBEC, System.out);
  }
}
