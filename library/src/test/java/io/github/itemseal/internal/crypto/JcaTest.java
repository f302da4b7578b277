package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Which provider ciphers come from. */
class JcaTest {
  private static final String CFB = "AES/CFB/NoPadding";
  private static final String OFB = "AES/OFB/NoPadding"; // of one test alone
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

  /** Has AES, and leaves it to the provider that had it before. */
  private static final class Newcomer extends Provider {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final Service service;

    Newcomer(Provider other) {
      super("Newcomer", "1", "for this test");
      Service original = other.getService("Cipher", "AES");
      this.service =
          new Service(
              this,
              "Cipher",
              "AES",
              original.getClassName(),
              null,
              Map.of("SupportedModes", "CFB|OFB", "SupportedPaddings", "NOPADDING")) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
              return original.newInstance(parameter);
            }
          };
      putService(service);
    }
  }

  /** A key of a device: its bytes cannot be had. */
  private static final class DeviceKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return "AES";
    }

    @Override
    public String getFormat() {
      return "NONE";
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }
  }

  private static Provider providerOf(String transformation) {
    return Jca.INSTALLED.cipher(transformation, KEY).getProvider();
  }

  @Test
  void cipher_installedProviders_theFirstAsLongAsItStaysInstalled() {
    Provider newcomer = new Newcomer(Security.getProvider("SunJCE"));
    Security.insertProviderAt(newcomer, 1);
    try {
      assertThat(providerOf(OFB)).isSameAs(newcomer);
      Security.removeProvider(newcomer.getName());
      Provider other = providerOf(OFB);
      assertThat(other).isNotSameAs(newcomer);
      Security.insertProviderAt(newcomer, 1);
      assertThat(providerOf(OFB)).isSameAs(other);
    } finally {
      Security.removeProvider(newcomer.getName());
    }
  }

  @Test
  void cipher_keyOfADevice_everyInstalledProviderIsAskedForIt() {
    Cipher cipher = Jca.INSTALLED.cipher(CFB, new DeviceKey());
    assertThatThrownBy(() -> cipher.init(Cipher.ENCRYPT_MODE, new DeviceKey()))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("No installed provider supports this key");
  }

  @Test
  void cipher_preferredProviderWithoutTheAlgorithm_comesFromTheInstalledOnes() {
    Provider without =
        new Provider("Without", "1", "has nothing") {
          private static final long serialVersionUID = 1L;
        };
    assertThat(Jca.preferring(without).cipher(CFB, KEY).getProvider()).isSameAs(providerOf(CFB));
    Provider with = new Newcomer(providerOf(CFB));
    assertThat(Jca.preferring(with).cipher(CFB, KEY).getProvider()).isSameAs(with);
  }
}
