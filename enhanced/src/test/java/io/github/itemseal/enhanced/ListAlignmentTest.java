package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
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
    "a12 b34 c56, a12 x00 c56, 0 - 2", // another one in its place
    "a b c, a x c, 0 - 2",
    "a12 b34 c56, x00 b39 y77, - 1 -",
    "a12 b34, b39 x00, 1 -", // removed, changed and added at once
    "a12 b34 c56 d78, a12 b39 d78, 0 1 3", // changed beside a removed one
    "a12 b34 c56 d78, a12 c59 d78, 0 2 3",
    "a12 b34 c56, c56 a12 b34, 2 0 1", // moved
    "a12 b34 c56, c56 b34 a12, 2 1 0",
    "a12 b34 c56, b34 c56 a19, 1 2 -", // changed and moved: a new one
    "1 2 3, 1 5 3, 0 - 2", // a number has nothing in common with another
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

  @ParameterizedTest(name = "{0} becomes {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "[{'id':'a','n':1}]; [{'id':'a','n':2}]; true",
        "[{'id':'a','n':1}]; [{'id':'b','n':2}]; false",
        "[{'id':'a','n':0,'is':false,'z':null}]; [{'id':'b','n':0,'is':false,'z':null}]; false",
        "[{'id':'a','s':'','l':[],'m':{'n':0}}]; [{'id':'b','s':'','l':[],'m':{'n':0}}]; false",
        "[{'in':{'id':'a','n':1}}]; [{'in':{'id':'a','n':2}}]; true", // what changed lies deeper
        "[{'in':{'id':'a','n':1}}]; [{'in':{'id':'b','n':2}}]; false",
        "[['x','y']]; [['x','z']]; true",
        "[['x','y']]; [['z','y']]; true",
        "[['x','y']]; [['n','x','y']]; true",
        "[['x','y']]; [['v','w']]; false",
        "[[{'id':'a','n':1}]]; [[{'id':'a','n':2}]]; true",
        "[[0,'x']]; [[0,'y']]; false",
        "['x']; ['y']; false",
        "['1']; [1]; false",
      })
  void onlyElementOfAList_changed_isTheSameIfItHasSomethingInCommon(
      String before, String after, boolean isSame) {
    assertThat(ListAlignment.origins(json(before), json(after)))
        .containsExactly(isSame ? 0 : ListAlignment.NONE);
  }

  @Test
  void onlyElementOfAList_aSetThatChanged_isTheSameIfItSharesAMember() {
    AttributeValue set = AttributeValue.fromNs(List.of("1", "2.50"));

    assertThat(origin(set, AttributeValue.fromNs(List.of("2.5", "7")))).isZero();
    assertThat(origin(set, AttributeValue.fromNs(List.of("8", "7")))).isEqualTo(-1);
    assertThat(origin(set, AttributeValue.fromSs(List.of("1", "7")))).isEqualTo(-1);
  }

  private static int origin(AttributeValue before, AttributeValue after) {
    return ListAlignment.origins(List.of(before), List.of(after))[0];
  }

  private static List<AttributeValue> json(String list) {
    return EnhancedDocument.builder()
        .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
        .json("{\"list\": %s}".formatted(list.replace('\'', '"')))
        .build()
        .toMap()
        .get("list")
        .l();
  }

  /** As deep as DynamoDB stores: whoever looks twice at each level never ends. */
  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void origins_ofListsInLists_takeNoLongerTheDeeperTheyAre() {
    assertThat(ListAlignment.origins(List.of(nested("x")), List.of(nested("y"))))
        .containsExactly(ListAlignment.NONE);
  }

  private static AttributeValue nested(String innermost) {
    AttributeValue value = AttributeValue.fromS(innermost);
    for (int i = 0; i < 31; i++) {
      value = AttributeValue.fromL(List.of(value));
    }
    return value;
  }

  @Test
  void origins_ofLongListsOfTheSameLength_areThePlacesOfElementsWithSomethingInCommon() {
    List<AttributeValue> before = new ArrayList<>(numbers(0));
    List<AttributeValue> after = new ArrayList<>(numbers(1_000_000));
    before.set(700, element("a12"));
    after.set(700, element("a13"));

    assertThat(ListAlignment.origins(before, after))
        .containsExactly(
            IntStream.range(0, before.size())
                .map(i -> i == 700 ? i : ListAlignment.NONE)
                .toArray());
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
