package io.github.itemseal.enhanced;

import static io.github.itemseal.internal.value.DynamoDbEquality.members;
import static io.github.itemseal.internal.value.DynamoDbEquality.same;
import static io.github.itemseal.internal.value.DynamoDbEquality.sameNumber;
import static java.util.stream.IntStream.range;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which elements of a changed list are which of the list before. Elements have no names, so what
 * they have in common says it, and their order:
 *
 * <ol>
 *   <li>The two lists are aligned so that as many elements as possible are the same, and elements
 *       that changed meet the one they have most in common with.
 *   <li>An element that is left over is one that is left over before, if it is the same: it moved.
 * </ol>
 *
 * <p>The rest was inserted or removed: the place alone does not make an element of one, since what
 * the class does not know of an element belongs to no other. Lists whose changed parts have more
 * than {@value #MOST_PAIRS} pairs are not aligned: there elements with something in common keep
 * their places if their number stayed.
 *
 * <p>Maps have in common what some name has in both, lists what is at the same index from the start
 * or from the end, sets their members. Values that every new object has, such as NULL, false, zero
 * and what is empty, are not looked at.
 */
final class ListAlignment {
  static final int NONE = -1;
  private static final int MOST_PAIRS = 1_000_000;

  /** Of elements that are the same; elements that differ have at most half of it. */
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
      findMoved(start, beforeEnd, afterEnd);
    } else if (before.size() == after.size()) {
      range(start, beforeEnd)
          .filter(i -> common(before.get(i), after.get(i)) > 0)
          .forEach(i -> pair(i, i));
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

  /** How much two elements have in common, up to {@link #SAME}. */
  private static int common(@Nullable AttributeValue one, @Nullable AttributeValue other) {
    if (one == null || other == null || one.type() != other.type() || one.type() == null) {
      return 0;
    }
    if (same(one, other)) {
      return SAME;
    }
    return switch (one.type()) {
      case M -> commonEntries(one.m(), other.m());
      case L -> commonElements(one.l(), other.l());
      case SS, NS, BS -> commonMembers(members(one), members(other));
      default -> 0;
    };
  }

  private static int commonEntries(
      Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
    Set<String> names = new HashSet<>(one.keySet());
    names.addAll(other.keySet());
    names.removeIf(name -> saysNothing(one.get(name)) && saysNothing(other.get(name)));
    int common = names.stream().mapToInt(name -> common(one.get(name), other.get(name))).sum();
    return ofChanged(common, names.size());
  }

  /** By their places from the start or, if the lengths differ, from the end. */
  private static int commonElements(List<AttributeValue> one, List<AttributeValue> other) {
    int shorter = Math.min(one.size(), other.size());
    int common = commonInPlace(one.subList(0, shorter), other.subList(0, shorter));
    if (one.size() != other.size()) { // else it would be the same again, at each level of lists
      common = Math.max(common, commonInPlace(last(one, shorter), last(other, shorter)));
    }
    return ofChanged(common, Math.max(one.size(), other.size()));
  }

  private static int commonInPlace(List<AttributeValue> one, List<AttributeValue> other) {
    return range(0, one.size())
        .filter(i -> !saysNothing(one.get(i)))
        .map(i -> common(one.get(i), other.get(i)))
        .sum();
  }

  private static <E> List<E> last(List<E> list, int count) {
    return list.subList(list.size() - count, list.size());
  }

  private static int commonMembers(Set<Object> one, Set<Object> other) {
    Set<Object> both = new HashSet<>(one);
    both.retainAll(other);
    return ofChanged(SAME * both.size(), Math.max(one.size(), other.size()));
  }

  /** Less than any element has that is the same, and something if anything is in common. */
  private static int ofChanged(int common, int parts) {
    return common == 0 ? 0 : Math.max(1, common / parts / 2);
  }

  /** Whether a value is one that every new object has. */
  private static boolean saysNothing(@Nullable AttributeValue value) {
    if (value == null || value.type() == null) {
      return true;
    }
    return switch (value.type()) {
      case S -> value.s().isEmpty();
      case N -> sameNumber(value.n(), "0");
      case BOOL -> !value.bool();
      case L -> value.l().stream().allMatch(ListAlignment::saysNothing);
      case M -> value.m().values().stream().allMatch(ListAlignment::saysNothing);
      case NUL -> true;
      default -> false;
    };
  }
}
