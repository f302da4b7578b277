package io.github.itemseal.keyring;

import static io.github.itemseal.keyring.BranchKeysForTest.FIRST;
import static io.github.itemseal.keyring.BranchKeysForTest.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticBranchKeysTest {
  private static final BranchKey OLD = BranchKeysForTest.key("a", FIRST);
  private static final BranchKey NEW = BranchKeysForTest.key("a", SECOND);
  private static final BranchKey OTHER = BranchKeysForTest.key("b", FIRST);

  private final StaticBranchKeys keys =
      StaticBranchKeys.of(OLD, NEW, OTHER).withBeaconKey(new byte[32]);

  @Test
  void activeKey_severalVersions_isTheLastOne() {
    assertThat(keys.activeKey("a")).isSameAs(NEW);
    assertThat(keys.activeKey("b")).isSameAs(OTHER);
    assertThat(keys.activeKeyAsync("a").join()).isSameAs(NEW);
  }

  @Test
  void keyVersion_each_isThere() {
    assertThat(keys.keyVersion("a", FIRST)).isSameAs(OLD);
    assertThat(keys.keyVersionAsync("a", SECOND).join()).isSameAs(NEW);
  }

  @Test
  void beaconKey_given_isOfEveryBranchKey() {
    assertThat(keys.beaconKey("b").branchKeyId()).isEqualTo("b");
    assertThat(keys.beaconKeyAsync("a").join().key().getEncoded()).isEqualTo(new byte[32]);
    assertThatThrownBy(() -> StaticBranchKeys.of(OLD).beaconKey("a"))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("no beacon key");
  }

  @Test
  void anyKey_notGiven_throwsNotFound() {
    assertThatThrownBy(() -> keys.activeKey("c"))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("no branch key 'c'")
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.MATERIAL_VERSION_NOT_FOUND);
    assertThatThrownBy(() -> keys.keyVersion("b", SECOND))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("no version " + SECOND + " of branch key 'b'");
    assertThat(keys.activeKeyAsync("c")).isCompletedExceptionally();
  }

  @Test
  void of_versionGivenTwice_throwsIllegalArgument() {
    assertThatThrownBy(() -> StaticBranchKeys.of(OLD, NEW, OLD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("given twice");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33})
  void branchKey_otherLength_throwsIllegalArgument(int bytes) {
    assertThatThrownBy(() -> BranchKey.of("a", UUID.randomUUID(), Map.of(), new byte[bytes]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 32 bytes, not " + bytes);
    assertThatThrownBy(() -> keys.withBeaconKey(new byte[bytes]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 32 bytes, not " + bytes);
  }

  @Test
  void toString_anyOfThem_showsNoKey() {
    BranchKey secret =
        BranchKey.of(
            "a", FIRST, Map.of("k", "value"), "0123".repeat(8).getBytes(StandardCharsets.US_ASCII));
    assertThat(secret + " " + keys + " " + keys.beaconKey("a"))
        .doesNotContain("0123")
        .doesNotContain("value")
        .contains("versions=3");
  }
}
