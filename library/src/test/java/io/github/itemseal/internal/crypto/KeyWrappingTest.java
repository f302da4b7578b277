package io.github.itemseal.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.testing.TestKeys;
import java.security.KeyPair;
import java.security.PublicKey;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyWrappingTest {
  private static final KeyPair RSA = TestKeys.rsa();

  @ParameterizedTest
  @EnumSource(RsaPadding.class)
  void unwrapRsa_ofWrapRsa_isTheKey(RsaPadding padding) {
    SecretKey key = TestKeys.aes(128);
    byte[] wrapped = KeyWrapping.wrapRsa(RSA.getPublic(), padding, key);
    assertThat(KeyWrapping.unwrapRsa(RSA.getPrivate(), padding, wrapped, 128)).isEqualTo(key);
    assertThat(KeyWrapping.unwrapRsa(RSA.getPrivate(), padding, wrapped, 0)).isEqualTo(key);
  }

  @ParameterizedTest(name = "claimed {0} bits")
  @CsvSource({"0, 256", "128, 128", "192, 192", "256, 256"})
  void unwrapRsa_pkcs1PaddingWrong_givesASubstituteOfTheClaimedLength(int claimed, int expected) {
    byte[] blob = new byte[256]; // decrypts to zeros, which is no padding
    assertSubstitute(blob, claimed, expected);
  }

  @ParameterizedTest(name = "{0} bits inside, claimed {1}")
  @CsvSource({"128, 256, 256", "256, 128, 128", "192, 256, 256", "136, 0, 256", "8, 0, 256"})
  void unwrapRsa_pkcs1PaddingRightKeyOfAnotherLength_givesASubstituteOfTheClaimedLength(
      int inside, int claimed, int expected) throws Exception {
    assertSubstitute(pkcs1(RSA.getPublic(), new byte[inside / 8]), claimed, expected);
  }

  @Test
  void unwrapRsa_oaepBlobChanged_throwsCryptoFailure() {
    byte[] wrapped =
        KeyWrapping.wrapRsa(RSA.getPublic(), RsaPadding.OAEP_SHA256, TestKeys.aes(256));
    wrapped[100] ^= 1;
    assertThatThrownBy(
            () -> KeyWrapping.unwrapRsa(RSA.getPrivate(), RsaPadding.OAEP_SHA256, wrapped, 256))
        .isInstanceOf(CryptoFailure.class)
        .hasMessageContaining("cryptographic check failed");
  }

  @Test
  void unwrapRsa_pkcs1PaddingWrong_givesAnotherSubstituteForAnotherBlobOrKey() {
    byte[] blob = new byte[256];
    byte[] otherBlob = new byte[256];
    otherBlob[255] = 2;
    byte[] otherKeys =
        KeyWrapping.unwrapRsa(TestKeys.rsa().getPrivate(), RsaPadding.PKCS1_V15, blob, 0)
            .getEncoded();
    assertThat(unwrapPkcs1(blob, 0))
        .isNotEqualTo(unwrapPkcs1(otherBlob, 0))
        .isNotEqualTo(otherKeys);
  }

  /** The same at every try, as a key that was really there would be. */
  private static void assertSubstitute(byte[] blob, int claimedBits, int expectedBits) {
    byte[] first = unwrapPkcs1(blob, claimedBits);
    assertThat(first).hasSize(expectedBits / 8);
    assertThat(unwrapPkcs1(blob, claimedBits)).isEqualTo(first);
  }

  private static byte[] unwrapPkcs1(byte[] blob, int claimedBits) {
    return KeyWrapping.unwrapRsa(RSA.getPrivate(), RsaPadding.PKCS1_V15, blob, claimedBits)
        .getEncoded();
  }

  private static byte[] pkcs1(PublicKey key, byte[] message) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return cipher.doFinal(message);
  }
}
