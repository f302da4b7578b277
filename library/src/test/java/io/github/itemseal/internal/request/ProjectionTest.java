package io.github.itemseal.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ProjectionTest {
  private static final Map<String, String> NAMES =
      Map.of("#d", "a.b", "#m", "tree", "#size", "size");
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "x", s("x"),
          "a.b", s("dotted"),
          "bag", AttributeValue.fromSs(List.of("p", "q")),
          "tree", map("k", s("k"), "m", map("b", s("b"), "c", s("c"))),
          "chain", list(s("0"), s("1"), map("p", s("p"), "q", s("q")), list(s("n0"), s("n1"))));

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue map(String k1, AttributeValue v1, String k2, AttributeValue v2) {
    return AttributeValue.fromM(Map.of(k1, v1, k2, v2));
  }

  private static AttributeValue map(String key, AttributeValue value) {
    return AttributeValue.fromM(Map.of(key, value));
  }

  private static AttributeValue list(AttributeValue... elements) {
    return AttributeValue.fromL(List.of(elements));
  }

  private static Map<String, AttributeValue> pick(String expression) {
    return Projection.of(expression, NAMES).orElseThrow().pickFrom(ITEM);
  }

  @Test
  void pickFrom_attributes_picksThoseThatAreThere() {
    assertThat(pick("x, #d,nope")).isEqualTo(Map.of("x", s("x"), "a.b", s("dotted")));
  }

  @Test
  void pickFrom_nestedPaths_keepsTheMapsAround() {
    assertThat(pick("tree.m.b, #m . k"))
        .isEqualTo(Map.of("tree", map("k", s("k"), "m", map("b", s("b")))));
  }

  @Test
  void pickFrom_listElements_movesThemTogetherInTheirOrder() {
    assertThat(pick("chain[3][1], chain[ 0 ], chain[2].q, chain[9], chain[2].nope"))
        .isEqualTo(Map.of("chain", list(s("0"), map("q", s("q")), list(s("n1")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nope", "tree.nope", "x.y", "x[0]", "tree[0]", "chain.x", "bag[0]", "chain[4]"})
  void pickFrom_nothingThere_isEmpty(String expression) {
    assertThat(pick(expression)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x, x",
        "tree, tree.k",
        "tree.m.b, tree.m",
        "#d, #undefined",
        "tree.k, tree[0]",
        "chain[1], chain[1]",
        "chain[01]",
        "chain[2147483648]",
        "chain[-1]",
        "chain[x]",
        "chain[:v]",
        "chain[1",
        "chain[]",
        "x,",
        ",x",
        "x y",
        "x..y",
        "x.1a",
        "1a",
        "_a",
        "and",
        "#",
        "",
        "  ",
        "size(x)",
        "é"
      })
  void of_whatDynamoDbRefuses_isEmpty(String expression) {
    assertThat(Projection.of(expression, NAMES)).isEmpty();
  }

  @Test
  void of_expression_tellsAttributesAndPlaceholders() {
    Projection projection =
        Projection.of("x, tree.k, chain[1], #d, tree.#size", NAMES).orElseThrow();
    assertThat(projection.attributes()).containsExactlyInAnyOrder("x", "tree", "chain", "a.b");
    assertThat(projection.wholeAttributes()).containsExactlyInAnyOrder("x", "a.b");
    assertThat(projection.placeholders()).containsExactlyInAnyOrder("#d", "#size");
  }

  @Test
  void of_pathAtTheLimit_isRead() {
    assertThat(Projection.of("x" + ".y".repeat(31), NAMES).orElseThrow().pickFrom(ITEM)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("beyondLimits")
  void of_beyondALimitOfDynamoDb_isEmpty(String expression, Map<String, String> names) {
    assertThat(Projection.of(expression, names)).isEmpty();
  }

  static Stream<Arguments> beyondLimits() {
    return Stream.of(
        Arguments.of("x" + ".y".repeat(32), Map.of()),
        Arguments.of("x" + ".y".repeat(100_000), Map.of()),
        Arguments.of("x" + " ".repeat(4096), Map.of()),
        Arguments.of("#a", Map.of("#a", "")),
        Arguments.of("#a", Map.of("#a", "n".repeat(65_536))),
        Arguments.of("#a", Map.of("#a", "a", "b", "c")),
        Arguments.of("name", Map.of()),
        Arguments.of("x.Date", Map.of()),
        Arguments.of("_x", Map.of()));
  }

  @Test
  void ofAttributes_emptyName_isEmpty() {
    assertThat(Projection.ofAttributes(List.of("x", ""))).isEmpty();
  }

  @Test
  void ofAttributes_names_areNotPaths() {
    assertThat(Projection.ofAttributes(List.of("a.b", "chain[0]")).orElseThrow().pickFrom(ITEM))
        .isEqualTo(Map.of("a.b", s("dotted")));
    assertThat(Projection.ofAttributes(List.of("x", "x"))).isEmpty();
  }
}
