package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.CryptographicMaterialsProvider;
import io.github.itemseal.materials.DataKeyReuse;
import io.github.itemseal.materials.KmsMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.InMemoryKms;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the formats say of their own randomness is true: what they call random differs from sealing
 * to sealing, and where they call nothing random, two sealings may be the same.
 */
class RandomAttributesTest {
  private static final InMemoryKms KMS = InMemoryKms.create();

  /** Sources of keys, and whether they leave items without encrypted attributes deterministic. */
  enum Source {
    DBE_KEYRING(false, () -> Dbe.using(RawAesKeyring.of("tests", "aes", TestKeys.aes(256)))),
    PLAINTEXT(true, Plaintext::writable),
    FIXED_MAC(true, () -> fixed(SigningKeys.mac(TestKeys.hmac()))),
    FIXED_RSA(true, () -> fixed(SigningKeys.keyPair(TestKeys.rsa()))),
    FIXED_ECDSA(false, () -> fixed(SigningKeys.keyPair(TestKeys.ec("secp256r1")))),
    WRAPPED(
        false,
        () ->
            Ddbec.using(
                WrappedMaterialsProvider.builder()
                    .wrappingKey(TestKeys.aes(256))
                    .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                    .build())),
    KMS_FOR_EVERY_ITEM(false, () -> kms(KmsSettings.forKey(KMS.createKey()).build())),
    KMS_KEYS_REUSED(
        true,
        () ->
            kms(
                KmsSettings.forKey(KMS.createKey())
                    .dataKeyReuse(DataKeyReuse.within(Duration.ofHours(1), 1000, 1_000_000))
                    .build())),
    OWN_PROVIDER(
        true,
        () -> {
          CryptographicMaterialsProvider promisesNothing =
              new CryptographicMaterialsProvider() {
                private final CryptographicMaterialsProvider fixed =
                    StaticMaterialsProvider.builder()
                        .encryptionKey(TestKeys.aes(256))
                        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                        .build();

                @Override
                public io.github.itemseal.materials.EncryptionMaterials encryptionMaterials(
                    EncryptionContext context) {
                  return fixed.encryptionMaterials(context);
                }

                @Override
                public io.github.itemseal.materials.DecryptionMaterials decryptionMaterials(
                    EncryptionContext context) {
                  return fixed.decryptionMaterials(context);
                }
              };
          return Ddbec.using(promisesNothing);
        });

    final boolean isDeterministic;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    final Supplier<ItemFormat> format;

    Source(boolean isDeterministic, Supplier<ItemFormat> format) {
      this.isDeterministic = isDeterministic;
      this.format = format;
    }

    private static ItemFormat fixed(SigningKeys keys) {
      return Ddbec.using(
          StaticMaterialsProvider.builder()
              .encryptionKey(TestKeys.aes(256))
              .signingKeys(keys)
              .build());
    }

    private static ItemFormat kms(KmsSettings settings) {
      return Ddbec.using(KmsMaterialsProvider.of(KMS.client(), settings));
    }
  }

  private static ItemEncryptor encryptor(Source source, AttributeActions actions) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("People", TableIndex.of("id")))
            .actions(actions)
            .writes(source.format.get())
            .build());
  }

  private static final AttributeActions SSN_ENCRYPTED =
      AttributeActions.withDefault(CryptoAction.SIGN_ONLY)
          .with("ssn", CryptoAction.ENCRYPT_AND_SIGN);

  private static Map<String, AttributeValue> item(String attribute) {
    return Map.of("id", AttributeValue.fromS("ann"), attribute, AttributeValue.fromS("x"));
  }

  @ParameterizedTest
  @EnumSource
  void randomAttributes_nothingEncrypted_areThoseThatDifferIfAny(Source source) {
    ItemEncryptor encryptor = encryptor(source, SSN_ENCRYPTED);
    Map<String, AttributeValue> one = encryptor.encryptItem(item("city"));
    Map<String, AttributeValue> other = encryptor.encryptItem(item("city"));
    Set<String> random = encryptor.randomAttributes(one);
    assertThat(random.isEmpty()).isEqualTo(source.isDeterministic);
    assertThat(one.equals(other)).isEqualTo(source.isDeterministic);
    assertThat(random).allSatisfy(name -> assertDiffers(name, one, other));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAINTEXT")
  void randomAttributes_anAttributeEncrypted_areSomeThatDiffer(Source source) {
    ItemEncryptor encryptor = encryptor(source, SSN_ENCRYPTED);
    Map<String, AttributeValue> one = encryptor.encryptItem(item("ssn"));
    Map<String, AttributeValue> other = encryptor.encryptItem(item("ssn"));
    assertThat(encryptor.randomAttributes(one))
        .isNotEmpty()
        .allSatisfy(name -> assertDiffers(name, one, other));
  }

  private static void assertDiffers(
      String name, Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
    assertThat(one.get(name)).isNotNull().isNotEqualTo(other.get(name));
  }
}
