package io.github.itemseal.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.util.VersionInfo;

/** The SDK that the tests of this module run on is the one that was asked for. */
class SdkVersionTest {
  @Test
  void sdk_onTheClassPath_isTheOneToTry() throws ReflectiveOperationException {
    // By reflection: the compiler copies constants.
    Object version = VersionInfo.class.getField("SDK_VERSION").get(null);
    System.out.println("On AWS SDK for Java " + version);
    assertThat(version).isEqualTo(System.getProperty("itemseal.sdk"));
  }
}
