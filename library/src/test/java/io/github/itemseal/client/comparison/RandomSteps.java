package io.github.itemseal.client.comparison;

import io.github.itemseal.client.comparison.Step.Expected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A random sequence of calls on {@link Orders}, from one seed; 40 keys, so that they meet. */
final class RandomSteps {
  private static final List<String> CITIES = List.of("Berlin", "Bremen", "Łódź", "Oslo");

  private final Random random;
  private final Secrets secrets;
  private final Predicate<Map<String, AttributeValue>> exists;

  /**
   * @param exists whether there is an item of a key just now
   */
  RandomSteps(long seed, Predicate<Map<String, AttributeValue>> exists) {
    this.random = new Random(seed);
    this.secrets = new Secrets(random);
    this.exists = exists;
  }

  Step next() {
    int kind = random.nextInt(100);
    if (kind < 20) {
      return put();
    } else if (kind < 32) {
      return update();
    } else if (kind < 40) {
      return delete();
    } else if (kind < 52) {
      return get();
    } else if (kind < 66) {
      return query();
    } else if (kind < 72) {
      return scan();
    } else if (kind < 78) {
      return batchGet();
    } else if (kind < 86) {
      return batchWrite();
    } else if (kind < 91) {
      return transactGet();
    }
    return transactWrite();
  }

  // ---- single items ----

  private Step put() {
    Map<String, AttributeValue> item = item();
    Condition condition = maybeCondition();
    PutItemRequest.Builder request =
        PutItemRequest.builder()
            .tableName(Orders.NAME)
            .item(item)
            .returnValues(oneOf(ReturnValue.NONE, ReturnValue.ALL_OLD));
    if (oneIn(30)) {
      Map<String, AttributeValue> keyless = new HashMap<>(item);
      keyless.remove(random.nextBoolean() ? "customer" : "number");
      return new Step(request.item(keyless).build(), Expected.BOTH_FAIL);
    }
    if (oneIn(40)) {
      request.returnValues(ReturnValue.UPDATED_NEW);
      return new Step(request.build(), Expected.BOTH_FAIL);
    }
    Expected expected = Expected.SAME;
    if (oneIn(25)) {
      condition = Condition.onSecret(random);
      expected = Expected.REFUSED;
    }
    return new Step(
        request
            .conditionExpression(condition.expression())
            .expressionAttributeNames(condition.names())
            .expressionAttributeValues(condition.values())
            .returnValuesOnConditionCheckFailure(onFailure())
            .build(),
        expected);
  }

  private Step delete() {
    Condition condition = maybeCondition();
    Expected expected = Expected.SAME;
    if (oneIn(25)) {
      condition = Condition.onSecret(random);
      expected = Expected.REFUSED;
    }
    return new Step(
        DeleteItemRequest.builder()
            .tableName(Orders.NAME)
            .key(key())
            .conditionExpression(condition.expression())
            .expressionAttributeNames(condition.names())
            .expressionAttributeValues(condition.values())
            .returnValues(oneOf(ReturnValue.NONE, ReturnValue.ALL_OLD))
            .returnValuesOnConditionCheckFailure(onFailure())
            .build(),
        expected);
  }

  private Step update() {
    Map<String, AttributeValue> key = key();
    Change change = Change.random(random);
    Condition condition = maybeCondition();
    Map<String, AttributeValue> values = new HashMap<>(change.values());
    if (condition.values() != null) {
      values.putAll(condition.values());
    }
    UpdateItemRequest.Builder request =
        UpdateItemRequest.builder()
            .tableName(Orders.NAME)
            .key(key)
            .updateExpression(change.expression())
            .conditionExpression(condition.expression())
            .expressionAttributeNames(condition.names())
            .expressionAttributeValues(values.isEmpty() ? null : values)
            .returnValues(
                oneOf(
                    ReturnValue.NONE,
                    ReturnValue.ALL_OLD,
                    ReturnValue.ALL_NEW,
                    ReturnValue.UPDATED_OLD,
                    ReturnValue.UPDATED_NEW))
            .returnValuesOnConditionCheckFailure(onFailure());
    if (oneIn(12)) {
      Change signed = Change.ofProtected(random, secrets);
      return new Step(
          request
              .updateExpression(signed.expression())
              .conditionExpression(null)
              .expressionAttributeNames(null)
              .expressionAttributeValues(signed.values())
              .build(),
          Expected.REFUSED);
    }
    return new Step(request.build(), exists.test(key) ? Expected.SAME : Expected.GUARDED);
  }

  private Step get() {
    GetItemRequest.Builder request =
        GetItemRequest.builder()
            .tableName(Orders.NAME)
            .key(key())
            .consistentRead(random.nextBoolean());
    if (oneIn(30)) {
      return new Step(
          request.key(Map.of("customer", AttributeValue.fromS("c1"))).build(), Expected.BOTH_FAIL);
    }
    if (oneIn(3)) {
      Projected projected = Projected.random(random);
      request
          .projectionExpression(projected.expression())
          .expressionAttributeNames(projected.names());
    }
    return new Step(request.build(), Expected.SAME);
  }

