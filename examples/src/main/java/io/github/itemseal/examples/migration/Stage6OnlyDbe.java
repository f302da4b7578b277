package io.github.itemseal.examples.migration;

import io.github.itemseal.Dbe;
import io.github.itemseal.TableEncryption;

/** Every item is in the second format: the first is refused from now on. */
public final class Stage6OnlyDbe {
  private Stage6OnlyDbe() {}

  static TableEncryption table(Keys keys) {
    // Stage6OnlyDbe begin
    return TableEncryption.of(Customers.INFO)
        .actions(Customers.ACTIONS)
        .writes(Dbe.using(keys.keyring()).unsignedAttributes("visits"))
        .build();
    // Stage6OnlyDbe end
  }

  public static void main(String[] args) {
    Migration.runUpTo(Stage.ONLY_DBE, System.out);
  }
}
