package io.github.itemseal.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What DynamoDB says of a guarded write names attributes, and the caller's own placeholders. */
class SafeUpdateMessagesTest extends SafeUpdateFixture {
  private static ItemUpdate conditional(ItemUpdate.Builder update, String condition) {
    return update
        .conditionExpression(condition)
        .expressionAttributeValues(Map.of(":0", s("Oslo")))
        .build();
  }

  /** The attribute at the end of the guard, where DynamoDB misses what is not closed. */
  private String signature() {
    return format == StoredFormat.DDBEC ? "'*amzn-ddb-map-sig*'" : "'aws_dbe_foot'";
  }

  @Test
  void update_errorNearTheGuard_namesTheAttribute() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    assertThatThrownBy(() -> update(conditional(ann(set("ssn", "2")), "city = (:0")))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Invalid ConditionExpression")
        .hasMessageContaining("near: \"%s\"", signature())
        .hasMessageContaining("Request ID");
  }

  @Test
  void update_errorBetweenConditionAndGuard_keepsTheCallersPlaceholder() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    assertThatThrownBy(() -> update(conditional(ann(set("ssn", "2")), "(city IN (:0")))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("near: \":0 AND %s\"", signature());
  }

  @Test
  void updateAll_errorNearTheGuard_namesTheAttribute() {
    put("ann", Map.of("ssn", s("1"), "city", s("Oslo")));
    put("bob", Map.of("ssn", s("1")));
    assertThatThrownBy(
            () ->
                updateAll(
                    List.of(
                        bob(set("ssn", "2")).build(),
                        conditional(ann(set("ssn", "2")), "city = (:0"))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining(signature())
        .hasMessageNotContaining("#");
  }
}