  // ---- pages ----

  private Step query() {
    Condition filter = oneIn(3) ? Condition.random(random) : Condition.NONE;
    Expected expected = Expected.SAME;
    if (oneIn(25)) {
      filter = Condition.onSecret(random);
      expected = Expected.REFUSED;
    }
    Map<String, AttributeValue> values = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    if (filter.values() != null) {
      values.putAll(filter.values());
    }
    if (filter.names() != null) {
      names.putAll(filter.names());
    }
    QueryRequest.Builder request =
        QueryRequest.builder()
            .tableName(Orders.NAME)
            .filterExpression(filter.expression())
            .scanIndexForward(random.nextBoolean());
    String index = oneIn(2) ? null : oneOf("byCity", "keysByCity", "byAge");
    request.indexName(index);
    boolean partial = index != null && !index.equals("byCity");
    if (partial && expected == Expected.SAME) {
      expected = Expected.WHOLE_ITEMS;
      filter = Condition.NONE; // it would see other attributes
      names.clear();
      values.clear();
      request.filterExpression(null);
    }
    if (index == null) {
      values.put(":k", AttributeValue.fromS(customer()));
      values.put(":n", AttributeValue.fromN(Integer.toString(random.nextInt(10))));
      request.keyConditionExpression("customer = :k AND #sort " + oneOf("<=", ">", "=") + " :n");
      names.put("#sort", "number");
    } else if (index.equals("byAge")) {
      values.put(":k", AttributeValue.fromS(customer()));
      request.keyConditionExpression("customer = :k");
    } else {
      values.put(":k", city(random));
      request.keyConditionExpression("city = :k");
    }
    if (oneIn(3)) {
      request.limit(1 + random.nextInt(6));
    }
    if (oneIn(6)) {
      request.select(Select.COUNT);
    } else if (oneIn(4) && index == null) {
      Projected projected = Projected.random(random);
      request.projectionExpression(projected.expression());
      if (projected.names() != null) {
        names.putAll(projected.names());
      }
    }
    return new Step(
        request
            .expressionAttributeNames(names.isEmpty() ? null : names)
            .expressionAttributeValues(values)
            .build(),
        expected);
  }

  private Step scan() {
    Condition filter = oneIn(2) ? Condition.random(random) : Condition.NONE;
    ScanRequest.Builder request =
        ScanRequest.builder()
            .tableName(Orders.NAME)
            .filterExpression(filter.expression())
            .expressionAttributeNames(filter.names())
            .expressionAttributeValues(filter.values());
    if (oneIn(3)) {
      request.limit(1 + random.nextInt(20));
    }
    if (oneIn(4)) {
      request.select(Select.COUNT);
    }
    if (oneIn(4)) {
      request.segment(random.nextInt(2)).totalSegments(2);
    }
    return new Step(request.build(), Expected.SAME);
  }

  // ---- batches and transactions ----

  private Step batchGet() {
    KeysAndAttributes.Builder keys =
        KeysAndAttributes.builder().keys(distinctKeys()).consistentRead(random.nextBoolean());
    if (oneIn(4)) {
      Projected projected = Projected.withKeys(random);
      keys.projectionExpression(projected.expression()).expressionAttributeNames(projected.names());
    }
    return new Step(
        BatchGetItemRequest.builder().requestItems(Map.of(Orders.NAME, keys.build())).build(),
        Expected.SAME);
  }

  private Step batchWrite() {
    List<WriteRequest> writes = new ArrayList<>();
    for (Map<String, AttributeValue> key : distinctKeys()) {
      writes.add(
          oneIn(3)
              ? WriteRequest.builder().deleteRequest(delete -> delete.key(key)).build()
              : WriteRequest.builder().putRequest(put -> put.item(item(key))).build());
    }
    Expected expected = Expected.SAME;
    if (oneIn(30)) {
      writes.add(writes.get(0)); // the same key twice
      expected = Expected.BOTH_FAIL;
    }
    return new Step(
        BatchWriteItemRequest.builder().requestItems(Map.of(Orders.NAME, writes)).build(),
        expected);
  }

  private Step transactGet() {
    List<TransactGetItem> gets = new ArrayList<>();
    for (Map<String, AttributeValue> key : distinctKeys()) {
      Projected projected = oneIn(4) ? Projected.random(random) : Projected.ALL;
      gets.add(
          TransactGetItem.builder()
              .get(
                  get ->
                      get.tableName(Orders.NAME)
                          .key(key)
                          .projectionExpression(projected.expression())
                          .expressionAttributeNames(projected.names()))
              .build());
    }
    return new Step(TransactGetItemsRequest.builder().transactItems(gets).build(), Expected.SAME);
  }

