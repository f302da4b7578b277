package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testkit.InMemoryKms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Keyrings of one KMS key, by ARN, id, alias, and of a multi-Region key. */
class KmsKeyringTest {
  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey();
  private final Twins keyring = twins(KmsKeyringSettings.forKey(key));

  private Twins twins(KmsKeyringSettings.Builder settings) {
    return twins(kms, settings);
  }

  private static Twins twins(InMemoryKms kms, KmsKeyringSettings.Builder settings) {
    return new Twins(
        KmsKeyring.of(kms.client(), settings.build()),
        KmsKeyring.of(kms.asyncClient(), settings.build()));
  }

  private EncryptionMaterials written() {
    return keyring.blocking().onEncrypt(Twins.toWrite());
  }

  @Test
  void roundTrip_blockingAndAsync_eachReadsTheOther() {
    keyring.assertRoundTrips();
  }

  @Test
  void requests_writeAndRead_areOneEachWithKeyContextBytesGrantTokensAndUserAgent() {
    Twins granted =
        twins(KmsKeyringSettings.forKey(key).grantTokens("g1", "g2").userAgentSuffix("orders"));
    for (EncryptionMaterials written : granted.write()) {
      DecryptionMaterials materials = Twins.toRead(written);
      granted.blocking().onDecrypt(materials);
      granted.async().onDecryptAsync(materials).join();
    }
    List<String> tokens = List.of("g1", "g2");
    InMemoryKms.Call write = new InMemoryKms.Call("GenerateDataKey", key, Twins.CONTEXT, tokens);
    InMemoryKms.Call read = new InMemoryKms.Call("Decrypt", key, Twins.CONTEXT, tokens);
    assertThat(kms.calls()).containsExactly(write, write, read, read, read, read);
    assertThat(kms.requests())
        .filteredOn(GenerateDataKeyRequest.class::isInstance)
        .allSatisfy(
            request -> {
              assertThat(request.getValueForField("NumberOfBytes", Integer.class)).contains(32);
              assertThat(request.getValueForField("KeySpec", Object.class)).isEmpty();
            });
    assertThat(kms.requests())
        .allSatisfy(
            request ->
                assertThat(request.overrideConfiguration().orElseThrow().apiNames())
                    .extracting(ApiName::name)
                    .containsExactly("itemseal", "orders"));
  }

  @Test
  void encryptedDataKey_written_namesTheArnThatKmsAnswered() {
    EncryptedDataKey encrypted = written().encryptedDataKeys().get(0);
    assertThat(encrypted.providerId()).isEqualTo("aws-kms");
    assertThat(encrypted.providerInfo().asUtf8String()).isEqualTo(key);
  }

  @Test
  void severalKeys_oneItem_costOneCallEachToWriteAndOneToRead() {
    List<String> keys = List.of(key, kms.createKey(), kms.createKey());
    EncryptionMaterials materials = Twins.toWrite();
    for (String each : keys) {
      materials = twins(KmsKeyringSettings.forKey(each)).blocking().onEncrypt(materials);
    }
    assertThat(kms.calls())
        .extracting(InMemoryKms.Call::operation)
        .hasSize(3)
        .containsOnly("GenerateDataKey");
    assertThat(materials.encryptedDataKeys()).hasSize(3);
    DecryptionMaterials read =
        twins(KmsKeyringSettings.forKey(keys.get(2))).blocking().onDecrypt(Twins.toRead(materials));
    assertThat(read.dataKey()).isEqualTo(materials.dataKey());
    assertThat(read.symmetricSigningKey()).contains(materials.symmetricSigningKeys().get(2));
    assertThat(kms.calls()).hasSize(4);
  }

  @Test
  void idAliasAndAliasArn_writeAndRead() {
    String aliasArn = kms.createAlias("alias/orders", key);
    String id = key.substring(key.lastIndexOf('/') + 1);
    for (String name : List.of(id, "alias/orders", aliasArn)) {
      Twins named = twins(KmsKeyringSettings.forKey(name));
      named.assertRoundTrips();
      named.write().forEach(keyring::assertRead);
      named.assertRead(written());
    }
    assertThat(kms.calls())
        .filteredOn(call -> call.operation().equals("Decrypt"))
        .extracting(InMemoryKms.Call::keyId)
        .contains(id, "alias/orders", aliasArn);
  }

