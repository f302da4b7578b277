package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.TestKeys;
import java.security.KeyPair;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {
  private static final KeyPair RSA = TestKeys.rsa();
  private static final KeyPair EC = TestKeys.ec("secp256r1");
  private static final EncryptionContext CONTEXT =
      EncryptionContext.builder().tableName("T").build();

  private static StaticMaterialsProvider signingOnly(SigningKeys keys) {
    return StaticMaterialsProvider.builder().signingKeys(keys).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HmacSHA224", "HmacSHA256", "HmacSHA384", "HmacSHA512", "hmacsha256"})
  void mac_knownAlgorithm_signsAndVerifiesWithExactlyThat(String algorithm) {
    StaticMaterialsProvider provider = signingOnly(SigningKeys.mac(TestKeys.hmac(algorithm)));
    SigningAlgorithm expected = SigningAlgorithm.fromJcaName(algorithm).orElseThrow();
    assertThat(provider.encryptionMaterials(CONTEXT).signingAlgorithm()).isEqualTo(expected);
    assertThat(provider.decryptionMaterials(CONTEXT).verificationAlgorithms())
        .containsExactly(expected);
  }

  @Test
  void verifier_macOfPublishedVectors_verifiesAndDoesNotSign() {
    SecretKey key = new SecretKeySpec(new byte[8], "HmacSHA256");
    StaticMaterialsProvider provider = signingOnly(SigningKeys.verifier(key));
    assertThat(provider.decryptionMaterials(CONTEXT).verificationKey()).isEqualTo(key);
    assertThatThrownBy(() -> provider.encryptionMaterials(CONTEXT))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("cannot sign items");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AES", "HmacMD5", "SHA256withRSA"})
  void mac_otherAlgorithm_throws(String algorithm) {
    assertThatThrownBy(() -> SigningKeys.mac(TestKeys.hmac(algorithm)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + algorithm + "' cannot sign items");
  }

  @Test
  void keyPair_rsa_signsWithSha256AndVerifiesTheFamily() {
    StaticMaterialsProvider provider = signingOnly(SigningKeys.keyPair(RSA));
    assertThat(provider.encryptionMaterials(CONTEXT).signingAlgorithm())
        .isEqualTo(SigningAlgorithm.RSA_SHA256);
    assertThat(provider.decryptionMaterials(CONTEXT).verificationAlgorithms())
        .contains(SigningAlgorithm.RSA_SHA512)
        .doesNotContain(SigningAlgorithm.ECDSA_SHA256, SigningAlgorithm.HMAC_SHA256);
  }

  @Test
  void signingWith_algorithmOfAnotherFamily_throws() {
    assertThatThrownBy(() -> SigningKeys.keyPair(RSA).signingWith(SigningAlgorithm.ECDSA_SHA256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SHA256withECDSA does not fit the signing key");
  }

  @Test
  void verifyingWith_narrowerSet_isWhatMaterialsAllow() {
    SigningKeys keys = SigningKeys.keyPair(EC).verifyingWith(Set.of(SigningAlgorithm.ECDSA_SHA384));
    assertThat(signingOnly(keys).decryptionMaterials(CONTEXT).verificationAlgorithms())
        .containsExactly(SigningAlgorithm.ECDSA_SHA384);
  }

  @Test
  void verifier_askedToSign_throwsKeyNotConfigured() {
    StaticMaterialsProvider provider = signingOnly(SigningKeys.verifier(RSA.getPublic()));
    assertThatThrownBy(() -> provider.encryptionMaterials(CONTEXT))
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.KEY_NOT_CONFIGURED))
        .hasMessageContaining("cannot sign items");
  }

  @Test
  void signer_askedToVerify_throwsKeyNotConfigured() {
    StaticMaterialsProvider provider = signingOnly(SigningKeys.signer(RSA.getPrivate()));
    assertThatThrownBy(() -> provider.decryptionMaterials(CONTEXT))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("cannot verify items");
  }

  @Test
  void of_twoMacKeys_signsWithOneAndVerifiesWithTheOther() {
    SigningKeys keys = SigningKeys.of(TestKeys.hmac("HmacSHA256"), TestKeys.hmac("HmacSHA512"));
    assertThat(signingOnly(keys).encryptionMaterials(CONTEXT).signingAlgorithm())
        .isEqualTo(SigningAlgorithm.HMAC_SHA256);
    assertThat(signingOnly(keys).decryptionMaterials(CONTEXT).verificationAlgorithms())
        .containsExactly(SigningAlgorithm.HMAC_SHA512);
  }

  @Test
  void toString_ofKeysAndMaterials_showsNoKey() {
    SigningKeys keys = SigningKeys.mac(TestKeys.hmac());
    assertThat(keys.toString()).isEqualTo("SigningKeys[signs=HMAC_SHA256, verifies=[HMAC_SHA256]]");
    assertThat(signingOnly(keys).encryptionMaterials(CONTEXT).toString())
        .isEqualTo("EncryptionMaterials[encrypts=false, signs=HMAC_SHA256, MaterialDescription[]]");
  }
}
