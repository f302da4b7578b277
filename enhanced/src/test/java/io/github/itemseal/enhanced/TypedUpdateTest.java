package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.enhanced.Order.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A typed update by a function writes what the function changed, and nothing else. */
class TypedUpdateTest extends TypedUpdateFixture {
  /** 38 digits, which a double does not have. */
  private static final String LONG = "1.2345678901234567890123456789012345678";

  @ParameterizedTest
  @EnumSource
  void unchangedObject_writesNothing(UpdateWay way) {
    Map<String, AttributeValue> item =
        item(
            """
            {"note": null, "total": %s, "lines": [{"sku": "a", "own": 1}], "unknown": [null],
             "depot": {"street": "s", "geo": {"x": 1}}}"""
                .formatted(LONG));
    AtomicReference<Map<String, AttributeValue>> stored = new AtomicReference<>();

    Map<String, AttributeValue> after =
        updated(way, item, order -> stored.set(ciphertext())); // the same object again

    assertSame(after, item);
    assertThat(ciphertext()).isEqualTo(stored.get()); // sealed anew, it would differ
  }

  @ParameterizedTest
  @EnumSource
  void unchangedDocument_writesNothing(UpdateWay way) {
    Map<String, AttributeValue> item = item("{\"note\": null, \"a\": {\"b\": null}}");
    AtomicReference<Map<String, AttributeValue>> stored = new AtomicReference<>();

    Map<String, AttributeValue> after =
        updated(
            way,
            item,
            DOCUMENT,
            EXTENSIONS,
            document -> {
              stored.set(ciphertext());
              return document;
            });

    assertSame(after, item);
    assertThat(ciphertext()).isEqualTo(stored.get());
  }

  @ParameterizedTest
  @EnumSource
  void changedDocument_keepsItsNullsAndLosesWhatWasRemoved(UpdateWay way) {
    Map<String, AttributeValue> after =
        updated(
            way,
            item("{\"note\": null, \"gone\": null, \"old\": 1, \"total\": %s}".formatted(LONG)),
            DOCUMENT,
            EXTENSIONS,
            document ->
                document.toBuilder()
                    .remove("gone")
                    .remove("old")
                    .putNull("never")
                    .putString("new", "x")
                    .build());

    assertSame(after, item("{\"note\": null, \"new\": \"x\", \"total\": %s}".formatted(LONG)));
  }

  @ParameterizedTest
  @EnumSource
  void attributesLeftAlone_keepNullsDigitsAndUnknownNames(UpdateWay way) {
    String rest =
        """
        "total": %s, "first": null, "rates": null, "lines": [{"sku": "a", "price": %s, "own": 1}],
        "depot": {"street": "s", "door": null, "geo": {"x": 1}}, "unknown": null"""
            .formatted(LONG, LONG);

    assertUpdated(
        way,
        "{\"note\": \"old\", " + rest + "}",
        order -> order.setNote("new"),
        "{\"note\": \"new\", " + rest + "}");
  }

  @ParameterizedTest
  @EnumSource
  void beanInABean_keepsWhatTheClassesDoNotKnow(UpdateWay way) {
    assertUpdated(
        way,
        """
        {"depot": {"street": "s", "geo": {"x": 1}, "shelf": [{"sku": "a", "own": null}],
                   "newest": {"sku": "n", "price": %s, "own": 7}}}"""
            .formatted(LONG),
        order -> {
          order.getDepot().setDoor("4");
          order.getDepot().getNewest().setSku("m");
        },
        """
        {"depot": {"street": "s", "door": "4", "geo": {"x": 1}, "shelf": [{"sku": "a", "own": null}],
                   "newest": {"sku": "m", "price": %s, "own": 7}}}"""
            .formatted(LONG));
  }

  @ParameterizedTest
  @EnumSource
  void fieldsSetToNull_areRemovedAtTheTopAndWrittenAsTheClassMapsThemInside(UpdateWay way) {
    assertUpdated(
        way,
        """
        {"note": "x", "country": "Norway", "village": "Mora",
         "depot": {"street": "s", "door": "4", "geo": 1, "newest": {"sku": "n", "own": 7}}}""",
        order -> {
          order.setNote(null);
          order.setOrigin(null); // a flattened bean
          order.getDepot().setDoor(null);
          order.getDepot().getNewest().setSku(null); // its nulls are ignored
        },
        "{\"depot\": {\"street\": \"s\", \"door\": null, \"geo\": 1, \"newest\": {\"own\": 7}}}");
  }

