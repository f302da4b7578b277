package io.github.itemseal.examples.migration;

import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.TableEncryption;

/** Every reader learns the second format; everybody still writes the first. */
public final class Stage4ReadersKnowDbe {
  private Stage4ReadersKnowDbe() {}

  static TableEncryption table(Keys keys) {
    // Stage4ReadersKnowDbe begin
    return TableEncryption.of(Customers.INFO)
        .actions(Customers.ACTIONS)
        .writes(Ddbec.using(keys.materials()))
        .reads(
            Ddbec.using(keys.materials()), Dbe.using(keys.keyring()).unsignedAttributes("visits"))
        .build();
    // Stage4ReadersKnowDbe end
  }

  public static void main(String[] args) {
    Migration.runUpTo(Stage.READERS_KNOW_DBE, System.out);
  }
}
