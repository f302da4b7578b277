package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.TestKeys;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;

/** RSA keys of the user's own: halves, PEM, and what cannot be opened. */
class RawRsaKeyringTest {
  private static final KeyPair PAIR = TestKeys.rsa();

  private static RawRsaKeyring.Builder builder(RsaKeyPadding padding) {
    return RawRsaKeyring.builder("ns", "kn", padding);
  }

  private static String pem(String label, Key key) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(key.getEncoded()));
  }

  private static DecryptionMaterials toRead(EncryptedDataKey key) {
    return Twins.toRead(Twins.CONTEXT, List.of(key));
  }

  @ParameterizedTest
  @EnumSource(RsaKeyPadding.class)
  void pem_eachHalfAlone_writesWhatTheOtherReads(RsaKeyPadding padding) {
    RawRsaKeyring writer =
        builder(padding).publicKeyPem(pem("PUBLIC KEY", PAIR.getPublic())).build();
    RawRsaKeyring reader =
        builder(padding).privateKeyPem(pem("PRIVATE KEY", PAIR.getPrivate())).build();
    EncryptionMaterials written = writer.onEncrypt(Twins.toWrite());
    DecryptionMaterials materials = Twins.toRead(written);

    assertThat(reader.onDecrypt(materials).dataKey()).isEqualTo(written.dataKey());
    assertThatThrownBy(() -> reader.onEncrypt(Twins.toWrite()))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("has no public key");
    assertThatThrownBy(() -> writer.onDecrypt(materials))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("has no private key");
  }

  @Test
  void pem_ofSomethingElse_throwsWithoutQuotingIt() {
    RawRsaKeyring.Builder builder = builder(RsaKeyPadding.OAEP_SHA256);
    String privateKey = pem("PRIVATE KEY", PAIR.getPrivate());
    String ec = pem("PUBLIC KEY", TestKeys.ec("secp256r1").getPublic());
    for (String text : List.of("", privateKey, ec, pem("PUBLIC KEY", PAIR.getPrivate()))) {
      assertThatThrownBy(() -> builder.publicKeyPem(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Expected an RSA key in a PEM block 'PUBLIC KEY'.")
          .hasNoCause();
    }
    String cut = privateKey.substring(0, privateKey.length() / 2);
    for (String text : List.of(cut, pem("RSA PRIVATE KEY", PAIR.getPrivate()))) {
      assertThatThrownBy(() -> builder.privateKeyPem(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Expected an RSA key in a PEM block 'PRIVATE KEY'.")
          .hasNoCause();
    }
  }

  @Test
  void build_halvesOfDifferentPairs_throws() {
    assertThatThrownBy(
            () ->
                builder(RsaKeyPadding.OAEP_SHA256)
                    .publicKey(PAIR.getPublic())
                    .privateKey(otherPair().getPrivate())
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different key pairs");
  }

  private static KeyPair otherPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  /** Bleichenbacher's attack lives on any difference between good and bad padding. */
  @Test
  void onDecrypt_pkcs1PaddingGoodOrBad_failsInOneWay() throws GeneralSecurityException {
    RawRsaKeyring keyring = builder(RsaKeyPadding.PKCS1).keyPair(PAIR).build();
    EncryptedDataKey written = keyring.onEncrypt(Twins.toWrite()).encryptedDataKeys().get(0);
    byte[] badPadding = new byte[256];
    badPadding[255] = 2;
    Throwable expected = catchThrowable(() -> keyring.onDecrypt(toRead(with(written, badPadding))));

    assertThat(expected).isInstanceOf(ItemAuthenticationException.class).hasNoCause();
    for (byte[] wrapped :
        List.of(pkcs1(new byte[32]), pkcs1(new byte[31]), pkcs1(new byte[0]), new byte[256])) {
      assertThatThrownBy(() -> keyring.onDecrypt(toRead(with(written, wrapped))))
          .isInstanceOf(ItemAuthenticationException.class)
          .hasMessage(expected.getMessage())
          .hasNoCause();
    }
  }

  private static byte[] pkcs1(byte[] plaintext) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, PAIR.getPublic());
    return cipher.doFinal(plaintext);
  }

  private static EncryptedDataKey with(EncryptedDataKey key, byte[] wrapped) {
    byte[] ciphertext = Arrays.copyOf(key.ciphertext().asByteArray(), 48 + wrapped.length);
    System.arraycopy(wrapped, 0, ciphertext, 48, wrapped.length);
    return new EncryptedDataKey(
        key.providerId(), key.providerInfo(), SdkBytes.fromByteArray(ciphertext));
  }
}
