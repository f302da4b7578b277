package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.EcCurve;
import io.github.itemseal.internal.crypto.Ecdh;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.testkit.InMemoryKms;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.KeySpec;

class KmsEcdhKeyringTest {
  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey(KeySpec.ECC_NIST_P256);
  private final KeyPair partner = Ecdh.generate(Jca.INSTALLED, EcCurve.P256);
  private final Twins keyring =
      twins(KmsEcdhSettings.staticKeys(key, publicKey(key), partner.getPublic()));

  private Twins twins(KmsEcdhSettings.Builder settings) {
    return new Twins(
        KmsEcdhKeyring.of(kms.client(), settings.build()),
        KmsEcdhKeyring.of(kms.asyncClient(), settings.build()));
  }

  private PublicKey publicKey(String keyId) {
    try {
      byte[] der = kms.client().getPublicKey(r -> r.keyId(keyId)).publicKey().asByteArray();
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"ECC_NIST_P256,P256", "ECC_NIST_P384,P384", "ECC_NIST_P521,P521"})
  void staticKeys_eachCurve_bothSidesAndDiscoveryRead(KeySpec spec, EcCurve curve) {
    String sender = kms.createKey(spec);
    String recipient = kms.createKey(spec);
    Twins here = twins(KmsEcdhSettings.staticKeys(sender, publicKey(sender), publicKey(recipient)));
    here.assertRoundTrips();
    Twins there =
        twins(KmsEcdhSettings.staticKeys(recipient, publicKey(recipient), publicKey(sender)));
    Twins discovery = twins(KmsEcdhSettings.discovery(recipient, publicKey(recipient)));
    for (EncryptionMaterials written : here.write()) {
      there.assertRead(written);
      discovery.assertRead(written);
      EncryptedDataKey encrypted = written.encryptedDataKeys().get(0);
      assertThat(encrypted.providerId()).isEqualTo("aws-kms-ecdh");
      assertThat(encrypted.providerInfo().asByteArray()).hasSize(9 + 2 * curve.compressedBytes());
      assertThat(encrypted.ciphertext().asByteArray()).hasSize(48 + 112);
    }
  }

  @Test
  void requests_writeAndRead_areOneEachWithTheOtherSidesKeyAndGrantTokens() {
    Twins granted =
        twins(
            KmsEcdhSettings.staticKeys(key, publicKey(key), partner.getPublic()).grantTokens("g"));
    int before = kms.calls().size();
    EncryptionMaterials written = granted.blocking().onEncrypt(Twins.toWrite());
    granted.async().onDecryptAsync(Twins.toRead(written)).join();
    InMemoryKms.Call call = new InMemoryKms.Call("DeriveSharedSecret", key, Map.of(), List.of("g"));
    assertThat(kms.calls().subList(before, kms.calls().size())).containsExactly(call, call);
    assertThat(kms.requests().subList(before, kms.requests().size()))
        .allSatisfy(
            request ->
                assertThat(((DeriveSharedSecretRequest) request).publicKey().asByteArray())
                    .isEqualTo(partner.getPublic().getEncoded()));
  }

  @Test
  void onDecrypt_otherContextPairOrSender_isRefused() {
    EncryptionMaterials written = keyring.blocking().onEncrypt(Twins.toWrite());
    keyring.assertRefuses(
        Twins.toRead(Map.of("aws-crypto-table-name", "U"), written.encryptedDataKeys()),
        ItemAuthenticationException.class,
        "failed authentication");
    String other = kms.createKey(KeySpec.ECC_NIST_P256);
    int calls = kms.calls().size() + 1;
    twins(KmsEcdhSettings.discovery(other, publicKey(other)))
        .assertRefuses(
            Twins.toRead(written), MaterialsUnavailableException.class, "No encrypted data key");
    assertThat(kms.calls()).hasSize(calls);
  }

  @Test
  void discovery_senderOffTheCurve_isRefusedBeforeKmsIsAsked() {
    String recipient = kms.createKey(KeySpec.ECC_NIST_P256);
    EncryptedDataKey encrypted =
        twins(KmsEcdhSettings.staticKeys(key, publicKey(key), publicKey(recipient)))
            .blocking()
            .onEncrypt(Twins.toWrite())
            .encryptedDataKeys()
            .get(0);
    byte[] info = encrypted.providerInfo().asByteArray();
    info[info.length - EcCurve.P256.compressedBytes()] = 5;
    Twins discovery = twins(KmsEcdhSettings.discovery(recipient, publicKey(recipient)));
    int calls = kms.calls().size();
    discovery.assertRefuses(
        Twins.toRead(Twins.CONTEXT, List.of(Twins.withInfo(encrypted, info))),
        MalformedItemException.class,
        "not a point on the curve");
    discovery.assertRefuses(
        Twins.toRead(Twins.CONTEXT, List.of(Twins.withCiphertext(encrypted, new byte[48]))),
        MalformedItemException.class,
        "too short");
    assertThat(kms.calls()).hasSize(calls);
  }

  @Test
  void discovery_toWrite_saysWhatToDo() {
    twins(KmsEcdhSettings.discovery(key, publicKey(key)))
        .assertDoesNotWrite(Twins.toWrite(), MaterialsUnavailableException.class, "only reads");
  }

  @Test
  void faults_deniedOrDisabled_areTypedWithTheCause() {
    EncryptionMaterials written = keyring.blocking().onEncrypt(Twins.toWrite());
    kms.deny("DeriveSharedSecret");
    keyring.assertDoesNotWrite(
        Twins.toWrite(), MaterialsUnavailableException.class, "AWS KMS did not serve");
    kms.allow("DeriveSharedSecret");
    kms.disable(key);
    keyring.assertRefuses(
        Twins.toRead(written), MaterialsUnavailableException.class, "AWS KMS did not serve");
    assertThatThrownBy(() -> keyring.blocking().onDecrypt(Twins.toRead(written)))
        .hasCauseInstanceOf(DisabledException.class);
  }

  /** A KMS that answers as told. */
  private record Answering(DeriveSharedSecretResponse answer) implements KmsClient {
    @Override
    public DeriveSharedSecretResponse deriveSharedSecret(DeriveSharedSecretRequest request) {
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
    DeriveSharedSecretResponse right =
        DeriveSharedSecretResponse.builder()
            .keyId(key)
            .sharedSecret(SdkBytes.fromByteArray(new byte[32]))
            .build();
    KmsEcdhSettings settings =
        KmsEcdhSettings.staticKeys(key, publicKey(key), partner.getPublic()).build();
    for (DeriveSharedSecretResponse wrong :
        List.of(
            right.toBuilder().keyId(kms.createKey()).build(),
            right.toBuilder().keyId(null).build(),
            right.toBuilder().sharedSecret(null).build(),
            right.toBuilder().sharedSecret(SdkBytes.fromByteArray(new byte[31])).build())) {
      Keyring answered = KmsEcdhKeyring.of(new Answering(wrong), settings);
      assertThatThrownBy(() -> answered.onEncrypt(Twins.toWrite()))
          .isInstanceOf(MaterialsUnavailableException.class)
          .hasMessageContaining("AWS KMS answered");
    }
  }
}
