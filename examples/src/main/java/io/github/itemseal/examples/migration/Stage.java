package io.github.itemseal.examples.migration;

import io.github.itemseal.TableEncryption;
import java.util.function.Function;

/** The deployments in their order. Between two of them, old and new instances run side by side. */
enum Stage {
  READERS_KNOW_DDBEC("readers know DDBEC", Stage1ReadersKnowDdbec::table, false),
  WRITERS_WRITE_DDBEC("writers write DDBEC", Stage2WritersWriteDdbec::table, true),
  ONLY_DDBEC("only DDBEC", Stage3OnlyDdbec::table, false),
  READERS_KNOW_DBE("readers know DBE", Stage4ReadersKnowDbe::table, false),
  WRITERS_WRITE_DBE("writers write DBE", Stage5WritersWriteDbe::table, true),
  ONLY_DBE("only DBE", Stage6OnlyDbe::table, false);

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // a method without state
  private final Function<Keys, TableEncryption> table;

  private final boolean rewrites;

  Stage(String title, Function<Keys, TableEncryption> table, boolean rewrites) {
    this.title = title;
    this.table = table;
    this.rewrites = rewrites;
  }

  String title() {
    return title;
  }

  TableEncryption table(Keys keys) {
    return table.apply(keys);
  }

  /** Whether the items of the old format are rewritten once this stage is everywhere. */
  boolean rewrites() {
    return rewrites;
  }
}
