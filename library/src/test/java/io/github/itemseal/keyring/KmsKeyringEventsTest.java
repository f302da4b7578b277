package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.EcCurve;
import io.github.itemseal.internal.crypto.Ecdh;
import io.github.itemseal.internal.crypto.Jca;
import io.github.itemseal.testing.RecordedEvents;
import io.github.itemseal.testkit.InMemoryKms;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.KeySpec;

/** What listeners are told of the keyrings that ask AWS KMS, blocking and asynchronous alike. */
class KmsKeyringEventsTest {
  private static final String WRITTEN = "fetched AWS KMS ENCRYPT";
  private static final String READ = "fetched AWS KMS DECRYPT";
  private static final String DENIED = " KEY_SOURCE_FAILED";

  private final InMemoryKms kms = InMemoryKms.create();
  private final RecordedEvents events = new RecordedEvents();

  private Twins symmetric(String key) {
    KmsKeyringSettings settings = KmsKeyringSettings.forKey(key).listener(events).build();
    return new Twins(
        KmsKeyring.of(kms.client(), settings), KmsKeyring.of(kms.asyncClient(), settings));
  }

  private PublicKey publicKey(String algorithm, String key) throws GeneralSecurityException {
    byte[] der = kms.client().getPublicKey(r -> r.keyId(key)).publicKey().asByteArray();
    return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
  }

  @Test
  void symmetricKey_writeAndRead_isOneFetchEach() {
    Twins keyring = symmetric(kms.createKey());
    EncryptionMaterials written = keyring.blocking().onEncrypt(Twins.toWrite());
    assertThat(events.drain()).containsExactly(WRITTEN);
    keyring.async().onEncryptAsync(Twins.toWrite()).join();
    assertThat(events.drain()).containsExactly(WRITTEN);
    keyring.assertRead(written);
    assertThat(events.drain()).containsExactly(READ, READ);
  }

  @Test
  void rsaKey_onlyReading_isAFetch() throws GeneralSecurityException {
    String key = kms.createKey(KeySpec.RSA_2048);
    KmsRsaSettings settings =
        KmsRsaSettings.forKey(key).publicKey(publicKey("RSA", key)).listener(events).build();
    Twins keyring =
        new Twins(
            KmsRsaKeyring.of(kms.client(), settings),
            KmsRsaKeyring.of(kms.asyncClient(), settings));
    EncryptionMaterials written = keyring.blocking().onEncrypt(Twins.toWrite());
    assertThat(events.drain()).isEmpty();
    keyring.assertRead(written);
    assertThat(events.drain()).containsExactly(READ, READ);
  }

  @Test
  void keyAgreement_writeAndRead_isOneFetchEach() throws GeneralSecurityException {
    String key = kms.createKey(KeySpec.ECC_NIST_P256);
    KmsEcdhSettings settings =
        KmsEcdhSettings.staticKeys(
                key, publicKey("EC", key), Ecdh.generate(Jca.INSTALLED, EcCurve.P256).getPublic())
            .listener(events)
            .build();
    Twins keyring =
        new Twins(
            KmsEcdhKeyring.of(kms.client(), settings),
            KmsEcdhKeyring.of(kms.asyncClient(), settings));
    EncryptionMaterials written = keyring.blocking().onEncrypt(Twins.toWrite());
    keyring.async().onEncryptAsync(Twins.toWrite()).join();
    assertThat(events.drain()).containsExactly(WRITTEN, WRITTEN);
    keyring.assertRead(written);
    assertThat(events.drain()).containsExactly(READ, READ);
  }

  @Test
  void denied_writeAndRead_areToldWithTheReason() {
    String key = kms.createKey();
    Twins keyring = symmetric(key);
    EncryptionMaterials written = keyring.blocking().onEncrypt(Twins.toWrite());
    events.drain();
    kms.disable(key);
    keyring.assertDoesNotWrite(Twins.toWrite(), MaterialsUnavailableException.class, key);
    assertThat(events.drain()).containsExactly(WRITTEN + DENIED, WRITTEN + DENIED);
    keyring.assertRefuses(Twins.toRead(written), MaterialsUnavailableException.class, key);
    assertThat(events.drain()).containsExactly(READ + DENIED, READ + DENIED);
  }

  @Test
  void noClientForTheRegion_isToldAlikeByBothKinds() {
    KmsKeyringSettings settings =
        KmsKeyringSettings.forKey(kms.createKey()).listener(events).build();
    assertThatThrownBy(
            () ->
                KmsKeyring.ofRegions(
                        region -> {
                          throw noClient();
                        },
                        settings)
                    .onEncrypt(Twins.toWrite()))
        .isInstanceOf(MaterialsUnavailableException.class);
    assertThatThrownBy(
            () ->
                KmsKeyring.ofRegionsAsync(
                        region -> {
                          throw noClient();
                        },
                        settings)
                    .onEncryptAsync(Twins.toWrite())
                    .join())
        .hasCauseInstanceOf(MaterialsUnavailableException.class);
    assertThat(events.drain()).containsExactly(WRITTEN + DENIED, WRITTEN + DENIED);
  }

  private static IllegalStateException noClient() {
    return new IllegalStateException("no client for this Region");
  }

  @Test
  void nothingToAsk_readIsNotAFetch() {
    EncryptionMaterials foreign = symmetric(kms.createKey()).blocking().onEncrypt(Twins.toWrite());
    events.drain();
    Twins keyring = symmetric(kms.createKey());
    keyring.assertRefuses(
        Twins.toRead(foreign), MaterialsUnavailableException.class, "No encrypted data key");
    assertThat(events.drain()).isEmpty();
  }

  @Test
  void keysOfManyKeyrings_eachIsTold() {
    Twins first = symmetric(kms.createKey());
    Twins second = symmetric(kms.createKey());
    MultiKeyring.of(first.blocking(), second.blocking()).onEncrypt(Twins.toWrite());
    assertThat(events.drain()).containsExactly(WRITTEN, WRITTEN);
  }
}
