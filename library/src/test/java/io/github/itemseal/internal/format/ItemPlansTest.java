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

  @Test
  void of_sameNamesInAnotherOrder_isPlannedOnce() {
    assertThat(plans.of(new LinkedHashSet<>(List.of("a", "b")))).isEqualTo("a,b");
    assertThat(plans.of(new LinkedHashSet<>(List.of("b", "a")))).isEqualTo("a,b");
    assertThat(planned).hasSize(1);
  }

  @Test
  void of_otherNamesWithTheSameHash_arePlannedForThemselves() {
    assertThat(Set.of("Aa", "x").hashCode()).isEqualTo(Set.of("BB", "x").hashCode());
    assertThat(plans.of(Set.of("Aa", "x"))).isEqualTo("Aa,x");
    assertThat(plans.of(Set.of("BB", "x"))).isEqualTo("BB,x");
    assertThat(plans.of(Set.of("Aa", "x"))).isEqualTo("Aa,x");
  }

  @Test
  void of_namesChangedAfterwards_keepsThePlanOfWhatTheyWere() {
    Set<String> names = new LinkedHashSet<>(List.of("a"));
    plans.of(names);
    names.add("b");
    assertThat(plans.of(names)).isEqualTo("a,b");
    assertThat(plans.of(Set.of("a"))).isEqualTo("a");
  }

  @Test
  void of_moreNamesThanItKeeps_isPlannedButNotKept() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < 257; i++) {
      names.add("a" + i);
    }
    plans.of(names);
    plans.of(names);
    assertThat(planned).hasSize(2);
  }
}
