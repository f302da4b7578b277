package io.github.itemseal.keyring;

import static io.github.itemseal.keyring.BranchKeysForTest.FIRST;
import static io.github.itemseal.keyring.BranchKeysForTest.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.MalformedItemException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.FakeClock;
import io.github.itemseal.testing.RecordedEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What both kinds of hierarchical keyring do. */
@Timeout(60)
abstract class HierarchicalKeyringContract {
  private static final String ID = "tenant-é";
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Map<String, String> CONTEXT =
      Map.of("aws-crypto-table-name", "T", "aws-crypto-attr.pk", "1");

  final FakeClock clock = new FakeClock();
  final BranchKeysForTest source = new BranchKeysForTest("Logical");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Subject subject =
      subject(setup -> setup.branchKeyId(ID).ttl(TTL).cache(cache().build()));

  /** A keyring of either kind. Each call runs on a thread of its own, unless it is joined. */
  interface Subject {
    CompletableFuture<EncryptionMaterials> encrypting(EncryptionMaterials materials);

    CompletableFuture<DecryptionMaterials> decrypting(DecryptionMaterials materials);

    void refresh();

    default EncryptionMaterials encrypt() {
      return BranchKeysUnderTest.join(encrypting(writing(CONTEXT)));
    }

    default DecryptionMaterials decrypt(EncryptionMaterials written) {
      return decrypt(written.encryptedDataKeys());
    }

    default DecryptionMaterials decrypt(List<EncryptedDataKey> keys) {
      return BranchKeysUnderTest.join(decrypting(reading(CONTEXT, keys)));
    }
  }

  /** The builder of either kind. */
  interface Setup {
    Setup keyStore(BranchKeysForTest keyStore);

    Setup branchKeyId(String id);

    Setup branchKeyIdSupplier(BranchKeyIdSupplier supplier);

    Setup ttl(Duration ttl);

    Setup cache(BranchKeyCache cache);

    Setup listener(ItemsealListener listener);

    Setup partitionId(String partitionId);
  }

  /** Builds the keyring over {@link #source}, if the settings name no other. */
  abstract Subject subject(Consumer<Setup> settings);