  private Step transactWrite() {
    List<TransactWriteItem> writes = new ArrayList<>();
    Expected expected = Expected.SAME;
    for (Map<String, AttributeValue> key : distinctKeys()) {
      boolean existing = exists.test(key);
      Condition condition = oneIn(3) ? Condition.random(random) : Condition.NONE;
      TransactWriteItem.Builder write = TransactWriteItem.builder();
      switch (random.nextInt(existing ? 4 : 3)) {
        case 0 ->
            write.put(
                put ->
                    put.tableName(Orders.NAME)
                        .item(item(key))
                        .conditionExpression(condition.expression())
                        .expressionAttributeNames(condition.names())
                        .expressionAttributeValues(condition.values())
                        .returnValuesOnConditionCheckFailure(onFailure()));
        case 1 ->
            write.delete(
                delete ->
                    delete
                        .tableName(Orders.NAME)
                        .key(key)
                        .conditionExpression(condition.expression())
                        .expressionAttributeNames(condition.names())
                        .expressionAttributeValues(condition.values())
                        .returnValuesOnConditionCheckFailure(onFailure()));
        case 2 -> {
          Condition check = Condition.random(random);
          write.conditionCheck(
              c ->
                  c.tableName(Orders.NAME)
                      .key(key)
                      .conditionExpression(check.expression())
                      .expressionAttributeNames(check.names())
                      .expressionAttributeValues(check.values())
                      .returnValuesOnConditionCheckFailure(onFailure()));
        }
        default -> {
          Change change = Change.random(random);
          write.update(
              update ->
                  update
                      .tableName(Orders.NAME)
                      .key(key)
                      .updateExpression(change.expression())
                      .expressionAttributeValues(change.values().isEmpty() ? null : change.values())
                      .returnValuesOnConditionCheckFailure(onFailure()));
        }
      }
      writes.add(write.build());
    }
    if (oneIn(25)) {
      Condition secret = Condition.onSecret(random);
      writes.add(
          TransactWriteItem.builder()
              .delete(
                  delete ->
                      delete
                          .tableName(Orders.NAME)
                          .key(
                              Map.of(
                                  "customer", AttributeValue.fromS("nobody"),
                                  "number", AttributeValue.fromN("1")))
                          .conditionExpression(secret.expression())
                          .expressionAttributeNames(secret.names())
                          .expressionAttributeValues(secret.values()))
              .build());
      expected = Expected.REFUSED;
    }
    return new Step(TransactWriteItemsRequest.builder().transactItems(writes).build(), expected);
  }

  // ---- parts ----

  private Map<String, AttributeValue> item() {
    return item(key());
  }

  private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(key);
    maybe(item, "city", city(random));
    maybe(item, "age", age(random));
    maybe(item, "tags", AttributeValue.fromSs(List.of("t1", "t" + (2 + random.nextInt(3)))));
    maybe(item, "visits", AttributeValue.fromN(Integer.toString(random.nextInt(10))));
    maybe(item, "memo", AttributeValue.fromS("memo " + random.nextInt(10)));
    maybe(
        item,
        "address",
        AttributeValue.fromM(
            Map.of(
                "zip", AttributeValue.fromS(oneOf("1000", "2000")),
                "floors",
                    AttributeValue.fromL(
                        List.of(
                            AttributeValue.fromN("1"),
                            AttributeValue.fromN(oneOf("2", "3")),
                            AttributeValue.fromBool(true))))));
    for (String name : Orders.SECRET) {
      maybe(item, name, secrets.value());
    }
    return item;
  }

  private void maybe(Map<String, AttributeValue> item, String name, AttributeValue value) {
    if (!oneIn(4)) {
      item.put(name, value);
    }
  }

  private Map<String, AttributeValue> key() {
    return Map.of(
        "customer", AttributeValue.fromS(customer()),
        "number", AttributeValue.fromN(Integer.toString(random.nextInt(10))));
  }

  private List<Map<String, AttributeValue>> distinctKeys() {
    Set<Map<String, AttributeValue>> keys = new HashSet<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      keys.add(key());
    }
    return List.copyOf(keys);
  }

  private String customer() {
    return "c" + random.nextInt(4);
  }

  static AttributeValue city(Random random) {
    return AttributeValue.fromS(CITIES.get(random.nextInt(CITIES.size())));
  }

  static AttributeValue age(Random random) {
    return AttributeValue.fromN(Integer.toString(10 + random.nextInt(60)));
  }

  private Condition maybeCondition() {
    return oneIn(3) ? Condition.random(random) : Condition.NONE;
  }

  private ReturnValuesOnConditionCheckFailure onFailure() {
    return oneOf(
        ReturnValuesOnConditionCheckFailure.NONE, ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
