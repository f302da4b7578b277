package io.github.itemseal.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.TableUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

class IndexCompletionTest {
  private static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/People";

  private static Map<String, AttributeValue> key(int number) {
    return Map.of("id", AttributeValue.fromN("" + number));
  }

  private static Map<String, AttributeValue> whole(Map<String, AttributeValue> key) {
    return Map.of("id", key.get("id"), "more", AttributeValue.fromS("of " + key.get("id").n()));
  }

  private static IndexCompletion completion(int... numbers) {
    List<Map<String, AttributeValue>> page =
        IntStream.of(numbers)
            .mapToObj(n -> Map.of("id", key(n).get("id"), "city", AttributeValue.fromS("Oslo")))
            .toList();
    return new IndexCompletion(
        ARN, Optional.empty(), ReadPlanTest.table(ReadPlanTest.OPEN, true), page);
  }

  private static List<Map<String, AttributeValue>> keysOf(BatchGetItemRequest request) {
    return request.requestItems().get(ARN).keys();
  }

  /** An answer that leaves some of the keys unprocessed, in another order than asked. */
  private static BatchGetItemResponse answer(
      List<Map<String, AttributeValue>> found, List<Map<String, AttributeValue>> unprocessed) {
    List<Map<String, AttributeValue>> items =
        new ArrayList<>(found.stream().map(IndexCompletionTest::whole).toList());
    Collections.reverse(items);
    return BatchGetItemResponse.builder()
        .responses(Map.of("People", items))
        .unprocessedKeys(
            unprocessed.isEmpty()
                ? Map.of()
                : Map.of("People", KeysAndAttributes.builder().keys(unprocessed).build()))
        .build();
  }

  @Test
  void items_everyKeyAnswered_areInTheOrderOfThePage() {
    IndexCompletion completion = completion(3, 1, 2);
    BatchGetItemRequest request = completion.next().orElseThrow();
    assertThat(request.requestItems().get(ARN).consistentRead()).isTrue();
    completion.add(answer(keysOf(request), List.of()));
    assertThat(completion.next()).isEmpty();
    assertThat(completion.items()).containsExactly(whole(key(3)), whole(key(1)), whole(key(2)));
  }

  @Test
  void items_keysAnsweredInAnotherNotation_areTheSameKeys() {
    Map<String, AttributeValue> written = Map.of("id", AttributeValue.fromN("1.0"));
    IndexCompletion completion =
        new IndexCompletion(
            ARN,
            Optional.empty(),
            ReadPlanTest.table(ReadPlanTest.OPEN, true),
            List.of(written, key(1)));
    assertThat(keysOf(completion.next().orElseThrow())).hasSize(1); // DynamoDB refuses a key twice
    completion.add(answer(List.of(key(1)), List.of()));
    assertThat(completion.items()).containsExactly(whole(key(1)), whole(key(1)));
  }

  @Test
  void next_settingsOfTheRequest_goAlong() {
    AwsRequestOverrideConfiguration settings =
        AwsRequestOverrideConfiguration.builder().putHeader("x-trace", "7").build();
    IndexCompletion completion =
        new IndexCompletion(
            ARN,
            Optional.of(settings),
            ReadPlanTest.table(ReadPlanTest.OPEN, true),
            List.of(key(1)));
    assertThat(completion.next().orElseThrow().overrideConfiguration()).contains(settings);
  }

  @Test
  void items_oneIsGone_isLeftOut() {
    IndexCompletion completion = completion(1, 2, 3);
    completion.add(answer(List.of(key(1), key(3)), List.of()));
    assertThat(completion.next()).isEmpty();
    assertThat(completion.items()).containsExactly(whole(key(1)), whole(key(3)));
  }

  @Test
  void next_emptyPage_isNone() {
    assertThat(completion().next()).isEmpty();
    assertThat(completion().items()).isEmpty();
  }

  @Test
  void next_sameItemTwice_asksForItOnce() {
    IndexCompletion completion = completion(1, 1);
    assertThat(keysOf(completion.next().orElseThrow())).containsExactly(key(1));
    completion.add(answer(List.of(key(1)), List.of()));
    assertThat(completion.items()).hasSize(2);
  }

  @Test
  void next_moreThanAHundredKeys_areAskedForHundredAtATime() {
    IndexCompletion completion = completion(IntStream.range(0, 250).toArray());
    List<Integer> sizes = new ArrayList<>();
    while (completion.next().isPresent()) {
      List<Map<String, AttributeValue>> keys = keysOf(completion.next().get());
      sizes.add(keys.size());
      completion.add(answer(keys, List.of()));
      assertThat(completion.pause()).isEqualTo(Duration.ZERO);
    }
    assertThat(sizes).containsExactly(100, 100, 50);
    assertThat(completion.items()).hasSize(250).startsWith(whole(key(0))).endsWith(whole(key(249)));
  }

  @Test
  void add_keysLeftUnprocessed_asksForThemAgainAfterAPause() {
    IndexCompletion completion = completion(1, 2, 3);
    completion.add(answer(List.of(key(2)), List.of(key(1), key(3))));
    assertThat(completion.pause()).isEqualTo(Duration.ofMillis(50));
    assertThat(keysOf(completion.next().orElseThrow())).containsExactly(key(1), key(3));
    completion.add(answer(List.of(), List.of(key(1), key(3))));
    assertThat(completion.pause()).isEqualTo(Duration.ofMillis(100));
    completion.add(answer(List.of(key(3)), List.of(key(1))));
    assertThat(completion.pause()).isEqualTo(Duration.ofMillis(50)); // it moves again
    completion.add(answer(List.of(key(1)), List.of()));
    assertThat(completion.items()).hasSize(3);
  }

  @Test
  void add_nothingProcessedAgainAndAgain_throws() {
    IndexCompletion completion = completion(1, 2);
    BatchGetItemResponse nothing = answer(List.of(), List.of(key(1), key(2)));
    for (int i = 0; i < 7; i++) {
      completion.add(nothing);
    }
    assertThat(completion.pause()).isEqualTo(Duration.ofMillis(3200));
    assertThatThrownBy(() -> completion.add(nothing))
        .isInstanceOfSatisfying(
            TableUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEYS_UNPROCESSED))
        .hasMessageContaining("2 items that an index of table 'People' names")
        .hasMessageContaining("unprocessed 8 times");
  }
}
