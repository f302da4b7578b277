package io.github.itemseal;

import static io.github.itemseal.AttackTarget.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.testing.BitFlips;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every single bit of a stored item of either format, one at a time. */
class BitFlipTest {
  static List<AttackTarget> targets() {
    return AttackTarget.all();
  }

  static List<AttackTarget> ddbec() {
    return AttackTarget.ddbec();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void decryptItem_anySignedBitFlipped_isRefused(AttackTarget target) {
    ItemEncryptor encryptor = target.encryptor();
    Map<String, AttributeValue> stored = target.stored();
    BitFlips flips = new BitFlips();
    Map<FailureReason, Integer> reasons = new TreeMap<>();
    for (String name : stored.keySet()) {
      if (name.equals("n") || name.equals(Ddbec.DESCRIPTION_ATTRIBUTE)) {
        continue; // unsigned
      }
      for (AttributeValue flipped : flips.of(stored.get(name))) {
        Map<String, AttributeValue> attacked = new LinkedHashMap<>(stored);
        attacked.put(name, flipped);
        FailureReason reason =
            assertRefused(
                name + " " + flipped,
                () -> encryptor.decryptItem(attacked),
                target.refusalsOf(name));
        reasons.merge(reason, 1, Integer::sum);
      }
    }
    System.out.printf(
        "BitFlipTest %s: refused %s; skipped %d that are no UTF-8 and %d that are no number%n",
        target, reasons, flips.notText(), flips.notNumber());
    assertThat(reasons.get(FailureReason.NOT_AUTHENTIC)).isGreaterThan(700);
  }

  /** The description is not signed: a flip may go unnoticed, but must not change the item. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("ddbec")
  void decryptItem_anyDescriptionBitFlipped_throwsOrReturnsTheItem(AttackTarget target) {
    ItemEncryptor encryptor = target.encryptor();
    Map<String, AttributeValue> stored = target.stored();
    if (!stored.containsKey(Ddbec.DESCRIPTION_ATTRIBUTE)) {
      return; // nothing to say: HMAC, no content key
    }
    SdkBytes description = stored.get(Ddbec.DESCRIPTION_ATTRIBUTE).b();
    Map<String, Integer> outcomes = new HashMap<>();
    for (SdkBytes flipped : new BitFlips().bytes(description)) {
      Map<String, AttributeValue> attacked = new LinkedHashMap<>(stored);
      attacked.put(Ddbec.DESCRIPTION_ATTRIBUTE, AttributeValue.fromB(flipped));
      outcomes.merge(outcome(encryptor, attacked), 1, Integer::sum);
    }
    System.out.printf("BitFlipTest description, %s: %s%n", target, outcomes);
    assertThat(outcomes.keySet())
        .isSubsetOf(
            "unnoticed",
            "NOT_AUTHENTIC",
            "DESCRIPTION_MALFORMED",
            "DESCRIPTION_INCOMPLETE",
            "ALGORITHM_NOT_ALLOWED");
  }

  private static String outcome(ItemEncryptor encryptor, Map<String, AttributeValue> attacked) {
    try {
      assertThat(encryptor.decryptItem(attacked)).isEqualTo(AttackTarget.plaintext());
      return "unnoticed";
    } catch (ItemsealException e) {
      if (e instanceof ItemAuthenticationException) {
        assertThat(e).hasMessage(AttackTarget.MESSAGE);
      }
      return e.reason().name();
    }
  }
}
