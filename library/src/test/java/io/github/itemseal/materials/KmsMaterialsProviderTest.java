package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import io.github.itemseal.Ddbec;
import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.testkit.InMemoryKms;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ApiName;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Both kinds of provider over the in-memory KMS. */
class KmsMaterialsProviderTest {
  private static final Map<String, String> CONTEXT =
      Map.of(
          "*amzn-ddb-env-alg*", "AES/256",
          "*amzn-ddb-sig-alg*", "HmacSHA256/256",
          "*aws-kms-table*", "T",
          "pk", "p",
          "sk", "1.5");

  private final InMemoryKms kms = InMemoryKms.create();
  private final String key = kms.createKey();

  private ItemEncryptor encryptor(String table, KmsSettings settings) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of(table, TableIndex.of("pk", "sk")))
            .actions(AttributeActions.encryptAndSign().with("open", CryptoAction.SIGN_ONLY))
            .writes(
                Ddbec.using(
                    KmsMaterialsProvider.of(kms.client(), settings),
                    KmsMaterialsProvider.of(kms.asyncClient(), settings)))
            .build());
  }

  private ItemEncryptor encryptor(KmsSettings.Builder settings) {
    return encryptor("T", settings.build());
  }

  private static Map<String, AttributeValue> item() {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    item.put("pk", AttributeValue.fromS("p"));
    item.put("sk", AttributeValue.fromN("1.5"));
    item.put("ssn", AttributeValue.fromS("secret-value"));
    item.put("open", AttributeValue.fromS("o"));
    return item;
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    changed.put(name, value);
    return changed;
  }

  private void assertBothFail(
      ItemEncryptor encryptor,
      Map<String, AttributeValue> stored,
      Class<? extends ItemsealException> type,
      FailureReason reason) {
    assertFails(() -> encryptor.decryptItem(stored), type, reason);
    assertThatThrownBy(() -> encryptor.decryptItemAsync(stored).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(type)
        .hasMessageNotContaining("secret-value");
  }

  private static void assertFails(
      ThrowingCallable call, Class<? extends ItemsealException> type, FailureReason reason) {
    assertThatThrownBy(call)
        .isInstanceOf(type)
        .isInstanceOfSatisfying(
            ItemsealException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageNotContaining("secret-value");
  }

  @Test
  void roundTrip_blockingAndAsync_eachReadsTheOther() {
    ItemEncryptor encryptor = encryptor(KmsSettings.forKey(key));
    assertThat(encryptor.decryptItemAsync(encryptor.encryptItem(item())).join()).isEqualTo(item());
    assertThat(encryptor.decryptItem(encryptor.encryptItemAsync(item()).join())).isEqualTo(item());
  }

  @Test
  void requests_encryptAndDecrypt_areExactlyOneEachWithContextKeyAndGrantTokens() {
    ItemEncryptor encryptor = encryptor(KmsSettings.forKey(key).grantTokens("g1", "g2"));
    encryptor.decryptItem(encryptor.encryptItem(item()));
    assertThat(kms.calls())
        .containsExactly(
            new InMemoryKms.Call("GenerateDataKey", key, CONTEXT, List.of("g1", "g2")),
            new InMemoryKms.Call("Decrypt", key, CONTEXT, List.of("g1", "g2")));
  }

  @Test
  void description_written_isWhatTheJavaClientWrites() {
    EncryptionMaterials materials =
        KmsMaterialsProvider.of(kms.client(), KmsSettings.forKey(key).build())
            .encryptionMaterials(EncryptionContext.builder().build());
    assertThat(materials.materialDescription().entries())
        .containsOnlyKeys(
            "aws-kms-ec-attr",
            "amzn-ddb-wrap-alg",
            "amzn-ddb-env-alg",
            "amzn-ddb-sig-alg",
            "amzn-ddb-env-key")
        .containsEntry("aws-kms-ec-attr", "*keys*")
        .containsEntry("amzn-ddb-wrap-alg", "kms")
        .containsEntry("amzn-ddb-env-alg", "AES/256")
        .containsEntry("amzn-ddb-sig-alg", "HmacSHA256/256");
  }

  @Test
  void keyId_idAliasAndAliasArn_work() {
    String aliasArn = kms.createAlias("alias/orders", key);
    String id = key.substring(key.lastIndexOf('/') + 1);
    for (String keyId : List.of(id, key, "alias/orders", aliasArn)) {
      ItemEncryptor encryptor = encryptor(KmsSettings.forKey(keyId));
      assertThat(encryptor.decryptItem(encryptor.encryptItem(item()))).isEqualTo(item());
    }
  }

  @Test
  void decryptItem_writtenUnderAnotherKey_isRefusedUnlessAllowed() {
    String other = kms.createKey();
    Map<String, AttributeValue> foreign = encryptor(KmsSettings.forKey(other)).encryptItem(item());
    ItemEncryptor strict = encryptor(KmsSettings.forKey(key));
    assertBothFail(
        strict, foreign, MaterialsUnavailableException.class, FailureReason.MATERIALS_MISMATCH);
    assertThatThrownBy(() -> strict.decryptItem(foreign))
        .hasCauseInstanceOf(IncorrectKeyException.class);
    assertBothFail(
        encryptor(KmsSettings.forKey(key).decryptsWith(Set.of(key))),
        foreign,
        MaterialsUnavailableException.class,
        FailureReason.MATERIALS_MISMATCH);
    assertThat(
            encryptor(KmsSettings.forKey(key).decryptsWith(Set.of(key, other)))
                .decryptItem(foreign))
        .isEqualTo(item());
    assertThat(encryptor(KmsSettings.forKey(key).decryptsWithAnyKey()).decryptItem(foreign))
        .isEqualTo(item());
  }

  @Test
  void decryptItem_keyTableOrDescriptionChanged_throwsAuthentication() {
    ItemEncryptor encryptor = encryptor(KmsSettings.forKey(key));
    Map<String, AttributeValue> stored = encryptor.encryptItem(item());
    Class<ItemAuthenticationException> type = ItemAuthenticationException.class;
    assertBothFail(
        encryptor,
        with(stored, "pk", AttributeValue.fromS("q")),
        type,
        FailureReason.NOT_AUTHENTIC);
    assertBothFail(
        encryptor("Other", KmsSettings.forKey(key).build()),
        stored,
        type,
        FailureReason.NOT_AUTHENTIC);
    assertBothFail(
        encryptor,
        with(stored, "open", AttributeValue.fromS("changed")),
        type,
        FailureReason.NOT_AUTHENTIC);
  }

  @Test
  void algorithms_overridden_areStoredAndRead() {
    ItemEncryptor writer =
        encryptor(
            KmsSettings.forKey(key).contentKeyBits(128).signing(SigningAlgorithm.HMAC_SHA512, 384));
    Map<String, AttributeValue> stored = writer.encryptItem(item());
    assertThat(stored.get("*amzn-ddb-map-sig*").b().asByteArray()).hasSize(64);
    assertThat(encryptor(KmsSettings.forKey(key)).decryptItem(stored)).isEqualTo(item());
    assertThat(kms.calls().get(1).encryptionContext())
        .containsEntry("*amzn-ddb-env-alg*", "AES/128")
        .containsEntry("*amzn-ddb-sig-alg*", "HmacSHA512/384");
  }

  @Test
  void encryptionContext_hook_isAskedBothWays() {
    KmsSettings.Builder settings =
        KmsSettings.forKey(key)
            .encryptionContext(
                (context, standard) ->
                    Map.of("tenant", "blue", "table", context.tableName().orElseThrow()));
    ItemEncryptor encryptor = encryptor(settings);
    assertThat(encryptor.decryptItem(encryptor.encryptItem(item()))).isEqualTo(item());
    assertThat(kms.calls())
        .extracting(InMemoryKms.Call::encryptionContext)
        .containsOnly(
            Map.of(
                "tenant", "blue",
                "table", "T",
                "*amzn-ddb-env-alg*", "AES/256",
                "*amzn-ddb-sig-alg*", "HmacSHA256/256"));
  }

  @Test
  void keyIdOf_function_choosesTheKeyOfEachItem() {
    String blue = kms.createKey();
    ItemEncryptor encryptor =
        encryptor(
            KmsSettings.forKeyOf(
                context -> context.attributes().get("pk").s().equals("blue") ? blue : key));
    for (String tenant : List.of("blue", "red")) {
      Map<String, AttributeValue> item = with(item(), "pk", AttributeValue.fromS(tenant));
      assertThat(encryptor.decryptItem(encryptor.encryptItem(item))).isEqualTo(item);
    }
    assertThat(kms.calls())
        .extracting(InMemoryKms.Call::keyId)
        .containsExactly(blue, blue, key, key);
  }

  @Test
  void rotation_ofTheKmsKey_changesNothingForItems() {
    ItemEncryptor encryptor = encryptor(KmsSettings.forKey(key));
    Map<String, AttributeValue> stored = encryptor.encryptItem(item());
    kms.rotate(key);
    assertThat(encryptor.decryptItem(stored)).isEqualTo(item());
  }

  @Test
  void faults_deniedThrottledDisabled_areTypedWithTheCause() {
    ItemEncryptor encryptor = encryptor(KmsSettings.forKey(key));
    Map<String, AttributeValue> stored = encryptor.encryptItem(item());
    kms.deny("Decrypt");
    kms.deny("GenerateDataKey");
    assertBothFail(
        encryptor, stored, MaterialsUnavailableException.class, FailureReason.KEY_SOURCE_FAILED);
    assertThatThrownBy(() -> encryptor.encryptItem(item()))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("AWS KMS gave no data key for the item of table 'T'")
        .hasCauseInstanceOf(KmsException.class);
    kms.allow("Decrypt");
    kms.throttleNext(2);
    assertBothFail(
        encryptor, stored, MaterialsUnavailableException.class, FailureReason.KEY_SOURCE_FAILED);
    kms.disable(key);
    assertThatThrownBy(() -> encryptor.decryptItem(stored))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCauseInstanceOf(DisabledException.class);
  }

  @Test
  void encryptionMaterials_clientThrowsAnError_isPassedOnAsItIs() {
    AssertionError error = new AssertionError("broken");
    KmsSettings settings = KmsSettings.forKey(key).build();
    EncryptionContext context = EncryptionContext.builder().tableName("T").build();
    KmsMaterialsProvider blocking =
        KmsMaterialsProvider.ofRegions(
            region -> {
              throw error;
            },
            settings);
    assertThatThrownBy(() -> blocking.encryptionMaterials(context)).isSameAs(error);
    KmsMaterialsProvider.Async async =
        KmsMaterialsProvider.ofRegionsAsync(
            region -> {
              throw error;
            },
            settings);
    assertThatThrownBy(() -> async.encryptionMaterialsAsync(context).join()).hasCause(error);
  }

  @Test
  void ofRegions_keyArn_asksForItsRegionsClient() {
    InMemoryKms frankfurt = InMemoryKms.inRegion("eu-central-1");
    String arn = frankfurt.createKey();
    Map<Optional<String>, Integer> asked = new HashMap<>();
    KmsMaterialsProvider provider =
        KmsMaterialsProvider.ofRegions(
            region -> {
              asked.merge(region, 1, Integer::sum);
              return region.isPresent() ? frankfurt.client() : kms.client();
            },
            KmsSettings.forKeyOf(context -> context.tableName().isPresent() ? arn : "alias/default")
                .build());
    kms.createAlias("alias/default", key);
    provider.encryptionMaterials(EncryptionContext.builder().tableName("T").build());
    provider.encryptionMaterials(EncryptionContext.builder().build());
    assertThat(asked).isEqualTo(Map.of(Optional.of("eu-central-1"), 1, Optional.empty(), 1));
  }

  @Test
  void settings_impossible_throwAtBuild() {
    assertThatThrownBy(() -> KmsSettings.forKey(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key id is empty");
    assertThatThrownBy(() -> KmsSettings.forKey(key).decryptsWith(Set.of("alias/x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'alias/x' is not the ARN");
    assertThatThrownBy(
            () -> KmsSettings.forKey(key).decryptsWith(Set.of(key)).decryptsWithAnyKey().build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not both");
    assertThatThrownBy(() -> KmsSettings.forKey(key).signing(SigningAlgorithm.RSA_SHA256, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sign with a MAC");
  }

  /** A KMS that remembers what it was asked and answers as another Region's replica would. */
  private static final class ReplicaKms implements KmsClient {
    private final KmsClient primary;
    private final String primaryArn;
    private final String replicaArn;
    private DecryptRequest asked = DecryptRequest.builder().build();

    ReplicaKms(KmsClient primary, String primaryArn, String replicaArn) {
      this.primary = primary;
      this.primaryArn = primaryArn;
      this.replicaArn = replicaArn;
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
      asked = request;
      DecryptRequest there = request.toBuilder().keyId(primaryArn).build();
      return primary.decrypt(there).toBuilder().keyId(replicaArn).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Test
  void multiRegionKey_replicaConfigured_readsWhatThePrimaryWrote() {
    String replica = "arn:aws:kms:eu-west-3:000000000000:key/mrk-1234";
    Map<String, AttributeValue> stored = encryptor(KmsSettings.forKey(key)).encryptItem(item());
    ReplicaKms there = new ReplicaKms(kms.client(), key, replica);
    for (String keyId : List.of(replica, "mrk-1234", "alias/here")) {
      KmsSettings settings = KmsSettings.forKey(keyId).userAgentSuffix("orders-service").build();
      ItemEncryptor reader =
          ItemEncryptor.of(
              TableEncryption.of(TableInfo.of("T", TableIndex.of("pk", "sk")))
                  .actions(AttributeActions.encryptAndSign().with("open", CryptoAction.SIGN_ONLY))
                  .writes(Ddbec.using(KmsMaterialsProvider.of(there, settings)))
                  .build());
      assertThat(reader.decryptItem(stored)).isEqualTo(item());
      assertThat(there.asked.keyId()).isEqualTo(keyId);
      assertThat(there.asked.overrideConfiguration().orElseThrow().apiNames())
          .extracting(ApiName::name)
          .containsExactly("itemseal", "orders-service");
    }
  }

  @Test
  void encryptionContext_numberKey_isCanonicalWhateverTheNotation() {
    KmsMaterialsProvider provider =
        KmsMaterialsProvider.of(kms.client(), KmsSettings.forKey(key).build());
    provider.encryptionMaterials(
        EncryptionContext.builder()
            .tableName("T")
            .partitionKeyName("pk")
            .sortKeyName("sk")
            .attributes(
                Map.of("pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromN("1.50E0")))
            .build());
    assertThat(kms.calls().get(0).encryptionContext()).isEqualTo(CONTEXT);
  }

  /** The item says how long its MAC key is; only the encryption context vouches for that. */
  @Test
  void decryptItem_macKeyShortenedUnderAHookOfOnesOwn_throwsAuthentication() {
    ItemEncryptor encryptor =
        encryptor(KmsSettings.forKey(key).encryptionContext((context, standard) -> Map.of()));
    Map<String, AttributeValue> stored = encryptor.encryptItem(item());
    byte[] description = stored.get("*amzn-ddb-map-desc*").b().asByteArray();
    String latin = new String(description, StandardCharsets.ISO_8859_1);
    String shortened = latin.replace("\0\0\0\u000eHmacSHA256/256", "\0\0\0\fHmacSHA256/8");
    assertThat(shortened).isNotEqualTo(latin);
    assertBothFail(
        encryptor,
        with(
            stored,
            "*amzn-ddb-map-desc*",
            AttributeValue.fromB(
                SdkBytes.fromByteArray(shortened.getBytes(StandardCharsets.ISO_8859_1)))),
        ItemAuthenticationException.class,
        FailureReason.NOT_AUTHENTIC);
  }
}
