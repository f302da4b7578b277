package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbExtensionContext;
import software.amazon.awssdk.enhanced.dynamodb.extensions.ReadModification;
import software.amazon.awssdk.enhanced.dynamodb.extensions.WriteModification;
import software.amazon.awssdk.enhanced.dynamodb.update.SetAction;
import software.amazon.awssdk.enhanced.dynamodb.update.UpdateExpression;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What extensions do to the update of a changed object, and that they are not asked without one.
 */
class UpdateExtensionsTest extends TypedUpdateFixture {
  private static final String LONG = "1.2345678901234567890123456789012345678";

  private Map<String, AttributeValue> updated(
      UpdateWay way,
      String item,
      DynamoDbEnhancedClientExtension extension,
      Consumer<Order> change) {
    List<DynamoDbEnhancedClientExtension> extensions = new ArrayList<>(EXTENSIONS);
    extensions.add(extension);
    return updated(
        way,
        item(item),
        ORDER,
        extensions,
        order -> {
          change.accept(order);
          return order;
        });
  }

  /** Changes what is written. */
  private static DynamoDbEnhancedClientExtension writing(
      Consumer<Map<String, AttributeValue>> change) {
    return new DynamoDbEnhancedClientExtension() {
      @Override
      public WriteModification beforeWrite(DynamoDbExtensionContext.BeforeWrite context) {
        Map<String, AttributeValue> item = new HashMap<>(context.items());
        change.accept(item);
        return WriteModification.builder().transformedItem(item).build();
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void writeIfNotExists_keepsWhatIsThereAndWritesWhatIsNot(UpdateWay way) {
    assertUpdated(
        way,
        "{\"first\": \"old\"}",
        order -> order.setFirst("new"),
        "{\"first\": \"old\"}"); // the version is counted, as by the SDK
    assertUpdated(way, "{}", order -> order.setFirst("new"), "{\"first\": \"new\"}");
  }

  @ParameterizedTest
  @EnumSource
  void counter_isCountedAndCannotBeSet(UpdateWay way) {
    Map<String, AttributeValue> after =
        updated(way, item("{\"visits\": 7}"), order -> order.setVisits(100L));

    assertThat(after).containsEntry("visits", AttributeValue.fromN("8"));
  }

  @ParameterizedTest
  @EnumSource
  void transformedItem_isWrittenWhereTheExtensionChangedIt(UpdateWay way) {
    DynamoDbEnhancedClientExtension extension =
        writing(
            item -> {
              item.put("search", AttributeValue.fromS("of an extension"));
              Map<String, AttributeValue> depot = new LinkedHashMap<>(item.get("depot").m());
              depot.put("door", AttributeValue.fromS("set"));
              item.put("depot", AttributeValue.fromM(depot));
              item.put("total", AttributeValue.fromNul(true));
            });
    String item = "{\"note\": \"x\", \"total\": %s, \"depot\": {\"street\": \"s\", \"geo\": 1}}";

    Map<String, AttributeValue> after =
        updated(way, item.formatted(LONG), extension, order -> order.setNote("y"));

    assertThat(after)
        .containsEntry("search", AttributeValue.fromS("of an extension"))
        .containsEntry(
            "depot", item("{\"d\": {\"street\": \"s\", \"door\": \"set\", \"geo\": 1}}").get("d"))
        .doesNotContainKey("total");
  }

  @ParameterizedTest
  @EnumSource
  void attributesThatAnExtensionTakesOut_areNotTouched(UpdateWay way) {
    Map<String, AttributeValue> after =
        updated(
            way,
            "{\"note\": \"x\", \"first\": \"f\"}",
            writing(
                item -> {
                  item.remove("note");
                  item.remove("first");
                }),
            order -> order.setNote("y"));

    assertThat(after)
        .containsEntry("note", AttributeValue.fromS("x"))
        .containsEntry("first", AttributeValue.fromS("f"));
  }

  @ParameterizedTest
  @EnumSource
  void updateExpression_mayBeAboutAnAttributeThatTheFunctionLeavesAlone(UpdateWay way) {
    DynamoDbEnhancedClientExtension extension =
        new DynamoDbEnhancedClientExtension() {
          @Override
          public WriteModification beforeWrite(DynamoDbExtensionContext.BeforeWrite context) {
            return WriteModification.builder()
                .updateExpression(
                    UpdateExpression.builder()
                        .addAction(
                            SetAction.builder()
                                .path("#f")
                                .value(":f")
                                .putExpressionName("#f", "first")
                                .putExpressionValue(":f", AttributeValue.fromS("set"))
                                .build())
                        .build())
                .build();
          }
        };

    Map<String, AttributeValue> after =
        updated(way, "{\"first\": \"f\"}", extension, order -> order.setNote("y"));

    assertThat(after).containsEntry("first", AttributeValue.fromS("set"));
  }

  @ParameterizedTest
  @EnumSource
  void extensionThatStoresInAnotherForm_keepsTheFormOfWhatIsLeftAlone(UpdateWay way) {
    DynamoDbEnhancedClientExtension extension =
        new DynamoDbEnhancedClientExtension() {
          @Override
          public WriteModification beforeWrite(DynamoDbExtensionContext.BeforeWrite context) {
            Map<String, AttributeValue> item = new HashMap<>(context.items());
            item.computeIfPresent("first", (name, value) -> AttributeValue.fromS("<" + value.s()));
            return WriteModification.builder().transformedItem(item).build();
          }

          @Override
          public ReadModification afterRead(DynamoDbExtensionContext.AfterRead context) {
            Map<String, AttributeValue> item = new HashMap<>(context.items());
            item.computeIfPresent(
                "first", (name, value) -> AttributeValue.fromS(value.s().substring(1)));
            return ReadModification.builder().transformedItem(item).build();
          }
        };

    Map<String, AttributeValue> after =
        updated(way, "{\"first\": \"<f\"}", extension, order -> order.setNote("y"));

    assertThat(after)
        .containsEntry("note", AttributeValue.fromS("y"))
        .containsEntry("first", AttributeValue.fromS("<f"));
  }

  @ParameterizedTest
  @EnumSource
  void unchangedObject_asksNoExtension(UpdateWay way) {
    AtomicInteger writes = new AtomicInteger();

    updated(way, "{\"note\": \"x\"}", writing(item -> writes.incrementAndGet()), order -> {});

    assertThat(writes).hasValue(0);
  }
}
