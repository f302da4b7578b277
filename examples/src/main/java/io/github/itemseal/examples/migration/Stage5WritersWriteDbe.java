package io.github.itemseal.examples.migration;

import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;

/** Writers write the second format; items of the first are still read. */
public final class Stage5WritersWriteDbe {
  private Stage5WritersWriteDbe() {}

  static TableEncryption table(Keys keys) {
    // Stage5WritersWriteDbe begin
    return TableEncryption.of(Customers.INFO)
        .actions(Customers.ACTIONS)
        .writes(Dbe.using(keys.keyring()).unsignedAttributes("visits"))
        .reads(
            Dbe.using(keys.keyring()).unsignedAttributes("visits"), Ddbec.using(keys.materials()))
        .build();
    // Stage5WritersWriteDbe end
  }

  public static void main(String[] args) {
    Migration.runUpTo(Stage.WRITERS_WRITE_DBE, System.out);
  }
}
