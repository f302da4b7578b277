package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the caller passes in stays as it is, down to the arrays behind its binary values. */
class CallerDataTest {
  static List<AttackTarget> targets() {
    return AttackTarget.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void encryptItem_givenItem_isNotChanged(AttackTarget target) {
    Exposed item = new Exposed(AttackTarget.plaintext());

    target.encryptor().encryptItem(Collections.unmodifiableMap(item.item));

    item.assertUnchanged();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_givenItem_isNotChanged(AttackTarget target) {
    Exposed item = new Exposed(target.stored());

    target.encryptor().decryptItem(Collections.unmodifiableMap(item.item));

    item.assertUnchanged();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_refusedItem_isNotChanged(AttackTarget target) {
    Map<String, AttributeValue> stored = target.stored();
    stored.put("sS", AttributeValue.fromS("2"));
    Exposed item = new Exposed(stored);

    assertThatThrownBy(() -> target.encryptor().decryptItem(item.item))
        .hasMessage(AttackTarget.MESSAGE);

    item.assertUnchanged();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void encryptItem_returnedItem_isTheCallersOwn(AttackTarget target) {
    Map<String, AttributeValue> plaintext = AttackTarget.plaintext();
    Map<String, AttributeValue> stored = target.encryptor().encryptItem(plaintext);
    Map<String, AttributeValue> opened = target.encryptor().decryptItem(stored);
    int size = stored.size();

    opened.clear();
    plaintext.clear();

    assertThat(stored).hasSize(size);
    assertThat(target.encryptor().decryptItem(stored)).isEqualTo(AttackTarget.plaintext());
  }

  /** An item over arrays that are reachable from outside, and a copy of all of it. */
  private static final class Exposed {
    final Map<String, AttributeValue> item = new LinkedHashMap<>();
    private final Map<String, AttributeValue> copy;
    private final List<byte[]> arrays = new ArrayList<>();
    private final List<byte[]> arrayCopies = new ArrayList<>();

    Exposed(Map<String, AttributeValue> original) {
      copy = new LinkedHashMap<>(original);
      original.forEach((name, value) -> item.put(name, expose(value)));
    }

    private AttributeValue expose(AttributeValue value) {
      return switch (value.type()) {
        case B -> AttributeValue.fromB(expose(value.b()));
        case BS -> AttributeValue.fromBs(value.bs().stream().map(this::expose).toList());
        default -> value;
      };
    }

    private SdkBytes expose(SdkBytes bytes) {
      arrays.add(bytes.asByteArray());
      arrayCopies.add(bytes.asByteArray());
      return SdkBytes.fromByteArrayUnsafe(arrays.get(arrays.size() - 1));
    }

    void assertUnchanged() {
      assertThat(item).containsExactlyEntriesOf(copy);
      assertThat(arrays).isNotEmpty().containsExactlyElementsOf(arrayCopies);
    }
  }
}
