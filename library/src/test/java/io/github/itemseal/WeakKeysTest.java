package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.KmsRsaSettings;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.keyring.RawRsaKeyring;
import io.github.itemseal.keyring.RsaKeyPadding;
import io.github.itemseal.materials.DelegatedKey;
import io.github.itemseal.materials.KeyStoreMaterialsProvider;
import io.github.itemseal.materials.KmsSettings;
import io.github.itemseal.materials.SigningAlgorithm;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One rule for the strength of keys, at every place that takes one. */
class WeakKeysTest {
  private static final String ARN =
      "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  private static final char[] PASSWORD = "password".toCharArray();

  private static final KeyPair RSA_512 = rsa(512, 65537);
  private static final KeyPair RSA_1024 = rsa(1024, 65537);
  private static final KeyPair RSA_EXPONENT_3 = rsa(2048, 3);

  private static KeyPair rsa(int bits, int exponent) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(exponent)));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static SecretKey mac(int bytes) {
    return new SecretKeySpec(new byte[bytes], "HmacSHA256");
  }

  private static SecretKey aes(int bytes) {
    return new SecretKeySpec(new byte[bytes], "AES");
  }

  private static RawRsaKeyring.Builder keyring() {
    return RawRsaKeyring.builder("ns", "name", RsaKeyPadding.OAEP_SHA1);
  }

  private static WrappedMaterialsProvider.Builder wrapped() {
    return WrappedMaterialsProvider.builder().signingKeys(SigningKeys.mac(TestKeys.hmac()));
  }

  private static String pem(String label, Key key) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(key.getEncoded()));
  }

  /** Every place where a key pair, or a half of one, is configured to write. */
  private static Map<String, Consumer<KeyPair>> rsaWriters() {
    Map<String, Consumer<KeyPair>> places = new LinkedHashMap<>();
    places.put("raw RSA, public", p -> keyring().publicKey(p.getPublic()).build());
    places.put("raw RSA, pair", p -> keyring().keyPair(p).build());
    places.put(
        "raw RSA, PEM", p -> keyring().publicKeyPem(pem("PUBLIC KEY", p.getPublic())).build());
    places.put("wrapped, public", p -> wrapped().wrappingKey(p.getPublic()).build());
    places.put("wrapped, pair", p -> wrapped().wrappingKeyPair(p).build());
    places.put("signer", p -> SigningKeys.signer(p.getPrivate()));
    places.put("signing pair", SigningKeys::keyPair);
    places.put("signer and verifier", p -> SigningKeys.of(p.getPrivate(), p.getPublic()));
    places.put("KMS RSA", p -> KmsRsaSettings.forKey(ARN).publicKey(p.getPublic()).build());
    return places;
  }

  /** Every place where it is configured to read only. */
  private static Map<String, Consumer<KeyPair>> rsaReaders() {
    Map<String, Consumer<KeyPair>> places = new LinkedHashMap<>();
    places.put("raw RSA, private", p -> keyring().privateKey(p.getPrivate()).build());
    places.put(
        "raw RSA, PEM", p -> keyring().privateKeyPem(pem("PRIVATE KEY", p.getPrivate())).build());
    places.put("wrapped, private", p -> wrapped().unwrappingKey(p.getPrivate()).build());
    places.put("verifier", p -> SigningKeys.verifier(p.getPublic()));
    places.put(
        "verifier beside a signer",
        p -> SigningKeys.of(TestKeys.rsa().getPrivate(), p.getPublic()));
    return places;
  }

  /** Every place where a MAC key is configured to sign. */
  private static Map<String, Consumer<SecretKey>> macWriters() {
    Map<String, Consumer<SecretKey>> places = new LinkedHashMap<>();
    places.put("mac", SigningKeys::mac);
    places.put("mac of two", key -> SigningKeys.of(key, TestKeys.hmac()));
    places.put("delegated", key -> SigningKeys.delegated(new ShowingKey(key)));
    places.put("key store", WeakKeysTest::keyStore);
    places.put(
        "KMS",
        key ->
            KmsSettings.forKey(ARN)
                .signing(SigningAlgorithm.HMAC_SHA256, 8 * key.getEncoded().length));
    return places;
  }

  /** Every place where an AES key is configured. */
  private static Map<String, Consumer<SecretKey>> aesPlaces() {
    Map<String, Consumer<SecretKey>> places = new LinkedHashMap<>();
    places.put("raw AES", key -> RawAesKeyring.of("ns", "name", key));
    places.put("wrapping", key -> wrapped().wrappingKey(key));
    places.put("unwrapping", key -> wrapped().unwrappingKey(key));
    places.put("static", key -> StaticMaterialsProvider.builder().encryptionKey(key));
    places.put("delegated", key -> wrapped().wrappingKey(new ShowingKey(key)));
    return places;
  }

  /** A delegated key that shows its bytes. */
  private record ShowingKey(SecretKey key) implements DelegatedKey {
    @Override
    public String getAlgorithm() {
      return key.getAlgorithm();
    }

    @Override
    public byte[] getEncoded() {
      return key.getEncoded();
    }
  }

  private static void keyStore(SecretKey signingKey) {
    try {
      KeyStore store = KeyStore.getInstance("JCEKS");
      store.load(null, null);
      KeyStore.PasswordProtection protection = new KeyStore.PasswordProtection(PASSWORD);
      store.setEntry("aes", new KeyStore.SecretKeyEntry(aes(32)), protection);
      store.setEntry("mac", new KeyStore.SecretKeyEntry(signingKey), protection);
      KeyStoreMaterialsProvider.builder()
          .keyStore(store)
          .encryptionAlias("aes", protection)
          .signingAlias("mac", protection)
          .build();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> Stream<Arguments> each(
      Map<String, Consumer<T>> places, Map<T, String> keysAndMessages) {
    return places.entrySet().stream()
        .flatMap(
            place ->
                keysAndMessages.entrySet().stream()
                    .map(
                        key ->
                            Arguments.of(
                                place.getKey(), place.getValue(), key.getKey(), key.getValue())));
  }

  private static Stream<Arguments> tooWeakToWrite() {
    return each(
        rsaWriters(),
        Map.of(
            RSA_512, "An RSA key needs 2048 bits or more to write items, this one has 512.",
            RSA_1024, "this one has 1024. It may read old items: configure it for reading only.",
            RSA_EXPONENT_3, "an odd public exponent of 65537 or more to write items"));
  }

  private static Stream<Arguments> tooWeakToRead() {
    return each(
        rsaReaders(),
        Map.of(RSA_512, "An RSA key needs 1024 bits or more to read items, this one has 512."));
  }

  private static Stream<Arguments> tooShortMac() {
    return each(macWriters(), Map.of(mac(1), "", mac(8), "", mac(15), ""));
  }

  private static Stream<Arguments> oddAes() {
    return each(aesPlaces(), Map.of(aes(8), "128, 192 or 256 bits", aes(33), "128, 192 or 256"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource({"tooWeakToWrite", "tooWeakToRead", "tooShortMac", "oddAes"})
  <T> void key_tooWeak_isRefusedWithASentence(
      String place, Consumer<T> configure, T key, String message) {
    assertThatThrownBy(() -> configure.accept(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith(".");
  }

  private static Stream<Arguments> readable() {
    return each(rsaReaders(), Map.of(RSA_1024, "1024 bits", RSA_EXPONENT_3, "exponent 3"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("readable")
  void key_ofOldItems_isTakenForReading(
      String place, Consumer<KeyPair> configure, KeyPair key, String which) {
    assertThatCode(() -> configure.accept(key)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void verifier_macBelowPublishedVectors_isRefused(int bytes) {
    assertThatThrownBy(() -> SigningKeys.verifier(mac(bytes)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("An HMAC key needs 8 bytes or more to read items");
  }

  /** Keys of a device do not tell: nothing is refused, and nothing asks them for more. */
  @Test
  void key_thatDoesNotTell_isTaken() {
    PrivateKey silent =
        new PrivateKey() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getAlgorithm() {
            return "RSA";
          }

          @Override
          public String getFormat() {
            return null;
          }

          @Override
          public byte[] getEncoded() {
            return null;
          }
        };
    PublicKey known = TestKeys.rsa().getPublic();
    assertThat(SigningKeys.of(silent, known)).isNotNull();
    assertThat(keyring().publicKey(known).privateKey(silent).build()).isNotNull();
  }
}