  /** Builds a keyring of these settings alone. */
  abstract Object build(Consumer<Setup> settings);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** Runs a blocking call so that the test goes on. */
  final <T> CompletableFuture<T> onThread(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, threads);
  }

  private BranchKeyCache.Builder cache() {
    return BranchKeyCache.builder().clock(clock);
  }

  static EncryptionMaterials writing(Map<String, String> context) {
    return EncryptionMaterials.builder(
            AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384)
        .encryptionContext(context)
        .build();
  }

  static DecryptionMaterials reading(Map<String, String> context, List<EncryptedDataKey> keys) {
    return DecryptionMaterials.builder(
            AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384, keys)
        .reproducedContext(context)
        .build();
  }

  private static EncryptedDataKey edk(EncryptionMaterials written) {
    assertThat(written.encryptedDataKeys()).hasSize(1);
    return written.encryptedDataKeys().get(0);
  }

  /** The ciphertext with W, what follows its 48 bytes, changed. */
  private static List<EncryptedDataKey> withWrapped(EncryptedDataKey key, byte[] wrapped) {
    byte[] ciphertext = Arrays.copyOf(key.ciphertext().asByteArray(), 48 + wrapped.length);
    System.arraycopy(wrapped, 0, ciphertext, 48, wrapped.length);
    return List.of(
        new EncryptedDataKey(
            key.providerId(), key.providerInfo(), SdkBytes.fromByteArray(ciphertext)));
  }

  private static byte[] wrapped(EncryptedDataKey key) {
    byte[] ciphertext = key.ciphertext().asByteArray();
    return Arrays.copyOfRange(ciphertext, 48, ciphertext.length);
  }

  private static byte[] bytesOf(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static void assertFails(ThrowingCallable call, FailureReason reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(reason);
  }

  private static void awaitTrue(Supplier<Boolean> condition) {
    while (!condition.get()) {
      LockSupport.parkNanos(100_000); // the test's time limit ends this
    }
  }

  // ---- Wrapping

  @Test
  void keyStore_answersWithAnotherKey_isRefusedAndNotKept() {
    EncryptionMaterials written = subject.encrypt();
    subject.refresh();
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
    subject.refresh();
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
    assertThatThrownBy(() -> build(setup -> setup.branchKeyId(ID).ttl(TTL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keyStore(...) and ttl(...)");
    assertThatThrownBy(() -> build(setup -> setup.keyStore(source).branchKeyId(ID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keyStore(...) and ttl(...)");
    assertThatThrownBy(() -> build(setup -> setup.keyStore(source).ttl(TTL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("either branchKeyId(...) or branchKeyIdSupplier(...)");
    assertThatThrownBy(
            () ->
                build(
                    setup ->
                        setup
                            .keyStore(source)
                            .ttl(TTL)
                            .branchKeyId(ID)
                            .branchKeyIdSupplier(a -> ID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("either branchKeyId(...) or branchKeyIdSupplier(...)");
    assertThatThrownBy(() -> build(setup -> setup.keyStore(source).ttl(TTL).branchKeyId("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id is empty");
    assertThatThrownBy(
            () -> build(setup -> setup.keyStore(source).ttl(Duration.ZERO).branchKeyId(ID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 millisecond");
  }

  // ---- Time

  @Test
  void keys_withinTheirTime_areFetchedOnce() {
    EncryptionMaterials written = subject.encrypt();
    subject.decrypt(written);
    clock.advance(TTL.minus(GRACE));
    subject.encrypt();
    subject.decrypt(written);
    assertThat(source.fetches()).containsExactly(ID, ID + " " + FIRST);
  }

  @Test
  void keys_revoked_workToTheEndOfTheirTimeAndNotAMillisecondLonger() {
    EncryptionMaterials written = subject.encrypt();
    subject.decrypt(written);
    source.deny(true);
    clock.advance(TTL);
    subject.encrypt();
    subject.decrypt(written);
    clock.advance(Duration.ofMillis(1));
    assertFails(subject::encrypt, FailureReason.KEY_SOURCE_FAILED, "denied");
    assertFails(() -> subject.decrypt(written), FailureReason.KEY_SOURCE_FAILED, "denied");
    source.deny(false);
    assertThat(subject.decrypt(written).dataKey()).isEqualTo(written.dataKey());
  }

  @Test
  void keys_rotated_areNoticedWithTheNextFetch() {
    subject.encrypt();
    source.rotate();
    clock.advance(TTL.minus(GRACE));
    assertThat(Arrays.copyOfRange(wrapped(edk(subject.encrypt())), 28, 44))
        .isEqualTo(bytesOf(FIRST));
    clock.advance(Duration.ofMillis(1));
    assertThat(Arrays.copyOfRange(wrapped(edk(subject.encrypt())), 28, 44))
        .isEqualTo(bytesOf(SECOND));
  }

  @Test
  void keys_inTheGracePeriod_oneFetchesAndTheOthersDoNotWait() {
    subject.encrypt();
    clock.advance(TTL.minus(GRACE).plusMillis(1));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    source.rotate();
    CompletableFuture<EncryptionMaterials> fetching = subject.encrypting(writing(CONTEXT));
    awaitTrue(() -> source.fetches().size() == 2);
    for (int i = 0; i < 5; i++) {
      assertThat(Arrays.copyOfRange(wrapped(edk(subject.encrypt())), 28, 44))
          .isEqualTo(bytesOf(FIRST));
    }
    assertThat(fetching).isNotDone();
    gate.complete(null);
    assertThat(Arrays.copyOfRange(wrapped(edk(BranchKeysUnderTest.join(fetching))), 28, 44))
        .isEqualTo(bytesOf(SECOND));
    assertThat(source.fetches()).hasSize(2);
  }

  @Test
  void keys_inTheGracePeriodSourceFails_restForTheInterval() {
    subject.encrypt();
    source.deny(true);
    clock.advance(TTL.minus(GRACE).plusMillis(1));
    subject.encrypt();
    subject.encrypt();
    clock.advance(Duration.ofMillis(999));
    subject.encrypt();
    assertThat(source.fetches()).hasSize(2);
    clock.advance(Duration.ofMillis(1));
    subject.encrypt();
    subject.encrypt();
    assertThat(source.fetches()).hasSize(3);
  }

  @Test
  void keys_ttlShorterThanTheGracePeriod_graceIsHalfOfIt() {
    Subject brief =
        subject(setup -> setup.branchKeyId(ID).ttl(Duration.ofSeconds(4)).cache(cache().build()));
    brief.encrypt();
    clock.advance(Duration.ofSeconds(2));
    brief.encrypt();
    assertThat(source.fetches()).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    brief.encrypt();
    assertThat(source.fetches()).hasSize(2);
  }

  @Test
  void refresh_warmKeys_asksAnew() {
    EncryptionMaterials written = subject.encrypt();
    subject.decrypt(written);
    subject.refresh();
    subject.encrypt();
    subject.decrypt(written);
    assertThat(source.fetches()).hasSize(4);
  }

  // ---- Sharing

  @Test
  void cache_none_fetchesEveryTime() {
    Subject uncached =
        subject(setup -> setup.branchKeyId(ID).ttl(TTL).cache(BranchKeyCache.none()));
    EncryptionMaterials written = uncached.encrypt();
    uncached.encrypt();
    uncached.decrypt(written);
    uncached.decrypt(written);
    assertThat(source.fetches()).hasSize(4);
  }

  @Test
  void cache_sharedWithOnePartition_sharesKeysOfOneStore() {
    BranchKeyCache shared = cache().build();
    Consumer<Setup> common = setup -> setup.ttl(TTL).cache(shared).partitionId("p");
    EncryptionMaterials written = subject(common.andThen(s -> s.branchKeyId(ID))).encrypt();
    Subject twin = subject(common.andThen(s -> s.branchKeyId(ID)));
    twin.encrypt();
    assertThat(source.fetches()).hasSize(1);
    twin.decrypt(written);
    subject(common.andThen(s -> s.branchKeyId(ID))).decrypt(written);
    assertThat(source.fetches()).as("writing and reading are two keys").hasSize(2);

    subject(common.andThen(s -> s.branchKeyId("other"))).encrypt();
    assertThat(source.fetches()).as("another branch key").hasSize(3);
    subject(common.andThen(s -> s.branchKeyId(ID).partitionId("q"))).encrypt();
    assertThat(source.fetches()).as("another partition").hasSize(4);
    subject(setup -> setup.ttl(TTL).cache(shared).branchKeyId(ID)).encrypt();
    assertThat(source.fetches()).as("a partition of its own").hasSize(5);
    BranchKeysForTest otherStore = new BranchKeysForTest("Other");
    subject(common.andThen(s -> s.branchKeyId(ID).keyStore(otherStore))).encrypt();
    assertThat(otherStore.fetches()).as("another store").hasSize(1);
    BranchKeysForTest sameName = new BranchKeysForTest("Logical");
    subject(common.andThen(s -> s.branchKeyId(ID).keyStore(sameName))).encrypt();
    assertThat(sameName.fetches()).as("the same store, by its logical name").isEmpty();
    assertThat(shared.size()).isEqualTo(6);
  }

  @Test
  void cache_sharedByTwoTimesToLive_eachJudgesByItsOwn() {
    BranchKeyCache shared = cache().gracePeriod(Duration.ZERO).build();
    Consumer<Setup> common = setup -> setup.cache(shared).partitionId("p").branchKeyId(ID);
    Subject patient = subject(common.andThen(s -> s.ttl(TTL)));
    Subject brief = subject(common.andThen(s -> s.ttl(Duration.ofMinutes(1))));
    patient.encrypt();
    clock.advance(Duration.ofMinutes(2));
    patient.encrypt();
    assertThat(source.fetches()).hasSize(1);
    brief.encrypt();
    assertThat(source.fetches()).hasSize(2);
  }

  @Test
  void cache_full_forgetsTheOneNotUsedForLongest() {
    BranchKeyCache small = cache().maxSize(2).build();
    Consumer<Setup> common = setup -> setup.ttl(TTL).cache(small).partitionId("p");
    for (String id : List.of("a", "b", "a", "c", "a", "b")) {
      subject(common.andThen(s -> s.branchKeyId(id))).encrypt();
    }
    assertThat(source.fetches()).containsExactly("a", "b", "c", "b");
    assertThat(small.size()).isEqualTo(2);
  }

  // ---- Storms

  @Test
  void coldKey_manyCallers_isFetchedOnce() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    List<CompletableFuture<EncryptionMaterials>> callers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      callers.add(subject.encrypting(writing(CONTEXT)));
    }
    awaitTrue(() -> source.fetches().size() == 1);
    gate.complete(null);
    callers.forEach(caller -> assertThat(BranchKeysUnderTest.join(caller).dataKey()).isPresent());
    assertThat(source.fetches()).hasSize(1);
  }

  @Test
  void coldKey_fetchFails_isNotRemembered() {
    source.deny(true);
    assertFails(subject::encrypt, FailureReason.KEY_SOURCE_FAILED, "denied");
    source.deny(false);
    assertThat(subject.encrypt().dataKey()).isPresent();
    assertThat(source.fetches()).hasSize(2);
  }

  @Test
  void coldKeys_manyDifferent_areFetchedAFewAtATime() {
    int fanOut = 3;
    BranchKeyCache few = cache().fanOut(fanOut).build();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    List<CompletableFuture<EncryptionMaterials>> callers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String id = "tenant-" + i;
      callers.add(subject(s -> s.branchKeyId(id).ttl(TTL).cache(few)).encrypting(writing(CONTEXT)));
    }
    awaitTrue(() -> source.fetches().size() == fanOut);
    assertThat(callers).noneMatch(CompletableFuture::isDone);
    assertThat(source.fetches()).hasSize(fanOut);
    gate.complete(null);
    callers.forEach(caller -> assertThat(BranchKeysUnderTest.join(caller).dataKey()).isPresent());
    assertThat(source.fetches()).hasSize(12);
  }

  @Test
  void coldKey_fetchBeyondItsTime_isNotWaitedFor() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    CompletableFuture<EncryptionMaterials> hung = subject.encrypting(writing(CONTEXT));
    awaitTrue(() -> source.fetches().size() == 1);
    source.waitFor(CompletableFuture.completedFuture(null));
    clock.advance(Duration.ofSeconds(10).plusMillis(1));
    assertThat(subject.encrypt().dataKey()).isPresent();
    assertThat(hung).isNotDone();
    gate.complete(null);
    assertThat(BranchKeysUnderTest.join(hung).dataKey()).isPresent();
    assertThat(source.fetches()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxSize", "fanOut", "gracePeriod", "graceInterval", "inFlightTtl"})
  void cache_outOfRange_throwsIllegalArgument(String setting) {
    BranchKeyCache.Builder builder = BranchKeyCache.builder();
    switch (setting) {
      case "maxSize" -> builder.maxSize(0);
      case "fanOut" -> builder.fanOut(0);
      case "gracePeriod" -> builder.gracePeriod(Duration.ofMillis(-1));
      case "graceInterval" -> builder.graceInterval(Duration.ofMillis(-1));
      default -> builder.inFlightTtl(Duration.ZERO);
    }
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not");
  }

  // ---- What listeners are told

  private static final String WRITTEN = "fetched BranchKeyStore ENCRYPT";
  private static final String READ = "fetched BranchKeyStore DECRYPT";

  private final RecordedEvents events = new RecordedEvents();

  private Subject told(BranchKeyCache cache) {
    return subject(
        setup ->
            setup.branchKeyId(ID).ttl(TTL).cache(cache).partitionId("shared").listener(events));
  }

  @Test
  void listener_fetchesAndHits_areToldByUse() {
    Subject told = told(cache().build());
    EncryptionMaterials written = told.encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN);
    told.encrypt();
    assertThat(events.drain()).containsExactly("reused BranchKeyStore ENCRYPT");
    told.decrypt(written);
    told.decrypt(written);
    assertThat(events.drain()).containsExactly(READ, "reused BranchKeyStore DECRYPT");
    told.refresh();
    told.encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN);
    clock.advance(TTL.plusMillis(1));
    told.decrypt(written);
    assertThat(events.drain()).containsExactly(READ);
  }

  @Test
  void listener_noCache_everyItemIsAFetch() {
    Subject told = told(BranchKeyCache.none());
    told.decrypt(told.encrypt());
    told.encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN, READ, WRITTEN);
  }

  @Test
  void listener_cacheSharedByTwoKeyrings_secondOneReuses() {
    BranchKeyCache shared = cache().build();
    told(shared).encrypt();
    told(shared).encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN, "reused BranchKeyStore ENCRYPT");
  }

  @Test
  void listener_fetchDenied_isToldWithItsReason() {
    Subject told = told(cache().build());
    source.deny(true);
    assertFails(told::encrypt, FailureReason.KEY_SOURCE_FAILED, "denied");
    assertThat(events.drain()).containsExactly(WRITTEN + " KEY_SOURCE_FAILED");
  }

  @Test
  void listener_deniedWithinTheGrace_failureIsToldThoughTheOldKeyServes() {
    Subject told = told(cache().gracePeriod(GRACE).build());
    told.encrypt();
    source.deny(true);
    clock.advance(TTL.minus(GRACE).plusMillis(1));
    told.encrypt();
    assertThat(events.drain()).containsExactly(WRITTEN, WRITTEN + " KEY_SOURCE_FAILED");
  }

  @Test
  void listener_callersWhoWaitForOneFetch_reuse() {
    Subject told = told(cache().build());
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    CompletableFuture<EncryptionMaterials> first = told.encrypting(writing(CONTEXT));
    awaitTrue(() -> source.fetches().size() == 1);
    CompletableFuture<EncryptionMaterials> second = told.encrypting(writing(CONTEXT));
    gate.complete(null);
    BranchKeysUnderTest.join(first);
    BranchKeysUnderTest.join(second);
    assertThat(events.drain()).containsExactlyInAnyOrder(WRITTEN, "reused BranchKeyStore ENCRYPT");
  }

  @Test
  void listener_fetchThatWaitsItsTurn_isToldOnceAndAsAFetch() {
    BranchKeyCache narrow = cache().fanOut(1).build();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    source.waitFor(gate);
    CompletableFuture<EncryptionMaterials> first = told(narrow).encrypting(writing(CONTEXT));
    awaitTrue(() -> source.fetches().size() == 1);
    Subject other =
        subject(setup -> setup.branchKeyId("other").ttl(TTL).cache(narrow).listener(events));
    CompletableFuture<EncryptionMaterials> second = other.encrypting(writing(CONTEXT));
    assertThat(events.drain()).isEmpty();
    gate.complete(null);
    BranchKeysUnderTest.join(first);
    BranchKeysUnderTest.join(second);
    assertThat(events.drain()).containsExactly(WRITTEN, WRITTEN);
  }
}
