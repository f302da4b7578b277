package io.github.itemseal.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ProjectionTest {
  private static final Map<String, String> NAMES =
      Map.of("#d", "a.b", "#m", "map", "#size", "size");
  private static final Map<String, AttributeValue> ITEM =
      Map.of(
          "x", s("x"),
          "a.b", s("dotted"),
          "set", AttributeValue.fromSs(List.of("p", "q")),
          "map", map("k", s("k"), "m", map("b", s("b"), "c", s("c"))),
          "list", list(s("0"), s("1"), map("p", s("p"), "q", s("q")), list(s("n0"), s("n1"))));

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
    assertThat(pick("map.m.b, #m . k"))
        .isEqualTo(Map.of("map", map("k", s("k"), "m", map("b", s("b")))));
  }

  @Test
  void pickFrom_listElements_movesThemTogetherInTheirOrder() {
    assertThat(pick("list[3][1], list[ 0 ], list[2].q, list[9], list[2].nope"))
        .isEqualTo(Map.of("list", list(s("0"), map("q", s("q")), list(s("n1")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nope", "map.nope", "x.y", "x[0]", "map[0]", "list.x", "set[0]", "list[4]"})
  void pickFrom_nothingThere_isEmpty(String expression) {
    assertThat(pick(expression)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x, x",
        "map, map.k",
        "map.m.b, map.m",
        "#d, #undefined",
        "map.k, map[0]",
        "list[1], list[1]",
        "list[01]",
        "list[2147483648]",
        "list[-1]",
        "list[x]",
        "list[:v]",
        "list[1",
        "list[]",
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
    Projection projection = Projection.of("x, map.k, list[1], #d, map.#size", NAMES).orElseThrow();
    assertThat(projection.attributes()).containsExactlyInAnyOrder("x", "map", "list", "a.b");
    assertThat(projection.wholeAttributes()).containsExactlyInAnyOrder("x", "a.b");
    assertThat(projection.placeholders()).containsExactlyInAnyOrder("#d", "#size");
  }

  @Test
  void of_pathOfManySteps_isRead() {
    String deep = "x" + ".y".repeat(100_000);
    assertThat(Projection.of(deep, NAMES).orElseThrow().pickFrom(ITEM)).isEmpty();
  }

  @Test
  void ofAttributes_names_areNotPaths() {
    assertThat(Projection.ofAttributes(List.of("a.b", "list[0]")).orElseThrow().pickFrom(ITEM))
        .isEqualTo(Map.of("a.b", s("dotted")));
    assertThat(Projection.ofAttributes(List.of("x", "x"))).isEmpty();
  }
}
