package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.AlgorithmParameters;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which provider ciphers come from. */
class JcaTest {
  private static final String CBC = "AES/CBC/NoPadding";
  private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
  private static final IvParameterSpec VECTOR = new IvParameterSpec(new byte[16]);
  private static final Provider SUN = Security.getProvider("SunJCE");

  private final InstalledCiphers installed = new InstalledCiphers();
  private final Provider newcomer = new Newcomer(() -> originalOf("AES"));

  /** Has AES of its own. */
  private static final class Newcomer extends Provider {
    private static final long serialVersionUID = 1L;

    Newcomer(Supplier<Object> aes) {
      super("Newcomer", "1", "for this test");
      putService(
          new Service(
              this,
              "Cipher",
              "AES",
              CipherSpi.class.getName(),
              null,
              Map.of("SupportedModes", "CBC", "SupportedPaddings", "NOPADDING")) {
            @Override
            public Object newInstance(Object parameter) {
              return aes.get();
            }
          });
    }
  }

  private static Object originalOf(String algorithm) {
    try {
      return SUN.getService("Cipher", algorithm).newInstance(null);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes no key that is no more than its bytes, as those of some devices. */
  private static final class Refusing extends CipherSpi {
    @Override
    protected void engineSetMode(String mode) {}

    @Override
    protected void engineSetPadding(String padding) {}

    @Override
    protected int engineGetBlockSize() {
      return 16;
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
      return inputLength;
    }

    @Override
    protected byte[] engineGetIV() {
      return new byte[16];
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
      return null;
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
      throw new InvalidKeyException("not a key of this device");
    }

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
        throws InvalidKeyException {
      throw new InvalidKeyException("not a key of this device");
    }

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameters parameters, SecureRandom random)
        throws InvalidKeyException {
      throw new InvalidKeyException("not a key of this device");
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int at) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineDoFinal(byte[] input, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int at) {
      throw new UnsupportedOperationException();
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

  @AfterEach
  void removeNewcomer() {
    Security.removeProvider(newcomer.getName());
  }

  private Provider chosen() throws Exception {
    return installed.cipher(CBC, Cipher.ENCRYPT_MODE, KEY, VECTOR).getProvider();
  }

  @Test
  void cipher_firstProviderThatHasIt_isKept() throws Exception {
    Security.insertProviderAt(newcomer, 1);
    assertThat(chosen()).isSameAs(newcomer);
    Security.removeProvider(newcomer.getName());
    assertThat(chosen()).isSameAs(newcomer);
    assertThat(new InstalledCiphers().cipher(CBC, Cipher.ENCRYPT_MODE, KEY, VECTOR).getProvider())
        .isSameAs(SUN);
  }

  @Test
  void cipher_secondOne_isAskedForByANameThatTheProviderLists() throws Exception {
    assertThat(algorithmTwice(CBC, 32)).isEqualTo("AES_256/CBC/NoPadding");
    assertThat(algorithmTwice(CBC, 16)).isEqualTo("AES_128/CBC/NoPadding");
    assertThat(algorithmTwice("AES/GCM/NoPadding", 32)).isEqualTo("AES/GCM/NoPadding");
    Security.insertProviderAt(newcomer, 1);
    assertThat(algorithmTwice(CBC, 24)).as("it lists only AES").isEqualTo(CBC);
  }

  private String algorithmTwice(String transformation, int keyBytes) throws Exception {
    SecretKeySpec key = new SecretKeySpec(new byte[keyBytes], "AES");
    AlgorithmParameterSpec parameters =
        transformation.contains("GCM") ? AesGcm.zeroNonce() : VECTOR;
    installed.cipher(transformation, Cipher.DECRYPT_MODE, key, parameters);
    return installed.cipher(transformation, Cipher.DECRYPT_MODE, key, parameters).getAlgorithm();
  }

  @Test
  void cipher_firstProviderRefusesTheKey_theNextIsAsked() throws Exception {
    Security.insertProviderAt(new Newcomer(Refusing::new), 1);
    assertThat(chosen()).isSameAs(SUN);
    assertThat(chosen()).isSameAs(SUN);
  }

  @Test
  void cipher_keyThatNobodyTakes_failsAsJcaSays() throws Exception {
    assertThat(chosen()).isSameAs(SUN);
    SecretKeySpec tooShort = new SecretKeySpec(new byte[7], "AES");
    assertThatThrownBy(() -> installed.cipher(CBC, Cipher.ENCRYPT_MODE, tooShort, VECTOR))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("7 bytes");
  }

  @Test
  void cipher_keyOfADevice_everyInstalledProviderIsAskedForIt() {
    assertThatThrownBy(
            () -> Jca.INSTALLED.cipher(CBC, Cipher.ENCRYPT_MODE, new DeviceKey(), VECTOR))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessageContaining("No installed provider supports this key");
  }

  @Test
  void cipher_preferredProvider_isAskedForWhatItHas() throws Exception {
    Provider without =
        new Provider("Without", "1", "has nothing") {
          private static final long serialVersionUID = 1L;
        };
    assertThat(Jca.preferring(without).cipher(CBC, Cipher.ENCRYPT_MODE, KEY, VECTOR).getProvider())
        .isSameAs(SUN);
    assertThat(Jca.preferring(newcomer).cipher(CBC, Cipher.ENCRYPT_MODE, KEY, VECTOR).getProvider())
        .isSameAs(newcomer);
  }
}
