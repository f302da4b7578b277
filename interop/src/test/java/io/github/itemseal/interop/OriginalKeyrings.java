package io.github.itemseal.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.AesWrappingAlg;
import software.amazon.cryptography.materialproviders.model.CreateMultiKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateRawAesKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateRawEcdhKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateRawRsaKeyringInput;
import software.amazon.cryptography.materialproviders.model.EphemeralPrivateKeyToStaticPublicKeyInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;
import software.amazon.cryptography.materialproviders.model.PaddingScheme;
import software.amazon.cryptography.materialproviders.model.PublicKeyDiscoveryInput;
import software.amazon.cryptography.materialproviders.model.RawEcdhStaticConfigurations;
import software.amazon.cryptography.materialproviders.model.RawPrivateKeyToStaticPublicKeyInput;
import software.amazon.cryptography.primitives.model.ECDHCurveSpec;

/** Keyrings of the original Database Encryption SDK, from keys of the JCA. */
final class OriginalKeyrings {
  static final MaterialProviders PROVIDERS =
      MaterialProviders.builder()
          .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
          .build();

  private OriginalKeyrings() {}

  static IKeyring rawAes(String namespace, String name, SecretKey key) {
    byte[] bytes = key.getEncoded();
    return PROVIDERS.CreateRawAesKeyring(
        CreateRawAesKeyringInput.builder()
            .keyNamespace(namespace)
            .keyName(name)
            .wrappingKey(ByteBuffer.wrap(bytes))
            .wrappingAlg(
                AesWrappingAlg.valueOf("ALG_AES%d_GCM_IV12_TAG16".formatted(8 * bytes.length)))
            .build());
  }

  static IKeyring rawRsa(
      String namespace,
      String name,
      PublicKey publicKey,
      PrivateKey privateKey,
      PaddingScheme padding) {
    return PROVIDERS.CreateRawRsaKeyring(
        CreateRawRsaKeyringInput.builder()
            .keyNamespace(namespace)
            .keyName(name)
            .publicKey(pem(publicKey))
            .privateKey(pem(privateKey))
            .paddingScheme(padding)
            .build());
  }

  /** Between a sender and a recipient who know each other. */
  static IKeyring rawEcdhStatic(PrivateKey sender, PublicKey recipient, ECDHCurveSpec curve) {
    return rawEcdh(
        RawEcdhStaticConfigurations.builder()
            .RawPrivateKeyToStaticPublicKey(
                RawPrivateKeyToStaticPublicKeyInput.builder()
                    .senderStaticPrivateKey(pem(sender))
                    .recipientPublicKey(der(recipient))
                    .build())
            .build(),
        curve);
  }

  /** To a recipient, with a key pair of the sender for each item; only writes. */
  static IKeyring rawEcdhEphemeral(PublicKey recipient, ECDHCurveSpec curve) {
    return rawEcdh(
        RawEcdhStaticConfigurations.builder()
            .EphemeralPrivateKeyToStaticPublicKey(
                EphemeralPrivateKeyToStaticPublicKeyInput.builder()
                    .recipientPublicKey(der(recipient))
                    .build())
            .build(),
        curve);
  }

  /** From any sender; only reads. */
  static IKeyring rawEcdhDiscovery(PrivateKey recipient, ECDHCurveSpec curve) {
    return rawEcdh(
        RawEcdhStaticConfigurations.builder()
            .PublicKeyDiscovery(
                PublicKeyDiscoveryInput.builder().recipientStaticPrivateKey(pem(recipient)).build())
            .build(),
        curve);
  }

  private static IKeyring rawEcdh(RawEcdhStaticConfigurations keys, ECDHCurveSpec curve) {
    return PROVIDERS.CreateRawEcdhKeyring(
        CreateRawEcdhKeyringInput.builder().KeyAgreementScheme(keys).curveSpec(curve).build());
  }

  static IKeyring multi(IKeyring generator, IKeyring... children) {
    return PROVIDERS.CreateMultiKeyring(
        CreateMultiKeyringInput.builder()
            .generator(generator)
            .childKeyrings(List.of(children))
            .build());
  }

  /** X.509 or PKCS #8 in PEM. */
  static ByteBuffer pem(Key key) {
    String type = key instanceof PublicKey ? "PUBLIC KEY" : "PRIVATE KEY";
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return UTF_8.encode("-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type));
  }

  private static ByteBuffer der(Key key) {
    return ByteBuffer.wrap(key.getEncoded());
  }
}
