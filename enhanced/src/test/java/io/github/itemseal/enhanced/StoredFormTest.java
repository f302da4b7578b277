package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.internal.value.DynamoDbEquality;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The change of a mapped set on the stored one, for each type of sets; members are numbers. */
@ParameterizedClass(name = "{0}")
@MethodSource("types")
class StoredFormTest {
  private final Function<List<String>, AttributeValue> set;

  StoredFormTest(String type, Function<List<String>, AttributeValue> set) {
    this.set = set;
  }

  static Stream<Arguments> types() {
    Function<List<String>, AttributeValue> texts = AttributeValue::fromSs;
    Function<List<String>, AttributeValue> numbers = AttributeValue::fromNs;
    Function<List<String>, AttributeValue> binaries =
        members -> AttributeValue.fromBs(members.stream().map(SdkBytes::fromUtf8String).toList());
    return Stream.of(
        Arguments.of("SS", texts), Arguments.of("NS", numbers), Arguments.of("BS", binaries));
  }

  @ParameterizedTest(name = "stored {0}, mapped {1}, changed to {2}")
  @CsvSource({
    "1 2, 1 2, 1 3, 1 3",
    "1 2, 1, 1 3, 1 2 3", // left out by the mapping
    "1 2, '', 3, 1 2 3", // all left out
    "1 2, '', '', 1 2",
    "1 2, '', 1, 1 2",
  })
  void set_changed_keepsWhatTheMappingLeavesOut(
      String stored, String before, String after, String expected) {
    AttributeValue changed = StoredForm.CHANGED.of(set(stored), set(before), set(after));

    assertThat(DynamoDbEquality.same(changed, set(expected))).as("%s", changed).isTrue();
  }

  private AttributeValue set(String members) {
    return set.apply(Arrays.stream(members.split(" ")).filter(m -> !m.isEmpty()).toList());
  }
}
