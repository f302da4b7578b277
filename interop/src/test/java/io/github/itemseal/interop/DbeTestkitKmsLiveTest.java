package io.github.itemseal.interop;

import io.github.itemseal.keyring.KmsEcdhKeyring;
import io.github.itemseal.keyring.KmsEcdhSettings;
import io.github.itemseal.keyring.KmsRsaKeyring;
import io.github.itemseal.keyring.KmsRsaSettings;
import io.github.itemseal.testkit.InMemoryKms;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.cryptography.primitives.model.ECDHCurveSpec;

/**
 * The original of the second format and this library over the KMS of the test kit: the symmetric
 * keys, and RSA keys and key agreement, which no KMS server has that can be had.
 */
class DbeTestkitKmsLiveTest {
  private static final int ITEMS = Integer.getInteger("itemseal.interop.kms.items", 16);
  private static final String PEER = DbeComparison.PEER;

  private final InMemoryKms kms = InMemoryKms.inRegion("eu-west-1");
  private final KmsClient client = kms.client();

  @Test
  void items_underSymmetricKeys_areReadByBoth() {
    InMemoryKms other = InMemoryKms.inRegion("eu-central-1");
    String primary = kms.createMultiRegionKey();
    DbeKmsPairs keys =
        new DbeKmsPairs(
            client,
            other.client(),
            "eu-west-1",
            "eu-central-1",
            kms.createKey(),
            other.createKey());
    List<KeyringPair> pairs = new ArrayList<>(keys.all());
    pairs.addAll(
        keys.multiRegion(primary, other.client(), "eu-central-1", kms.replicate(primary, other)));
    for (KeyringPair pair : pairs) {
      compare(pair, RandomDbeItems::next);
    }
  }

  /** Without ECDSA: the original refuses RSA keys of KMS with it. */
  @ParameterizedTest
  @EnumSource(names = {"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"})
  void items_underRsaKeys_areReadByBoth(EncryptionAlgorithmSpec algorithm) {
    String key = kms.createKey(KeySpec.RSA_2048);
    PublicKey publicKey = publicKey(key, "RSA");
    compare(
        KeyringPair.of(
            "KMS RSA, " + algorithm,
            OriginalKmsKeyrings.rsa(client, key, publicKey, algorithm),
            KmsRsaKeyring.of(
                client,
                KmsRsaSettings.forKey(key).publicKey(publicKey).algorithm(algorithm).build())),
        items -> items.next(DbeTable.HMAC_ONLY));
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 384, 521})
  void items_underAgreedKeys_areReadByBoth(int bits) {
    KeySpec spec = KeySpec.fromValue("ECC_NIST_P" + bits);
    ECDHCurveSpec curve = ECDHCurveSpec.valueOf("ECC_NIST_P" + bits);
    String sender = kms.createKey(spec);
    String recipient = kms.createKey(spec);
    PublicKey senderKey = publicKey(sender, "EC");
    PublicKey recipientKey = publicKey(recipient, "EC");
    compare(
        new KeyringPair(
            "KMS ECDH P-%d, read by discovery".formatted(bits),
            OriginalKmsKeyrings.ecdhStatic(client, sender, senderKey, recipientKey, curve),
            OriginalKmsKeyrings.ecdhDiscovery(client, recipient, curve),
            KmsEcdhKeyring.of(
                client, KmsEcdhSettings.staticKeys(sender, senderKey, recipientKey).build()),
            KmsEcdhKeyring.of(client, KmsEcdhSettings.discovery(recipient, recipientKey).build())),
        RandomDbeItems::next);
  }

  private PublicKey publicKey(String key, String algorithm) {
    byte[] encoded = client.getPublicKey(request -> request.keyId(key)).publicKey().asByteArray();
    try {
      return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void compare(KeyringPair pair, DbeComparison.Draw items) {
    DbeComparison.originalToItemseal(PEER, pair, ITEMS, items);
    DbeComparison.itemsealToOriginal(PEER, pair, ITEMS, items);
  }
}