  @ParameterizedTest
  @EnumSource
  void elementsOfAList_changedInsertedAndRemoved_theOthersKeepTheirStoredForm(UpdateWay way) {
    assertUpdated(
        way,
        """
        {"lines": [{"sku": "a", "own": 1}, {"sku": "b", "price": 2, "own": 2},
                   {"sku": "c", "own": 3}, {"sku": "d", "own": 4}],
         "readings": [%s, %s, 7]}"""
            .formatted(LONG, LONG),
        order -> {
          List<Line> lines = new ArrayList<>(order.getLines());
          lines.get(1).setPrice(9.0);
          lines.remove(2);
          lines.add(1, Line.of("new", 5));
          order.setLines(lines);
          List<Double> readings = new ArrayList<>(order.getReadings());
          readings.set(2, 8.0);
          readings.add(1, 3.0);
          order.setReadings(readings);
        },
        """
        {"lines": [{"sku": "a", "own": 1}, {"sku": "new", "price": 5},
                   {"sku": "b", "price": 9, "own": 2}, {"sku": "d", "own": 4}],
         "readings": [%s, 3, %s, 8]}"""
            .formatted(LONG, LONG));
  }

  @ParameterizedTest
  @EnumSource
  void elementOfAList_replacedByAnother_inheritsNothingTheClassDoesNotKnow(UpdateWay way) {
    assertUpdated(
        way,
        """
        {"lines": [{"sku": "a", "own": 1}, {"sku": "b", "price": 2, "secret": "of b"}],
         "depot": {"street": "s", "shelf": [{"sku": "c", "price": 3, "secret": "of c"}]}}""",
        order -> {
          List<Line> lines = new ArrayList<>(order.getLines());
          lines.remove(1);
          lines.add(Line.of("new", 5));
          order.setLines(lines);
          order.getDepot().setShelf(List.of(Line.of("other", 6)));
        },
        """
        {"lines": [{"sku": "a", "own": 1}, {"sku": "new", "price": 5}],
         "depot": {"street": "s", "shelf": [{"sku": "other", "price": 6}]}}""");
  }

  @ParameterizedTest
  @EnumSource
  void entriesOfAMap_changedAddedAndRemoved_theOthersKeepTheirStoredForm(UpdateWay way) {
    assertUpdated(
        way,
        """
        {"byName": {"x": {"sku": "a", "own": 1}, "y": {"sku": "b", "own": 2},
                    "z": {"price": %s}}}"""
            .formatted(LONG),
        order -> {
          Map<String, Line> byName = new LinkedHashMap<>(order.getByName());
          byName.get("x").setPrice(1.0);
          byName.remove("y");
          byName.put("n", Line.of("new", 5));
          order.setByName(byName);
        },
        """
        {"byName": {"x": {"sku": "a", "price": 1, "own": 1}, "n": {"sku": "new", "price": 5},
                    "z": {"price": %s}}}"""
            .formatted(LONG));
  }

  @ParameterizedTest
  @EnumSource
  void membersOfASet_addedAndRemoved_theOthersKeepTheirDigits(UpdateWay way) {
    String other = "7.2345678901234567890123456789012345678";
    Map<String, AttributeValue> item = item("{}");
    item.put("rates", AttributeValue.fromNs(List.of(LONG, "2", "3.5", other)));

    Map<String, AttributeValue> after =
        updated(
            way,
            item,
            order -> {
              Set<Double> rates = new HashSet<>(order.getRates());
              rates.remove(2.0);
              rates.remove(Double.valueOf(other));
              rates.add(4.0);
              order.setRates(rates);
            });

    assertThat(after)
        .hasEntrySatisfying(
            "rates", rates -> assertThat(rates.ns()).containsExactlyInAnyOrder(LONG, "3.5", "4"));
  }

  @ParameterizedTest
  @EnumSource
  void mapWhoseNamesTheClassWritesInAnotherWay_isWrittenWhole(UpdateWay way) {
    UUID ann = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000000");
    UUID bob = UUID.fromString("bbbbbbbb-0000-4000-8000-000000000000");
    String upper = bob.toString().toUpperCase(Locale.ROOT);

    assertUpdated(
        way,
        "{\"owners\": {\"%s\": \"Ann\", \"%s\": \"Bob\"}}".formatted(ann, upper),
        order -> {
          Map<UUID, String> owners = new LinkedHashMap<>(order.getOwners());
          owners.remove(bob);
          order.setOwners(owners);
        },
        "{\"owners\": {\"%s\": \"Ann\"}}".formatted(ann));
  }

  @ParameterizedTest
  @EnumSource
  void replacedBean_keepsWhatTheClassDoesNotKnow(UpdateWay way) {
    assertUpdated(
        way,
        "{\"byName\": {\"x\": {\"sku\": \"a\", \"own\": 1}}}",
        order -> order.setByName(Map.of("x", Line.of("b", 2))),
        "{\"byName\": {\"x\": {\"sku\": \"b\", \"price\": 2, \"own\": 1}}}");
  }

  @ParameterizedTest
  @EnumSource
  void beanWithADefault_emptied_keepsWhatTheClassDoesNotKnow(UpdateWay way) {
    assertUpdated(
        way,
        "{\"depot\": {\"street\": \"s\", \"geo\": 1}}",
        order -> order.getDepot().setStreet(null),
        // With its default, so that it is read as a depot: without a value it would be none.
        """
        {"depot": {"street": null, "door": null, "floor": 1, "newest": null, "shelf": null,
                   "geo": 1}}""");
  }
}
