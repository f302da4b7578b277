package io.github.itemseal.internal.format.dbe;

import java.util.List;

/**
 * What is done with the attributes of an item about to be written, which their names tell.
 * Immutable.
 *
 * @param signed in field order
 * @param unsigned the others
 */
record DbeWritePlan(List<DbeAttribute> signed, List<DbeAttribute> unsigned) {
  DbeWritePlan {
    signed = List.copyOf(signed);
    unsigned = List.copyOf(unsigned);
  }
}
