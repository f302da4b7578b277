package io.github.itemseal;

import static io.github.itemseal.CryptoAction.DO_NOTHING;
import static io.github.itemseal.CryptoAction.ENCRYPT_AND_SIGN;
import static io.github.itemseal.CryptoAction.SIGN_ONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeActionsTest {
  private final AttributeActions actions =
      AttributeActions.encryptAndSign().with("a", SIGN_ONLY).with("b", DO_NOTHING);

  @Test
  void actionFor_exceptionElseDefault() {
    assertThat(actions.actionFor("a")).isEqualTo(SIGN_ONLY);
    assertThat(actions.actionFor("b")).isEqualTo(DO_NOTHING);
    assertThat(actions.actionFor("anything")).isEqualTo(ENCRYPT_AND_SIGN);
  }

  @Test
  void with_leavesTheOriginalAlone() {
    AttributeActions changed = actions.with("a", ENCRYPT_AND_SIGN);
    assertThat(changed.actionFor("a")).isEqualTo(ENCRYPT_AND_SIGN);
    assertThat(actions.actionFor("a")).isEqualTo(SIGN_ONLY);
  }

  @Test
  void namedOnly_unnamed_isRefusedAndNoActionOfAnyAttribute() {
    AttributeActions named = AttributeActions.namedOnly().with("a", SIGN_ONLY);
    assertThat(named.refusesUnnamed()).isTrue();
    assertThat(named.isNamed("a")).isTrue();
    assertThat(named.isNamed("b")).isFalse();
    assertThat(named.contains(ENCRYPT_AND_SIGN)).isFalse();
    assertThat(named.withIndexKeys("k").actionFor("k")).isEqualTo(SIGN_ONLY);
    assertThat(named).isNotEqualTo(AttributeActions.encryptAndSign().with("a", SIGN_ONLY));
    assertThat(named).hasToString("AttributeActions[default=refused, exceptions={a=SIGN_ONLY}]");
    assertThat(AttributeActions.namedOnly().with("a", DO_NOTHING).takesNoActions()).isTrue();
    assertThat(named.takesNoActions()).isFalse();
  }

  @Test
  void mergedWith_namedOnly_bringsNothingForWhatItDoesNotName() {
    AttributeActions named = AttributeActions.namedOnly().with("a", SIGN_ONLY);
    AttributeActions other = AttributeActions.namedOnly().with("b", DO_NOTHING);
    AttributeActions merged = named.mergedWith(other);
    assertThat(merged.refusesUnnamed()).isTrue();
    assertThat(merged.exceptions()).isEqualTo(Map.of("a", SIGN_ONLY, "b", DO_NOTHING));
    assertThat(actions.mergedWith(other).refusesUnnamed()).isTrue();
    assertThat(actions.mergedWith(other).actionFor("b")).isEqualTo(DO_NOTHING);
    assertThat(actions.mergedWith(named).actionFor("a")).isEqualTo(SIGN_ONLY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*amzn-ddb-map-desc*", "*amzn-ddb-map-sig*", "aws_dbe_head", "aws_dbe_anything"})
  void with_reservedName_throws(String name) {
    assertThatThrownBy(() -> actions.with(name, DO_NOTHING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("belongs to the stored format");
  }

  @Test
  void withIndexKeys_defaultEncrypts_areSignedOnly() {
    assertThat(actions.withIndexKeys("pk", "sk", "a").exceptions())
        .isEqualTo(Map.of("pk", SIGN_ONLY, "sk", SIGN_ONLY, "a", SIGN_ONLY, "b", DO_NOTHING));
  }

  @Test
  void withIndexKeys_defaultDoesNothing_areLeftAlone() {
    AttributeActions none = AttributeActions.withDefault(DO_NOTHING);
    assertThat(none.withIndexKeys("pk").actionFor("pk")).isEqualTo(DO_NOTHING);
    assertThat(none.with("pk", SIGN_ONLY).withIndexKeys("pk").actionFor("pk")).isEqualTo(SIGN_ONLY);
  }

  @Test
  void withIndexKeys_calledTwice_changesNothing() {
    AttributeActions once = actions.withIndexKeys("pk");
    assertThat(once.withIndexKeys("pk")).isEqualTo(once);
  }

  @Test
  void withIndexKeys_keyToBeEncryptedByName_throws() {
    assertThatThrownBy(() -> actions.with("pk", ENCRYPT_AND_SIGN).withIndexKeys("pk"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'pk' is a key of the table and cannot be encrypted");
  }

  @Test
  void withSecondaryIndexKeys_keepsWhatIsSaidByName() {
    AttributeActions indexed =
        actions.with("e", ENCRYPT_AND_SIGN).withSecondaryIndexKeys("b", "e", "f");
    assertThat(indexed.actionFor("b")).isEqualTo(DO_NOTHING);
    assertThat(indexed.actionFor("e")).isEqualTo(ENCRYPT_AND_SIGN);
    assertThat(indexed.actionFor("f")).isEqualTo(SIGN_ONLY);
  }

  @Test
  void mergedWith_takesTheStrongerOfEachNameAndDefault() {
    AttributeActions other = AttributeActions.withDefault(SIGN_ONLY).with("a", ENCRYPT_AND_SIGN);
    AttributeActions merged = actions.mergedWith(other);
    assertThat(merged).isEqualTo(other.mergedWith(actions));
    assertThat(merged.defaultAction()).isEqualTo(ENCRYPT_AND_SIGN);
    assertThat(merged.actionFor("a")).isEqualTo(ENCRYPT_AND_SIGN);
    assertThat(merged.actionFor("b")).isEqualTo(SIGN_ONLY);
  }

  @Test
  void takesNoActions_onlyWithoutAnySignature() {
    AttributeActions none = AttributeActions.withDefault(DO_NOTHING).with("a", DO_NOTHING);
    assertThat(none.takesNoActions()).isTrue();
    assertThat(none.with("b", SIGN_ONLY).takesNoActions()).isFalse();
    assertThat(actions.takesNoActions()).isFalse();
  }

  @Test
  void contains_looksAtDefaultAndExceptions() {
    assertThat(actions.contains(ENCRYPT_AND_SIGN)).isTrue();
    assertThat(actions.contains(SIGN_ONLY)).isTrue();
    assertThat(AttributeActions.encryptAndSign().contains(DO_NOTHING)).isFalse();
  }
}
