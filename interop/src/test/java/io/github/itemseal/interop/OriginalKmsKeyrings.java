package io.github.itemseal.interop;

import static io.github.itemseal.interop.OriginalKeyrings.PROVIDERS;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsDiscoveryKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsEcdhKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsMrkDiscoveryKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsMrkKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsMultiKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsRsaKeyringInput;
import software.amazon.cryptography.materialproviders.model.KmsEcdhStaticConfigurations;
import software.amazon.cryptography.materialproviders.model.KmsPrivateKeyToStaticPublicKeyInput;
import software.amazon.cryptography.materialproviders.model.KmsPublicKeyDiscoveryInput;
import software.amazon.cryptography.primitives.model.ECDHCurveSpec;

/** Keyrings of the original Database Encryption SDK whose keys are in AWS KMS. */
final class OriginalKmsKeyrings {
  private OriginalKmsKeyrings() {}

  static IKeyring strict(KmsClient kms, String keyArn) {
    return PROVIDERS.CreateAwsKmsKeyring(
        CreateAwsKmsKeyringInput.builder().kmsClient(kms).kmsKeyId(keyArn).build());
  }

  /**
   * @param clients by Region
   */
  static IKeyring multi(Map<String, KmsClient> clients, String generator, String... keyArns) {
    return PROVIDERS.CreateAwsKmsMultiKeyring(
        CreateAwsKmsMultiKeyringInput.builder()
            .clientSupplier(input -> clients.get(input.region()))
            .generator(generator)
            .kmsKeyIds(List.of(keyArns))
            .build());
  }

  static IKeyring discovery(KmsClient kms) {
    return PROVIDERS.CreateAwsKmsDiscoveryKeyring(
        CreateAwsKmsDiscoveryKeyringInput.builder().kmsClient(kms).build());
  }

  static IKeyring multiRegion(KmsClient kms, String keyArn) {
    return PROVIDERS.CreateAwsKmsMrkKeyring(
        CreateAwsKmsMrkKeyringInput.builder().kmsClient(kms).kmsKeyId(keyArn).build());
  }

  static IKeyring multiRegionDiscovery(KmsClient kms, String region) {
    return PROVIDERS.CreateAwsKmsMrkDiscoveryKeyring(
        CreateAwsKmsMrkDiscoveryKeyringInput.builder().kmsClient(kms).region(region).build());
  }

  static IKeyring rsa(
      KmsClient kms, String keyArn, PublicKey publicKey, EncryptionAlgorithmSpec algorithm) {
    return PROVIDERS.CreateAwsKmsRsaKeyring(
        CreateAwsKmsRsaKeyringInput.builder()
            .kmsClient(kms)
            .kmsKeyId(keyArn)
            .publicKey(OriginalKeyrings.pem(publicKey))
            .encryptionAlgorithm(algorithm)
            .build());
  }

  /** Between a sender and a recipient who know each other. */
  static IKeyring ecdhStatic(
      KmsClient kms, String senderArn, PublicKey sender, PublicKey recipient, ECDHCurveSpec curve) {
    return ecdh(
        kms,
        KmsEcdhStaticConfigurations.builder()
            .KmsPrivateKeyToStaticPublicKey(
                KmsPrivateKeyToStaticPublicKeyInput.builder()
                    .senderKmsIdentifier(senderArn)
                    .senderPublicKey(ByteBuffer.wrap(sender.getEncoded()))
                    .recipientPublicKey(ByteBuffer.wrap(recipient.getEncoded()))
                    .build())
            .build(),
        curve);
  }

  /** From any sender; only reads. */
  static IKeyring ecdhDiscovery(KmsClient kms, String recipientArn, ECDHCurveSpec curve) {
    return ecdh(
        kms,
        KmsEcdhStaticConfigurations.builder()
            .KmsPublicKeyDiscovery(
                KmsPublicKeyDiscoveryInput.builder().recipientKmsIdentifier(recipientArn).build())
            .build(),
        curve);
  }

  private static IKeyring ecdh(
      KmsClient kms, KmsEcdhStaticConfigurations keys, ECDHCurveSpec curve) {
    return PROVIDERS.CreateAwsKmsEcdhKeyring(
        CreateAwsKmsEcdhKeyringInput.builder()
            .kmsClient(kms)
            .KeyAgreementScheme(keys)
            .curveSpec(curve)
            .build());
  }
}
