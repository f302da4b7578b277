package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which elements of a changed list are taken for which of the list before. */
class ListAlignmentTest {
  /** Elements are words: {@code a12} is a map with the values a, 1 and 2, {@code 7} a number. */
  private static List<AttributeValue> list(String words) {
    return Arrays.stream(words.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .map(ListAlignmentTest::element)
        .toList();
  }

  private static AttributeValue element(String word) {
    return Character.isDigit(word.charAt(0))
        ? AttributeValue.fromN(word)
        : AttributeValue.fromM(
            IntStream.range(0, word.length())
                .boxed()
                .collect(
                    Collectors.toMap(
                        i -> "property" + i, i -> AttributeValue.fromS(word.substring(i, i + 1)))));
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource({
    "a12 b34 c56, a12 b34 c56, 0 1 2",
    "a12 b34 c56, a12 c56, 0 2", // removed
    "a12 b34 c56, b34 c56, 1 2",
    "a12 b34 c56, a12 x00 b34 c56, 0 - 1 2", // inserted
    "a12 b34 c56, b34 c56 x00, 1 2 -", // a queue
    "a12 b34 c56, a12 b39 c56, 0 1 2", // changed in its place
    "a12 b34 c56, a12 x00 c56, 0 1 2",
    "a b c, a x c, 0 1 2", // nothing of it stays
    "a12 b34, b39 x00, 1 -", // removed, changed and added at once
    "a12 b34 c56 d78, a12 b39 d78, 0 1 3", // changed beside a removed one
    "a12 b34 c56 d78, a12 c59 d78, 0 2 3",
    "a12 b34 c56, c56 a12 b34, 2 0 1", // moved
    "a12 b34 c56, c56 b34 a12, 2 1 0",
    "a12 b34 c56, b34 c56 a19, 1 2 -", // changed and moved: a new one
    "1 2 3, 1 5 3, 0 1 2",
    "1 2 3, 1.0 3e0, 0 2", // by value, not by notation
    "1 1 1, 1 1, 0 1",
    "'', a12, -",
    "a12, '', ''",
  })
  void origins_areThoseOfTheSameElements(String before, String after, String origins) {
    assertThat(
            Arrays.stream(ListAlignment.origins(list(before), list(after)))
                .mapToObj(origin -> origin == ListAlignment.NONE ? "-" : Integer.toString(origin))
                .collect(Collectors.joining(" ")))
        .isEqualTo(origins);
  }

  @Test
  void origins_ofLongListsOfTheSameLength_areThePlaces() {
    List<AttributeValue> before = numbers(0);
    List<AttributeValue> after = numbers(1_000_000);

    assertThat(ListAlignment.origins(before, after))
        .containsExactly(IntStream.range(0, before.size()).toArray());
  }

  @Test
  void origins_ofALongListWithAnElementInserted_areAllFound() {
    List<AttributeValue> before = numbers(0);
    List<AttributeValue> after = new ArrayList<>(before);
    after.add(700, AttributeValue.fromM(Map.of()));

    assertThat(ListAlignment.origins(before, after))
        .containsExactly(
            IntStream.rangeClosed(0, before.size())
                .map(i -> i < 700 ? i : i == 700 ? ListAlignment.NONE : i - 1)
                .toArray());
  }

  private static List<AttributeValue> numbers(int start) {
    return IntStream.range(start, start + 1500)
        .mapToObj(i -> AttributeValue.fromN(Integer.toString(i)))
        .toList();
  }
}
