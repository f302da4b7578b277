package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningAlgorithm;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.CanonicalItems;
import io.github.itemseal.testing.RandomItems;
import io.github.itemseal.testing.TestKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemEncryptorRoundTripTest {
  static Stream<Arguments> providers() {
    SigningKeys mac = SigningKeys.mac(TestKeys.hmac());
    var wrapped = WrappedMaterialsProvider.builder();
    return Stream.of(
        Arguments.of(
            "static",
            StaticMaterialsProvider.builder()
                .encryptionKey(TestKeys.aes(128))
                .signingKeys(mac)
                .build()),
        Arguments.of(
            "wrapped AES", wrapped.wrappingKey(TestKeys.aes(256)).signingKeys(mac).build()),
        Arguments.of(
            "wrapped RSA, RSA signature",
            WrappedMaterialsProvider.builder()
                .wrappingKeyPair(TestKeys.rsa())
                .signingKeys(
                    SigningKeys.keyPair(TestKeys.rsa()).signingWith(SigningAlgorithm.RSA_SHA512))
                .build()),
        Arguments.of(
            "wrapped AES, ECDSA signature",
            WrappedMaterialsProvider.builder()
                .wrappingKey(TestKeys.aes(192))
                .contentKeyBits(128)
                .signingKeys(SigningKeys.keyPair(TestKeys.ec("secp384r1")))
                .build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("providers")
  void decryptItem_ofEncryptItem_isTheItem(String name, LocalMaterialsProvider provider) {
    long seed = new Random().nextLong();
    System.out.println("ItemEncryptorRoundTripTest " + name + " seed " + seed);
    RandomItems random = new RandomItems(seed);
    for (int i = 0; i < 300; i++) {
      Map<String, AttributeValue> item = random.item();
      ItemEncryptor encryptor =
          ItemEncryptor.of(
              TableEncryption.of(
                      TableInfo.of(
                          "T", TableIndex.of(RandomItems.PARTITION_KEY, RandomItems.SORT_KEY)))
                  .actions(random.actionsFor(item))
                  .writes(Ddbec.using(provider))
                  .build());
      Map<String, AttributeValue> before = new LinkedHashMap<>(item);
      Map<String, AttributeValue> stored = encryptor.encryptItem(item);
      assertThat(item).isEqualTo(before);
      stored.forEach(
          (attribute, value) ->
              assertThat(
                      value.type() == AttributeValue.Type.B && !value.equals(item.get(attribute)))
                  .as(attribute)
                  .isEqualTo(
                      encryptor.actions().actionFor(attribute).encrypts()
                          || attribute.startsWith("*amzn-ddb-map-")));
      assertThat(CanonicalItems.of(encryptor.decryptItem(stored)))
          .isEqualTo(CanonicalItems.of(item));
      assertThat(CanonicalItems.of(encryptor.decryptItemAsync(stored).join()))
          .isEqualTo(CanonicalItems.of(item));
    }
  }
}
