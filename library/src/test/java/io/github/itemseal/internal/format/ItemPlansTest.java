package io.github.itemseal.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ItemPlansTest {
  private final List<Set<String>> planned = new ArrayList<>();
  private final ItemPlans<String> plans = new ItemPlans<>(this::plan);

  private String plan(Set<String> names) {
    planned.add(Set.copyOf(names));
    return String.join(",", new TreeSet<>(names));
  }

  private String keep(Set<String> names) {
    ItemPlans.Planned<String> found = plans.of(names);
    plans.keep(found);
    return found.plan();
  }

  @Test
  void of_sameNamesInAnotherOrder_isPlannedOnce() {
    assertThat(keep(new LinkedHashSet<>(List.of("a", "b")))).isEqualTo("a,b");
    assertThat(keep(new LinkedHashSet<>(List.of("b", "a")))).isEqualTo("a,b");
    assertThat(planned).hasSize(1);
  }

  @Test
  void of_otherNamesWithTheSameHash_arePlannedForThemselves() {
    assertThat(Set.of("Aa", "x").hashCode()).isEqualTo(Set.of("BB", "x").hashCode());
    assertThat(keep(Set.of("Aa", "x"))).isEqualTo("Aa,x");
    assertThat(keep(Set.of("BB", "x"))).isEqualTo("BB,x");
    assertThat(keep(Set.of("Aa", "x"))).isEqualTo("Aa,x");
  }

  @Test
  void keep_namesChangedMeanwhile_keepsThePlanOfWhatTheyWere() {
    Set<String> names = new LinkedHashSet<>(List.of("a"));
    ItemPlans.Planned<String> found = plans.of(names);
    names.add("b");
    plans.keep(found);
    assertThat(plans.of(names).plan()).isEqualTo("a,b");
    assertThat(plans.of(Set.of("a")).plan()).isEqualTo("a");
  }

  @Test
  void keep_moreOrLongerNamesThanItKeeps_keepsNothing() {
    Set<String> many = new LinkedHashSet<>();
    for (int i = 0; i < 257; i++) {
      many.add("a" + i);
    }
    for (Set<String> names : List.of(many, Set.of("n".repeat(60_000)))) {
      planned.clear();
      keep(names);
      keep(names);
      assertThat(planned).hasSize(2);
    }
    assertThat(plans.keptCharacters()).isZero();
  }

  @Test
  void of_notKept_leavesNothingBehind() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(plans.of(Set.of("unverified" + i)).plan()).isEqualTo("unverified" + i);
    }
    assertThat(plans.keptCharacters()).isZero();
  }

  @Test
  void keep_manySetsOfLongNames_keepsABoundedNumberOfCharacters() {
    NameCache<String> names = new NameCache<>();
    for (int i = 0; i < 2_000; i++) {
      String name = i + "n".repeat(8_000);
      keep(Set.of(name));
      names.keep(name, name);
      names.keep(Integer.toString(i), name);
    }
    assertThat(plans.keptCharacters()).isBetween(1, 64 * 8_192);
    assertThat(names.keptCharacters()).isBetween(8_000, 65_536);
    assertThat(names.get("0")).isNotNull();
    assertThat(names.get("1999")).isNull();
  }
}
