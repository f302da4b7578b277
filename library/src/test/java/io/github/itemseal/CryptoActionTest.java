package io.github.itemseal;

import static io.github.itemseal.CryptoAction.DO_NOTHING;
import static io.github.itemseal.CryptoAction.ENCRYPT_AND_SIGN;
import static io.github.itemseal.CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;
import static io.github.itemseal.CryptoAction.SIGN_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CryptoActionTest {
  @Test
  void value_ofTheThreeOldActions_isTheGuidesNumber() {
    assertThat(DO_NOTHING.value()).isEqualTo(0);
    assertThat(SIGN_ONLY.value()).isEqualTo(1);
    assertThat(ENCRYPT_AND_SIGN.value()).isEqualTo(2);
  }

  @Test
  void compareTo_actions_areOrderedFromWeakestToStrongest() {
    assertThat(CryptoAction.values())
        .containsExactly(
            DO_NOTHING, SIGN_ONLY, SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT, ENCRYPT_AND_SIGN)
        .isSorted();
  }

  @Test
  void strongest_encryptingAndReadable_encrypts() {
    assertThat(CryptoAction.strongest(SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT, ENCRYPT_AND_SIGN))
        .isEqualTo(ENCRYPT_AND_SIGN);
    assertThat(CryptoAction.strongest(SIGN_ONLY, DO_NOTHING)).isEqualTo(SIGN_ONLY);
  }
}
