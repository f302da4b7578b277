package io.github.itemseal.enhanced;

import static io.github.itemseal.internal.value.DynamoDbEquality.same;
import static java.util.stream.IntStream.range;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which elements of a changed list are which of the list before. Elements have no names, so it is
 * found from their values and their order:
 *
 * <ol>
 *   <li>The two lists are aligned so that as many elements as possible are the same, and maps that
 *       changed meet the map they have most in common with.
 *   <li>An element that is left over is one that is left over before, if it is the same: it moved.
 *   <li>Between two aligned elements, as many left over before as after are the same ones in their
 *       order: they changed in their place.
 * </ol>
 *
 * <p>The rest was inserted or removed. Lists whose changed parts have more than {@value
 * #MOST_PAIRS} pairs are not aligned: there elements keep their places if their number stayed.
 */
final class ListAlignment {
  static final int NONE = -1;
  private static final int MOST_PAIRS = 1_000_000;

  /** Of elements that are the same; maps that differ have at most half of it in common. */
  private static final int SAME = 1000;

  private final List<AttributeValue> before;
  private final List<AttributeValue> after;
  private final int[] origins;
  private final boolean[] taken;

  private ListAlignment(List<AttributeValue> before, List<AttributeValue> after) {
    this.before = before;
    this.after = after;
    this.origins = new int[after.size()];
    this.taken = new boolean[before.size()];
    Arrays.fill(origins, NONE);
  }

  /** For each element after, the index of the same element before, or {@link #NONE}. */
  static int[] origins(List<AttributeValue> before, List<AttributeValue> after) {
    ListAlignment alignment = new ListAlignment(before, after);
    alignment.align();
    return alignment.origins;
  }

  private void align() {
    int start = 0;
    int shorter = Math.min(before.size(), after.size());
    while (start < shorter && same(before.get(start), after.get(start))) {
      pair(start, start);
      start++;
    }
    int beforeEnd = before.size();
    int afterEnd = after.size();
    while (beforeEnd > start
        && afterEnd > start
        && same(before.get(beforeEnd - 1), after.get(afterEnd - 1))) {
      pair(--beforeEnd, --afterEnd);
    }
    long pairs = (long) (beforeEnd - start) * (afterEnd - start);
    if (pairs <= MOST_PAIRS) {
      alignAlike(start, beforeEnd, afterEnd);
      int[] aligned = origins.clone();
      findMoved(start, beforeEnd, afterEnd);
      pairInPlace(aligned, start, beforeEnd, afterEnd);
    } else if (before.size() == after.size()) {
      for (int i = start; i < beforeEnd; i++) {
        pair(i, i);
      }
    }
  }

  private void pair(int i, int j) {
    origins[j] = i;
    taken[i] = true;
  }

  /** The alignment with the most in common; {@code best[i][j]} is that of what follows i and j. */
  private void alignAlike(int start, int beforeEnd, int afterEnd) {
    int rows = beforeEnd - start;
    int columns = afterEnd - start;
    int[][] common = new int[rows][columns];
    int[][] best = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] = common(before.get(start + i), after.get(start + j));
        int paired = common[i][j] == 0 ? 0 : common[i][j] + best[i + 1][j + 1];
        best[i][j] = Math.max(paired, Math.max(best[i + 1][j], best[i][j + 1]));
      }
    }
    int i = 0;
    int j = 0;
    while (i < rows && j < columns) {
      if (common[i][j] > 0 && best[i][j] == common[i][j] + best[i + 1][j + 1]) {
        pair(start + i++, start + j++);
      } else if (best[i][j] == best[i + 1][j]) {
        i++;
      } else {
        j++;
      }
    }
  }

  private void findMoved(int start, int beforeEnd, int afterEnd) {
    for (int j = start; j < afterEnd; j++) {
      for (int i = start; i < beforeEnd && origins[j] == NONE; i++) {
        if (!taken[i] && same(before.get(i), after.get(j))) {
          pair(i, j);
        }
      }
    }
  }

  /**
   * Pairs what is left over between elements that are aligned, where it is as much on both sides.
   */
  private void pairInPlace(int[] aligned, int start, int beforeEnd, int afterEnd) {
    int from = start;
    int i = start;
    for (int j = start; j <= afterEnd; j++) {
      if (j == afterEnd || aligned[j] != NONE) {
        int until = j == afterEnd ? beforeEnd : aligned[j];
        pairLeftOver(i, until, from, j);
        i = until + 1;
        from = j + 1;
      }
    }
  }

  private void pairLeftOver(int beforeStart, int beforeEnd, int afterStart, int afterEnd) {
    List<Integer> left = range(beforeStart, beforeEnd).filter(i -> !taken[i]).boxed().toList();
    List<Integer> found =
        range(afterStart, afterEnd).filter(j -> origins[j] == NONE).boxed().toList();
    if (left.size() == found.size()) {
      for (int k = 0; k < left.size(); k++) {
        pair(left.get(k), found.get(k));
      }
    }
  }

  /** How much two elements have in common, up to {@link #SAME}. */
  private static int common(AttributeValue one, AttributeValue other) {
    if (same(one, other)) {
      return SAME;
    }
    if (!one.hasM() || !other.hasM()) {
      return 0;
    }
    Set<String> names = new HashSet<>(one.m().keySet());
    names.addAll(other.m().keySet());
    int present = 0;
    int alike = 0;
    for (String name : names) {
      AttributeValue value = one.m().get(name);
      if (!isNull(value) || !isNull(other.m().get(name))) {
        present++;
        alike += same(value, other.m().get(name)) ? 1 : 0;
      }
    }
    return alike == 0 ? 0 : Math.max(1, SAME / 2 * alike / present);
  }

  private static boolean isNull(@Nullable AttributeValue value) {
    return value == null || Boolean.TRUE.equals(value.nul());
  }
}
