package io.github.itemseal.keyring;

import static io.github.itemseal.keyring.BranchKeysForTest.FIRST;
import static io.github.itemseal.keyring.BranchKeysForTest.SECOND;
import static io.github.itemseal.keyring.HierarchicalKeyrings.CONTEXT;
import static io.github.itemseal.keyring.HierarchicalKeyrings.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.keyring.HierarchicalKeyrings.Subject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a hierarchical keyring writes and reads, and what it refuses. */
class HierarchicalKeyringTest extends HierarchicalKeyringFixture {
  /** The ciphertext with W, what follows its 48 bytes, changed. */
  private static List<EncryptedDataKey> withWrapped(EncryptedDataKey key, byte[] wrapped) {
    byte[] ciphertext = Arrays.copyOf(key.ciphertext().asByteArray(), 48 + wrapped.length);
    System.arraycopy(wrapped, 0, ciphertext, 48, wrapped.length);
    return List.of(
        new EncryptedDataKey(
            key.providerId(), key.providerInfo(), SdkBytes.fromByteArray(ciphertext)));
  }

  private static byte[] bytesOf(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  // ---- Wrapping

  @Test
  void keyStore_answersWithAnotherKey_isRefusedAndNotKept() {
    EncryptionMaterials written = subject.encrypt();
    kept.refresh();
    List<Supplier<BranchKey>> wrong =
        List.of(
            () -> null,
            () -> BranchKeysForTest.key("other", BranchKeysForTest.FIRST),
            () -> BranchKeysForTest.key(ID, BranchKeysForTest.SECOND));
    for (Supplier<BranchKey> answer : wrong) {
      source.answerWith(answer);
      assertMismatch(() -> subject.decrypt(written));
    }
    for (Supplier<BranchKey> answer : wrong.subList(0, 2)) {
      source.answerWith(answer);
      assertMismatch(subject::encrypt);
    }
    source.answerWith(() -> BranchKeysForTest.key(ID, BranchKeysForTest.FIRST));
    assertThat(subject.decrypt(written).dataKey()).isEqualTo(written.dataKey());
    assertThat(subject.encrypt().dataKey()).isPresent();
  }

  private static void assertMismatch(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MaterialsUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.MATERIALS_MISMATCH))
        .hasMessageContaining("answered with another key than was asked for");
  }

  @Test
  void onEncrypt_always_addsADataKeyOfTheSpecifiedShape() {
    EncryptionMaterials written = subject.encrypt();
    EncryptedDataKey key = edk(written);
    assertThat(key.providerId()).isEqualTo("aws-kms-hierarchy");
    assertThat(key.providerInfo().asUtf8String()).isEqualTo(ID);
    assertThat(key.ciphertext().asByteArray()).hasSize(140);
    assertThat(Arrays.copyOfRange(wrapped(key), 28, 44)).isEqualTo(bytesOf(FIRST));
    assertThat(written.symmetricSigningKeys()).hasSize(1);
    EncryptedDataKey other = edk(subject.encrypt());
    assertThat(Arrays.copyOf(wrapped(other), 16)).isNotEqualTo(Arrays.copyOf(wrapped(key), 16));
    assertThat(Arrays.copyOfRange(wrapped(other), 16, 28))
        .isNotEqualTo(Arrays.copyOfRange(wrapped(key), 16, 28));
  }

  @Test
  void onEncrypt_thenOnDecrypt_givesTheSameKeys() {
    EncryptionMaterials written = subject.encrypt();
    DecryptionMaterials read = subject.decrypt(written);
    assertThat(read.dataKey()).isPresent().isEqualTo(written.dataKey());
    assertThat(read.symmetricSigningKey())
        .isPresent()
        .contains(written.symmetricSigningKeys().get(0));
  }

  @Test
  void onEncrypt_dataKeyIsThere_wrapsThatOne() {
    EncryptionMaterials first = subject.encrypt();
    EncryptionMaterials both = BranchKeysUnderTest.join(subject.encrypting(first));
    assertThat(both.dataKey()).isEqualTo(first.dataKey());
    assertThat(both.encryptedDataKeys()).hasSize(2);
    assertThat(subject.decrypt(both.encryptedDataKeys().subList(1, 2)).dataKey())
        .isEqualTo(first.dataKey());
  }

  /** The derivation and the associated data, put together anew from the specification. */
  @Test
  void onEncrypt_always_isWhatTheSpecificationSays() throws GeneralSecurityException {
    EncryptionMaterials written = subject.encrypt();
    byte[] w = wrapped(edk(written));
    byte[] id = ID.getBytes(StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(BranchKeysForTest.key(ID, FIRST).key());
    mac.update(new byte[] {0, 0, 0, 1});
    mac.update("aws-kms-hierarchy".getBytes(StandardCharsets.US_ASCII));
    mac.update((byte) 0);
    mac.update(w, 0, 16);
    byte[] derived = mac.doFinal(new byte[] {0, 0, 1, 0}); // 256 bits
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(derived, "AES"),
        new GCMParameterSpec(128, w, 16, 12));
    cipher.updateAAD("aws-kms-hierarchy".getBytes(StandardCharsets.US_ASCII));
    cipher.updateAAD(id);
    cipher.updateAAD(bytesOf(FIRST));
    cipher.updateAAD(written.canonicalContext());
    byte[] intermediateKey = cipher.doFinal(w, 44, 48);
    assertThat(
            reading(CONTEXT, written.encryptedDataKeys())
                .withIntermediateKey(edk(written), intermediateKey)
                .dataKey())
        .isEqualTo(written.dataKey());
  }

  @Test
  void onDecrypt_afterRotation_usesTheVersionThatTheItemNames() {
    EncryptionMaterials old = subject.encrypt();
    source.rotate();
    kept.refresh();
    EncryptionMaterials current = subject.encrypt();
    assertThat(Arrays.copyOfRange(wrapped(edk(current)), 28, 44)).isEqualTo(bytesOf(SECOND));
    assertThat(subject.decrypt(old).dataKey()).isEqualTo(old.dataKey());
    assertThat(subject.decrypt(current).dataKey()).isEqualTo(current.dataKey());
  }

  // ---- Hostile data keys

  @Test
  void onDecrypt_wrappedKeyOfAnotherLength_throwsMalformed() {
    EncryptedDataKey key = edk(subject.encrypt());
    for (int length = 0; length <= 200; length++) {
      if (length == 92) {
        continue;
      }
      List<EncryptedDataKey> changed = withWrapped(key, Arrays.copyOf(wrapped(key), length));
      assertThatThrownBy(() -> subject.decrypt(changed))
          .as("%s bytes", length)
          .isInstanceOf(MalformedItemException.class)
          .hasMessageContaining("data key")
          .extracting(e -> ((ItemsealException) e).reason())
          .isEqualTo(FailureReason.DATA_KEY_MALFORMED);
    }
    assertThat(source.fetches()).as("no key was asked for").containsExactly(ID);
  }

  @Test
  void onDecrypt_anyBitOfTheWrappedKeyFlipped_isRefused() {
    EncryptedDataKey key = edk(subject.encrypt());
    for (int bit = 0; bit < 92 * 8; bit++) {
      byte[] flipped = wrapped(key);
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      boolean inVersion = bit / 8 >= 28 && bit / 8 < 44;
      assertThatThrownBy(() -> subject.decrypt(withWrapped(key, flipped)))
          .as("bit %s", bit)
          .isInstanceOf(
              inVersion ? MaterialsUnavailableException.class : ItemAuthenticationException.class);
    }
  }

  @Test
  void onDecrypt_unknownVersion_throwsNotFoundAndIsNotKept() {
    EncryptedDataKey key = edk(subject.encrypt());
    byte[] w = wrapped(key);
    System.arraycopy(bytesOf(UUID.randomUUID()), 0, w, 28, 16);
    int before = source.fetches().size();
    for (int i = 1; i <= 2; i++) {
      assertFails(
          () -> subject.decrypt(withWrapped(key, w)),
          FailureReason.MATERIAL_VERSION_NOT_FOUND,
          "no such version");
      assertThat(source.fetches()).hasSize(before + i);
    }
  }

  @Test
  void onDecrypt_anotherVersionThatExists_throwsAuthentication() {
    EncryptedDataKey key = edk(subject.encrypt());
    byte[] w = wrapped(key);
    System.arraycopy(bytesOf(SECOND), 0, w, 28, 16);
    assertThatThrownBy(() -> subject.decrypt(withWrapped(key, w)))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void onDecrypt_otherContext_throwsAuthentication() {
    EncryptionMaterials written = subject.encrypt();
    assertThatThrownBy(
            () ->
                BranchKeysUnderTest.join(
                    subject.decrypting(
                        reading(
                            Map.of("aws-crypto-table-name", "U", "aws-crypto-attr.pk", "1"),
                            written.encryptedDataKeys()))))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void onDecrypt_dataKeyOfAnotherBranchKey_asksForNothing() {
    EncryptedDataKey key = edk(subject.encrypt());
    SdkBytes otherId = SdkBytes.fromUtf8String("tenant-2");
    int before = source.fetches().size();
    for (EncryptedDataKey other :
        List.of(
            new EncryptedDataKey(key.providerId(), otherId, key.ciphertext()),
            new EncryptedDataKey("aws-kms", key.providerInfo(), key.ciphertext()))) {
      assertFails(
          () -> subject.decrypt(List.of(other)),
          FailureReason.KEY_NOT_CONFIGURED,
          "name other keys");
    }
    assertThat(source.fetches()).hasSize(before);
  }

  @Test
  void onDecrypt_dataKeyRelabelledForAnotherBranchKey_throwsAuthentication() {
    EncryptedDataKey key = edk(subject.encrypt());
    Subject other = subject(setup -> setup.branchKeyId("tenant-2").ttl(TTL));
    EncryptedDataKey relabelled =
        new EncryptedDataKey(
            key.providerId(), SdkBytes.fromUtf8String("tenant-2"), key.ciphertext());
    assertThatThrownBy(() -> other.decrypt(List.of(relabelled)))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
  }

  @Test
  void onDecrypt_severalDataKeys_takesTheFirstThatOpens() {
    EncryptionMaterials written = subject.encrypt();
    EncryptedDataKey bad = edk(subject.encrypt());
    EncryptedDataKey broken = withWrapped(bad, new byte[5]).get(0);
    EncryptedDataKey foreign =
        new EncryptedDataKey("other", SdkBytes.fromUtf8String("x"), SdkBytes.fromUtf8String("y"));
    byte[] w = wrapped(bad);
    w[91] ^= 1;
    EncryptedDataKey forged = withWrapped(bad, w).get(0);
    assertThat(subject.decrypt(List.of(foreign, broken, forged, edk(written))).dataKey())
        .isEqualTo(written.dataKey());
    assertThatThrownBy(() -> subject.decrypt(List.of(foreign, broken, forged)))
        .isInstanceOf(MalformedItemException.class)
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .hasSize(1)
                    .hasOnlyElementsOfType(ItemAuthenticationException.class));
  }

  // ---- Which branch key

  @Test
  void branchKeyIdSupplier_contextAttributes_choosesByThem() {
    List<Map<String, AttributeValue>> seen = new ArrayList<>();
    Subject tenants =
        subject(
            setup ->
                setup
                    .branchKeyIdSupplier(
                        attributes -> {
                          seen.add(attributes);
                          return attributes.get("pk").s();
                        })
                    .ttl(TTL));
    Map<String, AttributeValue> attributes =
        Map.of(
            "pk", AttributeValue.fromS("tenant-7"),
            "aws_dbe_table_name", AttributeValue.fromS("T"));
    EncryptionMaterials written =
        BranchKeysUnderTest.join(
            tenants.encrypting(
                EncryptionMaterials.builder(
                        AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384)
                    .contextAttributes(attributes)
                    .build()));
    assertThat(edk(written).providerInfo().asUtf8String()).isEqualTo("tenant-7");
    DecryptionMaterials.Builder reading =
        DecryptionMaterials.builder(written.algorithmSuite(), written.encryptedDataKeys());
    assertThat(
            BranchKeysUnderTest.join(
                    tenants.decrypting(reading.contextAttributes(attributes).build()))
                .dataKey())
        .isEqualTo(written.dataKey());
    assertThat(seen).containsExactly(attributes, attributes);
    assertFails(
        () ->
            BranchKeysUnderTest.join(
                tenants.decrypting(
                    reading
                        .contextAttributes(Map.of("pk", AttributeValue.fromS("tenant-8")))
                        .build())),
        FailureReason.KEY_NOT_CONFIGURED,
        "name other keys");
  }

  @Test
  void branchKeyIdSupplier_throwsOrGivesNone_isATypedFailure() {
    Subject throwing = subject(setup -> setup.branchKeyIdSupplier(a -> a.get("no").s()).ttl(TTL));
    assertThatThrownBy(throwing::encrypt)
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("supplier has no branch key for the item")
        .hasCauseInstanceOf(NullPointerException.class);
    Subject empty = subject(setup -> setup.branchKeyIdSupplier(a -> "").ttl(TTL));
    assertFails(empty::encrypt, FailureReason.KEY_NOT_CONFIGURED, "supplier has no branch key");
    assertFails(
        () -> empty.decrypt(subject.encrypt()),
        FailureReason.KEY_NOT_CONFIGURED,
        "supplier has no branch key");
  }

  @Test
  void build_impossibleSettings_throwIllegalArgument() {
    assertThatThrownBy(() -> subject(setup -> setup.branchKeyId(ID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs ttl(...)");
    assertThatThrownBy(() -> subject(setup -> setup.ttl(TTL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("either branchKeyId(...) or branchKeyIdSupplier(...)");
    assertThatThrownBy(
            () -> subject(setup -> setup.ttl(TTL).branchKeyId(ID).branchKeyIdSupplier(a -> ID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("either branchKeyId(...) or branchKeyIdSupplier(...)");
    assertThatThrownBy(() -> subject(setup -> setup.ttl(TTL).branchKeyId("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id is empty");
    assertThatThrownBy(() -> subject(setup -> setup.ttl(Duration.ZERO).branchKeyId(ID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 millisecond");
  }
}