  @Test
  void alias_pointedToAnotherKeySince_saysToNameTheFormerKey() {
    kms.createAlias("alias/orders", key);
    EncryptionMaterials before =
        twins(KmsKeyringSettings.forKey("alias/orders")).blocking().onEncrypt(Twins.toWrite());
    kms.createAlias("alias/orders", kms.createKey());
    Twins after = twins(KmsKeyringSettings.forKey("alias/orders"));
    after.assertRefuses(
        Twins.toRead(before),
        MaterialsUnavailableException.class,
        "add a keyring with the ARN of the key that wrote the item");
    assertThatThrownBy(() -> after.blocking().onDecrypt(Twins.toRead(before)))
        .hasCauseInstanceOf(IncorrectKeyException.class)
        .isInstanceOfSatisfying(
            ItemsealException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.MATERIALS_MISMATCH));
    keyring.assertRead(before);
  }

  @Test
  void onDecrypt_keysOfOthersOnly_asksKmsForNothingAndNamesTheKeyring() {
    Twins other = twins(KmsKeyringSettings.forKey(kms.createKey()));
    EncryptionMaterials foreign = other.blocking().onEncrypt(Twins.toWrite());
    int calls = kms.calls().size();
    keyring.assertRefuses(Twins.toRead(foreign), MaterialsUnavailableException.class, key);
    keyring.assertRefuses(
        Twins.toRead(foreign), MaterialsUnavailableException.class, "ItemInspection shows which");
    assertThat(kms.calls()).hasSize(calls);
  }

  @Test
  void onDecrypt_otherContext_throwsAuthentication() {
    keyring.assertRefuses(
        Twins.toRead(Map.of("aws-crypto-table-name", "U"), written().encryptedDataKeys()),
        ItemAuthenticationException.class,
        "failed authentication");
  }

  @Test
  void faults_deniedThrottledDisabled_areTypedWithTheCause() {
    DecryptionMaterials materials = Twins.toRead(written());
    kms.deny("Decrypt");
    kms.deny("GenerateDataKey");
    String message = "AWS KMS did not serve the item";
    keyring.assertRefuses(materials, MaterialsUnavailableException.class, message);
    keyring.assertDoesNotWrite(Twins.toWrite(), MaterialsUnavailableException.class, message);
    assertThatThrownBy(() -> keyring.blocking().onEncrypt(Twins.toWrite()))
        .cause()
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("kms:GenerateDataKey");
    kms.allow("Decrypt");
    kms.throttleNext(2);
    keyring.assertRefuses(materials, MaterialsUnavailableException.class, message);
    kms.disable(key);
    keyring.assertRefuses(materials, MaterialsUnavailableException.class, message);
    assertThatThrownBy(() -> keyring.blocking().onDecrypt(materials))
        .hasCauseInstanceOf(DisabledException.class);
    kms.enable(key);
    assertThat(keyring.blocking().onDecrypt(materials).dataKey()).isPresent();
  }

  @Test
  void onDecrypt_hostileDataKeys_areRefusedAndAGoodOneBehindThemStillOpens() {
    EncryptedDataKey good = written().encryptedDataKeys().get(0);
    byte[] ciphertext = good.ciphertext().asByteArray();
    List<EncryptedDataKey> hostile = new ArrayList<>();
    for (int length : new int[] {0, 47, 48}) {
      EncryptedDataKey tooShort = Twins.withCiphertext(good, Arrays.copyOf(ciphertext, length));
      hostile.add(tooShort);
      keyring.assertRefuses(
          Twins.toRead(Twins.CONTEXT, List.of(tooShort)),
          MalformedItemException.class,
          "too short");
    }
    byte[] flipped = ciphertext.clone();
    flipped[3] ^= 1; // the data key, not what KMS sees
    for (byte[] changed :
        List.of(flipped, Arrays.copyOf(ciphertext, 49), Arrays.copyOf(ciphertext, 48 + 6145))) {
      hostile.add(Twins.withCiphertext(good, changed));
      keyring.assertRefuses(
          Twins.toRead(Twins.CONTEXT, List.of(Twins.withCiphertext(good, changed))),
          ItemAuthenticationException.class,
          "failed authentication");
    }
    hostile.add(good);
    DecryptionMaterials materials = Twins.toRead(Twins.CONTEXT, hostile);
    assertThat(keyring.blocking().onDecrypt(materials).dataKey()).isPresent();
    assertThat(keyring.async().onDecryptAsync(materials).join().dataKey()).isPresent();
  }

  @Test
  void onDecrypt_severalFailures_keepsEveryOne() {
    EncryptedDataKey good = written().encryptedDataKeys().get(0);
    EncryptedDataKey tooShort = Twins.withCiphertext(good, new byte[3]);
    kms.disable(key);
    assertThatThrownBy(
            () ->
                keyring.blocking().onDecrypt(Twins.toRead(Twins.CONTEXT, List.of(tooShort, good))))
        .isInstanceOf(MaterialsUnavailableException.class)
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .hasSize(1)
                    .hasOnlyElementsOfType(MalformedItemException.class));
  }

  @Test
  void onDecrypt_providerInfoThatIsNoKeyArn_isNeverSentToKms() {
    EncryptedDataKey good = written().encryptedDataKeys().get(0);
    Twins discovery = twins(KmsKeyringSettings.discovery());
    Twins alias = twins(KmsKeyringSettings.forKey("alias/orders"));
    int calls = kms.calls().size();
    for (String info :
        List.of(
            "",
            "alias/orders",
            "arn:aws:kms:eu-test-1:000000000000:alias/orders",
            "arn:aws:kms:eu-test-1:000000000000:key/",
            "arn:aws:kms:evil.example/#:000000000000:key/1",
            "arn:aws:s3:eu-test-1:000000000000:key/1",
            "arn:aws:kms:eu-test-1:0:key/1",
            key + "\n",
            key + "/..",
            key.replace("arn:", "ARN:"))) {
      EncryptedDataKey changed = Twins.withInfo(good, info.getBytes(StandardCharsets.UTF_8));
      for (Twins reader : List.of(keyring, discovery, alias)) {
        reader.assertRefuses(
            Twins.toRead(Twins.CONTEXT, List.of(changed)),
            MaterialsUnavailableException.class,
            "No encrypted data key");
      }
    }
    assertThat(kms.calls()).hasSize(calls);
  }

  /** A KMS that answers as told. */
  private record Answering(GenerateDataKeyResponse generated, DecryptResponse decrypted)
      implements KmsClient {
    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
      return generated;
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      return decrypted;
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Test
  void answers_ofAnotherKeyOrLength_areRefused() {
    SdkBytes bytes = SdkBytes.fromByteArray(new byte[32]);
    DecryptionMaterials materials = Twins.toRead(written());
    GenerateDataKeyResponse right =
        GenerateDataKeyResponse.builder().keyId(key).plaintext(bytes).ciphertextBlob(bytes).build();
    String another = kms.createKey();
    for (GenerateDataKeyResponse wrong :
        List.of(
            right.toBuilder().keyId(another).build(),
            right.toBuilder().keyId(null).build(),
            right.toBuilder().keyId("alias/x").build(),
            right.toBuilder().plaintext(SdkBytes.fromByteArray(new byte[31])).build(),
            right.toBuilder().plaintext(null).build(),
            right.toBuilder().ciphertextBlob(SdkBytes.fromByteArray(new byte[0])).build(),
            right.toBuilder().ciphertextBlob(null).build())) {
      Keyring answered =
          KmsKeyring.of(
              new Answering(wrong, DecryptResponse.builder().build()),
              KmsKeyringSettings.forKey(key).build());
      assertThatThrownBy(() -> answered.onEncrypt(Twins.toWrite()))
          .isInstanceOf(MaterialsUnavailableException.class)
          .hasMessageContaining("AWS KMS answered");
    }
    DecryptResponse opened = DecryptResponse.builder().keyId(key).plaintext(bytes).build();
    Map<DecryptResponse, String> refusals =
        Map.of(
            opened.toBuilder().keyId(another).build(),
            "is not of the KMS key",
            opened.toBuilder().keyId(null).build(),
            "is not of the KMS key",
            opened.toBuilder().plaintext(null).build(),
            "without a key of 32 bytes",
            opened.toBuilder().plaintext(SdkBytes.fromByteArray(new byte[16])).build(),
            "failed authentication",
            opened,
            "failed authentication");
    refusals.forEach(
        (answer, message) ->
            assertThatThrownBy(
                    () ->
                        KmsKeyring.of(
                                new Answering(right, answer),
                                KmsKeyringSettings.forKey(key).build())
                            .onDecrypt(materials))
                .isInstanceOf(ItemsealException.class)
                .hasMessageContaining(message));
  }

  @Test
  void multiRegionKey_replicaConfigured_readsWhatThePrimaryWroteAndTheReverse() {
    InMemoryKms there = InMemoryKms.inRegion("us-test-1");
    String primary = kms.createMultiRegionKey();
    String replica = kms.replicate(primary, there);
    Twins here = twins(KmsKeyringSettings.forMultiRegionKey(primary));
    Twins abroad = twins(there, KmsKeyringSettings.forMultiRegionKey(replica));
    here.write().forEach(abroad::assertRead);
    abroad.write().forEach(here::assertRead);
    assertThat(there.calls())
        .filteredOn(call -> call.operation().equals("Decrypt"))
        .extracting(InMemoryKms.Call::keyId)
        .containsOnly(replica);
    twins(there, KmsKeyringSettings.forKey(replica))
        .assertRefuses(
            Twins.toRead(here.write().get(0)),
            MaterialsUnavailableException.class,
            "forKey(...) does not read: use forMultiRegionKey(...)");
  }

  @Test
  void multiRegionKey_ofAnotherAccountPartitionOrSingleRegion_isNotRelated() {
    String primary = kms.createMultiRegionKey();
    EncryptedDataKey encrypted =
        twins(KmsKeyringSettings.forMultiRegionKey(primary))
            .blocking()
            .onEncrypt(Twins.toWrite())
            .encryptedDataKeys()
            .get(0);
    Twins reader =
        twins(KmsKeyringSettings.forMultiRegionKey(primary.replace("eu-test-1", "us-test-1")));
    for (String info :
        List.of(
            primary.replace("000000000000", "111111111111"),
            primary.replace("arn:aws:", "arn:aws-cn:"),
            primary.replace("mrk-", "mrk-1"),
            key)) {
      reader.assertRefuses(
          Twins.toRead(
              Twins.CONTEXT,
              List.of(Twins.withInfo(encrypted, info.getBytes(StandardCharsets.UTF_8)))),
          MaterialsUnavailableException.class,
          "No encrypted data key");
    }
    twins(KmsKeyringSettings.forMultiRegionKey(key)).assertRoundTrips();
  }

  @Test
  void ofRegions_keyArnAndAlias_asksForTheRegionOfTheName() {
    InMemoryKms frankfurt = InMemoryKms.inRegion("eu-central-1");
    String arn = frankfurt.createKey();
    String aliasArn = frankfurt.createAlias("alias/there", arn);
    kms.createAlias("alias/default", key);
    List<Optional<String>> asked = new ArrayList<>();
    for (String name : List.of(arn, aliasArn, "alias/default")) {
      Keyring regional =
          KmsKeyring.ofRegions(
              region -> {
                asked.add(region);
                return region.isPresent() ? frankfurt.client() : kms.client();
              },
              KmsKeyringSettings.forKey(name).build());
      regional.onDecrypt(Twins.toRead(regional.onEncrypt(Twins.toWrite())));
    }
    assertThat(asked)
        .containsExactly(
            Optional.of("eu-central-1"),
            Optional.of("eu-central-1"),
            Optional.of("eu-central-1"),
            Optional.of("eu-central-1"),
            Optional.empty(),
            Optional.empty());
  }

  @Test
  void settings_impossible_throw() {
    for (String name :
        List.of(
            "",
            " ",
            "a key",
            "alias/",
            "arn:aws:s3:::bucket",
            "arn:aws:kms:x:1:key/1",
            "arn:aws:s3:::bucket:alias/x",
            "arn:aws:kms:eu-west-1:1:alias/x")) {
      assertThatThrownBy(() -> KmsKeyringSettings.forKey(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not the ARN, id or alias");
    }
    assertThatThrownBy(() -> KmsKeyringSettings.forMultiRegionKey("mrk-1234"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not the ARN of a KMS key");
  }
}
