package io.github.itemseal.examples.migration;

import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;

/** Every item is encrypted: plaintext is refused from now on. */
public final class Stage3OnlyDdbec {
  private Stage3OnlyDdbec() {}

  static TableEncryption table(Keys keys) {
    // Stage3OnlyDdbec begin
    return TableEncryption.of(Customers.INFO)
        .actions(Customers.ACTIONS)
        .writes(Ddbec.using(keys.materials()))
        .build();
    // Stage3OnlyDdbec end
  }

  public static void main(String[] args) {
    Migration.runUpTo(Stage.ONLY_DDBEC, System.out);
  }
}
