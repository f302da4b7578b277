package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.Key;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.AesWrappingAlg;
import software.amazon.cryptography.materialproviders.model.CreateMultiKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateRawAesKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateRawEcdhKeyringInput;
import software.amazon.cryptography.materialproviders.model.CreateRawRsaKeyringInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;
import software.amazon.cryptography.materialproviders.model.PaddingScheme;
import software.amazon.cryptography.materialproviders.model.RawEcdhStaticConfigurations;
import software.amazon.cryptography.materialproviders.model.RawPrivateKeyToStaticPublicKeyInput;
import software.amazon.cryptography.primitives.model.ECDHCurveSpec;

/** The keyrings of the original Database Encryption SDK that need no network. */
final class OriginalKeyrings {
  private static final MaterialProviders PROVIDERS =
      MaterialProviders.builder()
          .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
          .build();

  private OriginalKeyrings() {}

  static IKeyring of(Scheme scheme) {
    return switch (scheme) {
      // The encryptor of the original itself requires its whole context, whatever the keyring.
      case DBE_AES_6700, DBE_AES_6701, DBE_REQUIRED_6700, DBE_REQUIRED_6701 -> rawAes();
      case DBE_RSA_6700, DBE_RSA_6701 -> rsa();
      case DBE_ECDH_6700, DBE_ECDH_6701 -> ecdh();
      case DBE_MULTI_6700, DBE_MULTI_6701 -> multi();
      case DBE_HIERARCHICAL_6700, DBE_HIERARCHICAL_6701 -> OriginalBranchKeys.keyring(PROVIDERS);
      default -> throw new IllegalArgumentException(scheme.label());
    };
  }

  /** AES-256. */
  static IKeyring rawAes() {
    return aes("aes");
  }

  private static IKeyring aes(String name) {
    return PROVIDERS.CreateRawAesKeyring(
        CreateRawAesKeyringInput.builder()
            .keyNamespace("benchmark")
            .keyName(name)
            .wrappingKey(ByteBuffer.wrap(Keys.countingBytes()))
            .wrappingAlg(AesWrappingAlg.ALG_AES256_GCM_IV12_TAG16)
            .build());
  }

  private static IKeyring rsa() {
    return PROVIDERS.CreateRawRsaKeyring(
        CreateRawRsaKeyringInput.builder()
            .keyNamespace("benchmark")
            .keyName("rsa")
            .publicKey(pem(Keys.rsa().getPublic()))
            .privateKey(pem(Keys.rsa().getPrivate()))
            .paddingScheme(PaddingScheme.OAEP_SHA256_MGF1)
            .build());
  }

  private static IKeyring ecdh() {
    return PROVIDERS.CreateRawEcdhKeyring(
        CreateRawEcdhKeyringInput.builder()
            .KeyAgreementScheme(
                RawEcdhStaticConfigurations.builder()
                    .RawPrivateKeyToStaticPublicKey(
                        RawPrivateKeyToStaticPublicKeyInput.builder()
                            .senderStaticPrivateKey(pem(Keys.ec().getPrivate()))
                            .recipientPublicKey(ByteBuffer.wrap(Keys.ec().getPublic().getEncoded()))
                            .build())
                    .build())
            .curveSpec(ECDHCurveSpec.ECC_NIST_P256)
            .build());
  }

  private static IKeyring multi() {
    return PROVIDERS.CreateMultiKeyring(
        CreateMultiKeyringInput.builder()
            .generator(aes("aes"))
            .childKeyrings(List.of(aes("second")))
            .build());
  }

  private static ByteBuffer pem(Key key) {
    String type = key instanceof PublicKey ? "PUBLIC KEY" : "PRIVATE KEY";
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return UTF_8.encode("-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, body, type));
  }
}
