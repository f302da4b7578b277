package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.InMemoryKms;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeySpec;

class KmsRsaKeyringTest {
  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey(KeySpec.RSA_2048);
  private final PublicKey publicKey = publicKey(key);
  private final Twins keyring = twins(KmsRsaSettings.forKey(key).publicKey(publicKey));

  private Twins twins(KmsRsaSettings.Builder settings) {
    return new Twins(
        KmsRsaKeyring.of(kms.client(), settings.build()),
        KmsRsaKeyring.of(kms.asyncClient(), settings.build()));
  }

  private PublicKey publicKey(String keyId) {
    try {
      byte[] der = kms.client().getPublicKey(r -> r.keyId(keyId)).publicKey().asByteArray();
      return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"})
  void roundTrip_eachPadding_eachFaceReadsTheOther(EncryptionAlgorithmSpec algorithm) {
    Twins padded = twins(KmsRsaSettings.forKey(key).publicKey(publicKey).algorithm(algorithm));
    padded.assertRoundTrips();
    EncryptedDataKey encrypted = padded.write().get(0).encryptedDataKeys().get(0);
    assertThat(encrypted.providerId()).isEqualTo("aws-kms-rsa");
    assertThat(encrypted.providerInfo().asUtf8String()).isEqualTo(key);
    assertThat(encrypted.ciphertext().asByteArray()).hasSize(48 + 256);
  }

  @Test
  void requests_writeAsksNothingAndReadOnceWithoutContext() {
    Twins granted = twins(KmsRsaSettings.forKey(key).publicKey(publicKey).grantTokens("g1", "g2"));
    int before = kms.calls().size();
    EncryptionMaterials written = granted.blocking().onEncrypt(Twins.toWrite());
    assertThat(kms.calls()).hasSize(before);
    granted.async().onDecryptAsync(Twins.toRead(written)).join();
    assertThat(kms.calls().subList(before, kms.calls().size()))
        .containsExactly(new InMemoryKms.Call("Decrypt", key, Map.of(), List.of("g1", "g2")));
    DecryptRequest request = (DecryptRequest) kms.requests().get(before);
    assertThat(request.encryptionAlgorithm()).isEqualTo(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256);
    assertThat(request.hasEncryptionContext()).isFalse();
  }

  @Test
  void suiteWithSignature_eitherWay_isRefusedBeforeAnythingIsDone() {
    AlgorithmSuite signed =
        AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;
    int before = kms.calls().size();
    String fix = "choose the one without a signature";
    keyring.assertDoesNotWrite(Twins.toWrite(signed), MaterialsUnavailableException.class, fix);
    EncryptionMaterials written = keyring.blocking().onEncrypt(Twins.toWrite());
    keyring.assertRefuses(
        DecryptionMaterials.builder(signed, written.encryptedDataKeys())
            .reproducedContext(Twins.CONTEXT)
            .build(),
        MaterialsUnavailableException.class,
        fix);
    assertThat(kms.calls()).hasSize(before);
  }

  @Test
  void table_ofASuiteWithSignature_isNotBuilt() {
    TableEncryption.FormatStage table =
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.encryptAndSign());
    Keyring nested = RequiredContextKeyring.of(MultiKeyring.of(keyring.blocking()), "k");
    AsyncKeyring nestedAsync = RequiredContextKeyring.of(MultiKeyring.of(keyring.async()), "k");
    for (Dbe format : List.of(Dbe.using(nested), Dbe.using(nestedAsync))) {
      assertThatThrownBy(() -> table.writes(format).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("choose another by algorithmSuite(...)");
      table
          .writes(
              format.algorithmSuite(
                  AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384))
          .build();
    }
  }

  @Test
  void onEncrypt_withoutPublicKey_saysWhatToConfigure() {
    Twins reader = twins(KmsRsaSettings.forKey(key));
    reader.assertDoesNotWrite(
        Twins.toWrite(), MaterialsUnavailableException.class, "configure publicKey(...)");
    keyring.write().forEach(reader::assertRead);
  }

  @Test
  void onDecrypt_otherContextPaddingOrBytes_throwsAuthentication() {
    EncryptionMaterials written = keyring.blocking().onEncrypt(Twins.toWrite());
    EncryptedDataKey encrypted = written.encryptedDataKeys().get(0);
    String failed = "failed authentication";
    keyring.assertRefuses(
        Twins.toRead(Map.of("aws-crypto-table-name", "U"), written.encryptedDataKeys()),
        ItemAuthenticationException.class,
        failed);
    twins(KmsRsaSettings.forKey(key).algorithm(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_1))
        .assertRefuses(Twins.toRead(written), ItemAuthenticationException.class, failed);
    byte[] ciphertext = encrypted.ciphertext().asByteArray();
    for (int place : new int[] {0, 47, 48, ciphertext.length - 1}) {
      byte[] flipped = ciphertext.clone();
      flipped[place] ^= 1;
      keyring.assertRefuses(
          Twins.toRead(Twins.CONTEXT, List.of(Twins.withCiphertext(encrypted, flipped))),
          ItemAuthenticationException.class,
          failed);
    }
    keyring.assertRefuses(
        Twins.toRead(Twins.CONTEXT, List.of(Twins.withCiphertext(encrypted, new byte[48 + 6145]))),
        ItemAuthenticationException.class,
        failed);
    keyring.assertRefuses(
        Twins.toRead(Twins.CONTEXT, List.of(Twins.withCiphertext(encrypted, new byte[48]))),
        MalformedItemException.class,
        "too short");
  }

  @Test
  void faults_deniedOrDisabled_areTypedWithTheCause() {
    DecryptionMaterials materials = Twins.toRead(keyring.blocking().onEncrypt(Twins.toWrite()));
    kms.deny("Decrypt");
    keyring.assertRefuses(materials, MaterialsUnavailableException.class, "AWS KMS did not serve");
    kms.allow("Decrypt");
    kms.disable(key);
    assertThatThrownBy(() -> keyring.blocking().onDecrypt(materials))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(DisabledException.class);
  }

  /** A KMS that answers as told. */
  private record Answering(DecryptResponse answer) implements KmsClient {
    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      return answer;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Test
  void answers_ofAnotherKeyOrLength_areRefused() {
    DecryptionMaterials materials = Twins.toRead(keyring.blocking().onEncrypt(Twins.toWrite()));
    DecryptResponse right =
        DecryptResponse.builder()
            .keyId(key)
            .plaintext(SdkBytes.fromByteArray(new byte[80]))
            .build();
    Map<DecryptResponse, String> refusals =
        Map.of(
            right.toBuilder().keyId(kms.createKey()).build(),
            "is not of the KMS key",
            right.toBuilder().keyId(null).build(),
            "is not of the KMS key",
            right.toBuilder().plaintext(null).build(),
            "without a plaintext",
            right.toBuilder().plaintext(SdkBytes.fromByteArray(new byte[32])).build(),
            "failed authentication",
            right,
            "failed authentication");
    refusals.forEach(
        (answer, message) ->
            assertThatThrownBy(
                    () ->
                        KmsRsaKeyring.of(new Answering(answer), KmsRsaSettings.forKey(key).build())
                            .onDecrypt(materials))
                .hasMessageContaining(message));
  }

  @Test
  void settings_impossible_throw() {
    String id = key.substring(key.lastIndexOf('/') + 1);
    for (String name : List.of("", id, "alias/orders", key.replace("key/", "alias/"))) {
      assertThatThrownBy(() -> KmsRsaSettings.forKey(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not the ARN of a KMS key");
    }
    assertThatThrownBy(
            () -> KmsRsaSettings.forKey(key).publicKey(TestKeys.ec("secp256r1").getPublic()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected an RSA key, got 'EC'");
    assertThatThrownBy(
            () -> KmsRsaSettings.forKey(key).algorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RSAES_OAEP_SHA_256");
  }
}
