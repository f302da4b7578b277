package io.github.itemseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeyAgreementAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** Every operation beside data keys, and keys in several Regions. */
class KmsOperationsTest {
  private static final Map<String, String> VERSION = Map.of("type", "version");
  private static final Map<String, String> ACTIVE = Map.of("type", "ACTIVE");

  private final InMemoryKms kms = InMemoryKms.create();
  private final KmsClient client = kms.client();
  private final String key = kms.createKey();

  private SdkBytes withoutPlaintext(String keyId) {
    return client
        .generateDataKeyWithoutPlaintext(
            r -> r.keyId(keyId).numberOfBytes(32).encryptionContext(VERSION))
        .ciphertextBlob();
  }

  private SdkBytes decrypt(SdkBytes blob, Map<String, String> context) {
    return client.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(context)).plaintext();
  }

  @Test
  void reEncrypt_newContextAndKey_keepsThePlaintextAndNamesBothKeys() {
    String other = kms.createKey();
    SdkBytes blob = withoutPlaintext(key);
    ReEncryptResponse answer =
        client.reEncrypt(
            r ->
                r.ciphertextBlob(blob)
                    .sourceKeyId(key)
                    .sourceEncryptionContext(VERSION)
                    .destinationKeyId(other)
                    .destinationEncryptionContext(ACTIVE)
                    .grantTokens("g"));
    assertThat(answer.sourceKeyId()).isEqualTo(key);
    assertThat(answer.keyId()).isEqualTo(other);
    assertThat(decrypt(answer.ciphertextBlob(), ACTIVE)).isEqualTo(decrypt(blob, VERSION));
    assertThat(decrypt(blob, VERSION).asByteArray()).hasSize(32);
    assertThat(kms.calls().get(1))
        .isEqualTo(new InMemoryKms.Call("ReEncrypt", other, ACTIVE, List.of("g")));
    assertThat(kms.requests().get(1).getValueForField("SourceKeyId", String.class)).contains(key);
  }

  @Test
  void reEncrypt_wrongSourceContextKeyOrPermission_throws() {
    SdkBytes blob = withoutPlaintext(key);
    assertThatThrownBy(
            () ->
                client.reEncrypt(
                    r ->
                        r.ciphertextBlob(blob)
                            .sourceEncryptionContext(ACTIVE)
                            .destinationKeyId(key)))
        .isInstanceOf(InvalidCiphertextException.class);
    String other = kms.createKey();
    assertThatThrownBy(
            () ->
                client.reEncrypt(
                    r ->
                        r.ciphertextBlob(blob)
                            .sourceKeyId(other)
                            .sourceEncryptionContext(VERSION)
                            .destinationKeyId(key)))
        .isInstanceOf(IncorrectKeyException.class);
    kms.deny("ReEncrypt");
    assertThatThrownBy(
            () ->
                client.reEncrypt(
                    r ->
                        r.ciphertextBlob(blob)
                            .sourceEncryptionContext(VERSION)
                            .destinationKeyId(key)))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("kms:ReEncrypt");
  }

  @ParameterizedTest
  @CsvSource({"ECC_NIST_P256,secp256r1", "ECC_NIST_P384,secp384r1", "ECC_NIST_P521,secp521r1"})
  void deriveSharedSecret_aPointOfTheCurve_agreesWithTheOtherSide(KeySpec spec, String curve)
      throws GeneralSecurityException {
    String agreement = kms.createKey(spec);
    KeyPair mine = pair(curve);
    SdkBytes secret = derive(agreement, mine);
    KeyAgreement here = KeyAgreement.getInstance("ECDH");
    here.init(mine.getPrivate());
    here.doPhase(
        KeyFactory.getInstance("EC")
            .generatePublic(
                new X509EncodedKeySpec(
                    client.getPublicKey(r -> r.keyId(agreement)).publicKey().asByteArray())),
        true);
    assertThat(secret.asByteArray()).isEqualTo(here.generateSecret());
    assertThat(client.getPublicKey(r -> r.keyId(agreement)).keyUsage())
        .isEqualTo(KeyUsageType.KEY_AGREEMENT);
  }

  @Test
  void deriveSharedSecret_otherCurveKindOrDisabled_throws() throws GeneralSecurityException {
    String agreement = kms.createKey(KeySpec.ECC_NIST_P256);
    KeyPair other = pair("secp384r1");
    assertThatThrownBy(() -> derive(agreement, other))
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("not a point on the curve");
    KeyPair mine = pair("secp256r1");
    assertThatThrownBy(() -> derive(key, mine)).isInstanceOf(InvalidKeyUsageException.class);
    kms.disable(agreement);
    assertThatThrownBy(() -> derive(agreement, mine)).isInstanceOf(DisabledException.class);
  }

  private SdkBytes derive(String keyId, KeyPair mine) {
    return client
        .deriveSharedSecret(
            r ->
                r.keyId(keyId)
                    .keyAgreementAlgorithm(KeyAgreementAlgorithmSpec.ECDH)
                    .publicKey(SdkBytes.fromByteArray(mine.getPublic().getEncoded())))
        .sharedSecret();
  }

  private static KeyPair pair(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  @ParameterizedTest
  @CsvSource({"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"})
  void rsa_eachPadding_roundTripsAndRefusesContextsAndOtherBytes(EncryptionAlgorithmSpec padding) {
    String rsa = kms.createKey(KeySpec.RSA_2048);
    SdkBytes plaintext = SdkBytes.fromUtf8String("a data key");
    SdkBytes blob =
        client
            .encrypt(r -> r.keyId(rsa).encryptionAlgorithm(padding).plaintext(plaintext))
            .ciphertextBlob();
    assertThat(
            client
                .decrypt(r -> r.keyId(rsa).encryptionAlgorithm(padding).ciphertextBlob(blob))
                .plaintext())
        .isEqualTo(plaintext);
    byte[] flipped = blob.asByteArray();
    flipped[9] ^= 1;
    assertThatThrownBy(
            () ->
                client.decrypt(
                    r ->
                        r.keyId(rsa)
                            .encryptionAlgorithm(padding)
                            .ciphertextBlob(SdkBytes.fromByteArray(flipped))))
        .isInstanceOf(InvalidCiphertextException.class);
    assertThatThrownBy(
            () ->
                client.decrypt(
                    r ->
                        r.keyId(rsa)
                            .encryptionAlgorithm(padding)
                            .encryptionContext(ACTIVE)
                            .ciphertextBlob(blob)))
        .hasMessageContaining("no encryption context");
    assertThatThrownBy(
            () -> client.decrypt(r -> r.encryptionAlgorithm(padding).ciphertextBlob(blob)))
        .hasMessageContaining("Specify the key");
  }

  @Test
  void use_ofAKeyOfAnotherKind_throwsInvalidKeyUsage() {
    String rsa = kms.createKey(KeySpec.RSA_2048);
    assertThatThrownBy(() -> client.generateDataKey(r -> r.keyId(rsa).numberOfBytes(32)))
        .isInstanceOf(InvalidKeyUsageException.class)
        .hasMessageContaining("GenerateDataKey");
    assertThatThrownBy(() -> client.getPublicKey(r -> r.keyId(key)))
        .isInstanceOf(InvalidKeyUsageException.class);
    assertThatThrownBy(() -> kms.createKey(KeySpec.HMAC_256))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replica_ofAMultiRegionKey_readsWhatThePrimaryWroteAndTheReverse() {
    InMemoryKms there = InMemoryKms.inRegion("us-test-1");
    String primary = kms.createMultiRegionKey();
    String replica = kms.replicate(primary, there);
    assertThat(replica).isEqualTo(primary.replace("eu-test-1", "us-test-1")).contains(":key/mrk-");
    SdkBytes blob = withoutPlaintext(primary);
    kms.rotate(primary);
    var read =
        there
            .client()
            .decrypt(r -> r.keyId(replica).ciphertextBlob(blob).encryptionContext(VERSION));
    assertThat(read.keyId()).isEqualTo(replica);
    assertThat(read.plaintext()).isEqualTo(decrypt(blob, VERSION));
    assertThatThrownBy(() -> there.client().decrypt(r -> r.keyId(primary).ciphertextBlob(blob)))
        .isInstanceOf(NotFoundException.class);
    kms.disable(primary);
    assertThat(there.client().decrypt(r -> r.ciphertextBlob(blob).encryptionContext(VERSION)))
        .isEqualTo(read);
    assertThatThrownBy(() -> kms.replicate(key, there))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a multi-Region key");
  }

  @Test
  void asyncClient_everyOperation_answersAsTheBlockingOne() {
    var async = kms.asyncClient();
    SdkBytes blob =
        async
            .generateDataKeyWithoutPlaintext(
                r -> r.keyId(key).numberOfBytes(16).encryptionContext(VERSION))
            .join()
            .ciphertextBlob();
    SdkBytes moved =
        async
            .reEncrypt(
                r -> r.ciphertextBlob(blob).sourceEncryptionContext(VERSION).destinationKeyId(key))
            .join()
            .ciphertextBlob();
    assertThat(async.decrypt(r -> r.ciphertextBlob(moved)).join().plaintext().asByteArray())
        .hasSize(16);
    String rsa = kms.createKey(KeySpec.RSA_2048);
    assertThat(async.getPublicKey(r -> r.keyId(rsa)).join().publicKey())
        .isEqualTo(client.getPublicKey(r -> r.keyId(rsa)).publicKey());
  }
}
