package io.github.itemseal.client;

import static io.github.itemseal.client.TestTables.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MalformedItemException;
import io.github.itemseal.UncheckedItems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Updates of items that an old client sealed beyond DynamoDB's limits on values. */
class UpdateBeyondLimitsTest extends SafeUpdateFixture {
  private static final AttributeValue DIGITS = AttributeValue.fromN("1." + "7".repeat(50));
  private static final AttributeValue NO_MEMBERS = AttributeValue.fromSs(List.of());

  private static AttributeValue nested() {
    AttributeValue value = AttributeValue.fromS("x");
    for (int i = 0; i < 32; i++) {
      value = AttributeValue.fromL(List.of(value));
    }
    return value;
  }

  /** What the format has a form for. */
  private static Map<String, AttributeValue> beyond(StoredFormat format) {
    Map<String, AttributeValue> beyond = new HashMap<>();
    beyond.put("none", NO_MEMBERS);
    beyond.put("key", AttributeValue.fromM(Map.of("", AttributeValue.fromS("x"))));
    if (format == StoredFormat.DDBEC) {
      beyond.put("deep", nested());
      beyond.put("digits", DIGITS);
    }
    return beyond;
  }

  private Map<String, AttributeValue> beyond() {
    return beyond(format);
  }

  private void putBeyond(String id) {
    putBeyond(id, beyond());
  }

  private void putBeyond(String id, Map<String, AttributeValue> beyond) {
    Map<String, AttributeValue> item = new HashMap<>(beyond);
    item.put("id", s(id));
    item.put("count", AttributeValue.fromN("1"));
    Map<String, AttributeValue> sealed = UncheckedItems.seal(format.encryption(), item);
    plain.putItem(put -> put.tableName(PEOPLE).item(sealed));
  }

  @Test
  void update_ofAnotherAttribute_leavesThemAsTheyAre() {
    putBeyond("ann");

    updateAnn(increment("count"));

    assertThat(read("ann"))
        .containsAllEntriesOf(beyond())
        .containsEntry("count", AttributeValue.fromN("2"));
  }

  @Test
  void update_thatSealsAnew_leavesThemAsTheyAre() {
    putBeyond("ann");
    Map<String, AttributeValue> before = stored("ann");

    update(ann(item -> item).sealAnew().build());

    assertThat(read("ann")).containsAllEntriesOf(beyond());
    assertThat(stored("ann")).isNotEqualTo(before);
  }

  @Test
  void updateAll_ofOtherAttributes_leavesThemAsTheyAre() {
    putBeyond("ann");
    putBeyond("bob");

    updateAll(List.of(ann(increment("count")).build(), bob(set("new", "x")).build()));

    assertThat(read("ann")).containsAllEntriesOf(beyond());
    assertThat(read("bob")).containsAllEntriesOf(beyond()).containsEntry("new", s("x"));
  }

  @Test
  void update_ofOneOfThem_isRefusedUnlessItIsBroughtWithinTheLimits() {
    putBeyond("ann");

    for (String name : beyond().keySet()) {
      assertThatThrownBy(
              () ->
                  updateAnn(
                      item -> {
                        item.put(name, AttributeValue.fromL(List.of(nested())));
                        return item;
                      }))
          .isInstanceOf(MalformedItemException.class)
          .hasMessageContaining("'" + name + "'")
          .hasMessageContaining("32 levels");
      updateAnn(set(name, "within"));
      assertThat(read("ann")).containsEntry(name, s("within"));
    }
  }

  @Test
  void update_thatPutsThemUnderAnotherName_isRefused() {
    putBeyond("ann");

    assertThatThrownBy(
            () ->
                updateAnn(
                    item -> {
                      item.put("copy", NO_MEMBERS);
                      return item;
                    }))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("'copy'")
        .hasMessageContaining("empty set");
  }

  @Test
  void update_thatMovesThemToTheOtherFormat_isRefusedWhereThatHasNoFormForThem() {
    open(format.other().reading(format.other().format(), format.format()), UpdateRetry.standard());
    putBeyond("ann", beyond(StoredFormat.DBE));
    putBeyond("bob");

    updateAnn(increment("count"));

    assertThat(stored("ann")).containsKey(format.other().signature);
    if (format == StoredFormat.DDBEC) {
      assertThatThrownBy(() -> update(bob(increment("count")).build()))
          .isInstanceOf(MalformedItemException.class)
          .hasMessageMatching(".*'(deep|digits)'.*(32 levels|38 significant digits).*");
    }
  }
}
