package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.internal.crypto.EcCurve;
import io.github.itemseal.internal.crypto.Ecdh;
import io.github.itemseal.internal.crypto.Jca;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RawEcdhKeyringTest {
  private final KeyPair alice = pair(EcCurve.P256);
  private final KeyPair bob = pair(EcCurve.P256);
  private final Twins writer =
      Twins.of(RawEcdhKeyring.staticKeys(alice.getPrivate(), bob.getPublic()));
  private final Twins discovery = Twins.of(RawEcdhKeyring.discovery(bob.getPrivate()));

  private static KeyPair pair(EcCurve curve) {
    return Ecdh.generate(Jca.INSTALLED, curve);
  }

  @ParameterizedTest
  @EnumSource
  void staticKeys_eachCurve_bothSidesAndDiscoveryRead(EcCurve curve) {
    KeyPair sender = pair(curve);
    KeyPair recipient = pair(curve);
    Twins here = Twins.of(RawEcdhKeyring.staticKeys(sender.getPrivate(), recipient.getPublic()));
    Twins there = Twins.of(RawEcdhKeyring.staticKeys(recipient.getPrivate(), sender.getPublic()));
    here.assertRoundTrips();
    for (EncryptionMaterials written : here.write()) {
      there.assertRead(written);
      Twins.of(RawEcdhKeyring.discovery(recipient.getPrivate())).assertRead(written);
    }
    there.write().forEach(here::assertRead);
  }

  @ParameterizedTest
  @EnumSource
  void ephemeral_eachCurve_discoveryReadsAndEveryItemHasASenderOfItsOwn(EcCurve curve) {
    KeyPair recipient = pair(curve);
    Twins writer = Twins.of(RawEcdhKeyring.ephemeral(recipient.getPublic()));
    Twins reader = Twins.of(RawEcdhKeyring.discovery(recipient.getPrivate()));
    List<EncryptionMaterials> written = writer.write();
    written.forEach(reader::assertRead);
    assertThat(written.get(0).encryptedDataKeys().get(0).providerInfo())
        .isNotEqualTo(written.get(1).encryptedDataKeys().get(0).providerInfo());
  }

  @ParameterizedTest
  @EnumSource
  void encryptedDataKey_eachCurve_hasTheLengthsOfTheFormat(EcCurve curve) {
    KeyPair sender = pair(curve);
    KeyPair recipient = pair(curve);
    EncryptedDataKey key =
        RawEcdhKeyring.staticKeys(sender.getPrivate(), recipient.getPublic())
            .onEncrypt(Twins.toWrite())
            .encryptedDataKeys()
            .get(0);
    byte[] info = key.providerInfo().asByteArray();
    int point = curve.compressedBytes();
    assertThat(key.providerId()).isEqualTo("raw-ecdh");
    assertThat(info).hasSize(9 + 2 * point).startsWith(1, 0, 0, 0, point);
    assertThat(Arrays.copyOfRange(info, 5, 5 + point))
        .isEqualTo(curve.compress((ECPublicKey) recipient.getPublic()));
    assertThat(Arrays.copyOfRange(info, 9 + point, info.length))
        .isEqualTo(curve.compress((ECPublicKey) sender.getPublic()));
    assertThat(key.ciphertext().asByteArray()).hasSize(48 + 112);
  }

  @Test
  void onDecrypt_otherContextOrAnyBitOfTheCiphertext_throwsAuthentication() {
    EncryptionMaterials written = writer.blocking().onEncrypt(Twins.toWrite());
    EncryptedDataKey key = written.encryptedDataKeys().get(0);
    String failed = "failed authentication";
    writer.assertRefuses(
        Twins.toRead(Map.of("aws-crypto-table-name", "U"), written.encryptedDataKeys()),
        ItemAuthenticationException.class,
        failed);
    byte[] ciphertext = key.ciphertext().asByteArray();
    for (int bit = 0; bit < 8 * ciphertext.length; bit++) {
      byte[] flipped = ciphertext.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      DecryptionMaterials materials =
          Twins.toRead(Twins.CONTEXT, List.of(Twins.withCiphertext(key, flipped)));
      assertThatThrownBy(() -> writer.blocking().onDecrypt(materials))
          .as("bit %s", bit)
          .isInstanceOf(ItemAuthenticationException.class);
    }
  }

  @Test
  void onDecrypt_ciphertextOfAnotherLength_isRefused() {
    EncryptedDataKey key = writer.blocking().onEncrypt(Twins.toWrite()).encryptedDataKeys().get(0);
    byte[] ciphertext = key.ciphertext().asByteArray();
    for (int length : new int[] {0, 1, 47, 48}) {
      writer.assertRefuses(
          Twins.toRead(
              Twins.CONTEXT, List.of(Twins.withCiphertext(key, Arrays.copyOf(ciphertext, length)))),
          MalformedItemException.class,
          "too short");
    }
    for (int length : new int[] {49, 48 + 111, 48 + 113, 0xFFFF}) {
      writer.assertRefuses(
          Twins.toRead(
              Twins.CONTEXT, List.of(Twins.withCiphertext(key, Arrays.copyOf(ciphertext, length)))),
          ItemAuthenticationException.class,
          "failed authentication");
    }
  }

  @Test
  void onDecrypt_infoOfAnotherShapeOrKey_isNotTried() {
    EncryptedDataKey key = writer.blocking().onEncrypt(Twins.toWrite()).encryptedDataKeys().get(0);
    byte[] info = key.providerInfo().asByteArray();
    byte[] version = info.clone();
    version[0] = 2;
    byte[] length = info.clone();
    length[4] = 32;
    byte[] hugeLength = info.clone();
    hugeLength[1] = (byte) 0x80;
    byte[] stranger = info.clone();
    stranger[10] ^= 1;
    for (byte[] changed :
        List.of(
            version,
            length,
            hugeLength,
            stranger,
            new byte[0],
            Arrays.copyOf(info, info.length - 1),
            Arrays.copyOf(info, info.length + 1))) {
      for (Twins reader : List.of(writer, discovery)) {
        reader.assertRefuses(
            Twins.toRead(Twins.CONTEXT, List.of(Twins.withInfo(key, changed))),
            MaterialsUnavailableException.class,
            "No configured key");
      }
    }
  }

  @Test
  void discovery_senderOffTheCurve_throwsMalformed() {
    EncryptedDataKey key = writer.blocking().onEncrypt(Twins.toWrite()).encryptedDataKeys().get(0);
    byte[] info = key.providerInfo().asByteArray();
    int sender = info.length - EcCurve.P256.compressedBytes();
    byte[] uncompressed = info.clone();
    uncompressed[sender] = 4;
    byte[] beyondTheField = info.clone();
    Arrays.fill(beyondTheField, sender + 1, info.length, (byte) 0xFF);
    byte[] noPoint = info.clone();
    do {
      noPoint[info.length - 1]++;
    } while (EcCurve.P256
        .decompress(Jca.INSTALLED, Arrays.copyOfRange(noPoint, sender, info.length))
        .isPresent());
    for (byte[] changed : List.of(uncompressed, beyondTheField, noPoint)) {
      discovery.assertRefuses(
          Twins.toRead(Twins.CONTEXT, List.of(Twins.withInfo(key, changed))),
          MalformedItemException.class,
          "not a point on the curve");
    }
  }

  @Test
  void oneWaySchemas_theOtherWay_sayWhatToDo() {
    discovery.assertDoesNotWrite(
        Twins.toWrite(), MaterialsUnavailableException.class, "only reads");
    RawEcdhKeyring ephemeral = RawEcdhKeyring.ephemeral(bob.getPublic());
    Twins.of(ephemeral)
        .assertRefuses(
            Twins.toRead(ephemeral.onEncrypt(Twins.toWrite())),
            MaterialsUnavailableException.class,
            "recipient's private key in a discovery keyring");
  }

  @Test
  void factories_keysThatDoNotFit_throwIllegalArgument() throws GeneralSecurityException {
    KeyPair other = pair(EcCurve.P384);
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    assertThatThrownBy(() -> RawEcdhKeyring.staticKeys(alice.getPrivate(), other.getPublic()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one curve");
    assertThatThrownBy(() -> RawEcdhKeyring.ephemeral(rsa.getPublic()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("P-256, P-384 or P-521");
    assertThatThrownBy(() -> RawEcdhKeyring.discovery(rsa.getPrivate()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("P-256, P-384 or P-521");
  }
}
