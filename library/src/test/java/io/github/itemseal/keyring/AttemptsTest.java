package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.flow.BlockingFlow;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.testing.TestKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One attempt after the other, as all keyrings make them that open what they can. */
class AttemptsTest {
  private final DecryptionMaterials materials =
      Twins.toRead(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)).onEncrypt(Twins.toWrite()));
  private final MaterialsUnavailableException notOurs =
      new MaterialsUnavailableException(
          FailureReason.KEY_NOT_CONFIGURED, materials.subject(), "not ours", null);
  private final MaterialsUnavailableException down =
      new MaterialsUnavailableException(
          FailureReason.KEY_SOURCE_FAILED, materials.subject(), "down", null);
  private final ItemAuthenticationException changed =
      new ItemAuthenticationException(materials.subject());
  private final List<Object> tried = new ArrayList<>();

  /** Attempts that fail with these; anything else succeeds. */
  private Step<DecryptionMaterials> firstOf(Object... outcomes) {
    return Attempts.firstOf(
        materials,
        List.of(outcomes),
        outcome -> {
          tried.add(outcome);
          return outcome instanceof Throwable failure ? Step.failed(failure) : Step.done(materials);
        });
  }

  @Test
  void firstOf_oneSucceeds_isItsOutcomeAndNoOtherIsTried() {
    assertThat(BlockingFlow.run(firstOf(notOurs, changed, "opens", down))).isSameAs(materials);
    assertThat(tried).containsExactly(notOurs, changed, "opens");
  }

  @Test
  void firstOf_noneSucceeds_failsWithTheKeySourceThatFailedAndKeepsTheOthers() {
    assertThatThrownBy(() -> BlockingFlow.run(firstOf(notOurs, down, changed))).isSameAs(down);
    assertThat(down).hasSuppressedException(notOurs).hasSuppressedException(changed);
  }

  @Test
  void firstOf_nothingToTry_saysThatNoKeyFits() {
    assertThatThrownBy(() -> BlockingFlow.run(firstOf()))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("No configured key opens the item");
  }

  @Test
  void firstOf_attemptThatThrowsAtOnce_countsLikeAStepThatFails() {
    Step<DecryptionMaterials> step =
        Attempts.firstOf(
            materials,
            List.of(1, 2),
            attempt -> {
              if (attempt == 1) {
                throw changed;
              }
              return Step.done(materials);
            });
    assertThat(BlockingFlow.run(step)).isSameAs(materials);
  }

  /** Whoever cancels, or has a broken program, does not want the next attempt. */
  @ParameterizedTest
  @ValueSource(
      classes = {CancellationException.class, NoClassDefFoundError.class, IOException.class})
  void firstOf_attemptEndsTheWhole_isItsFailureAndNoOtherIsTried(Class<Throwable> type)
      throws ReflectiveOperationException {
    Throwable end = type.getConstructor().newInstance();
    Throwable thrown = catchThrowable(() -> BlockingFlow.run(firstOf(down, end, "opens")));
    assertThat(thrown instanceof CompletionException ? thrown.getCause() : thrown).isSameAs(end);
    assertThat(tried).containsExactly(down, end);
    assertThat(end).hasNoSuppressedExceptions();
  }

  @Test
  void firstOf_stepRunTwice_countsItsFailuresAnew() {
    Step<DecryptionMaterials> step = firstOf(notOurs);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> BlockingFlow.run(step)).isSameAs(notOurs);
    }
    assertThat(tried).containsExactly(notOurs, notOurs);
  }
}
