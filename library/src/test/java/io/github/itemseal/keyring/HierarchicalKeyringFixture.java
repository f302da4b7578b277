package io.github.itemseal.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.keyring.HierarchicalKeyrings.Subject;
import io.github.itemseal.testing.FakeClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A hierarchical keyring of either kind, and the key store that it asks. */
@Timeout(60)
@ParameterizedClass
@EnumSource(HierarchicalKeyrings.class)
abstract class HierarchicalKeyringFixture {
  static final String ID = "tenant-é";
  static final Duration TTL = Duration.ofMinutes(10);
  static final Duration GRACE = Duration.ofSeconds(10);

  final FakeClock clock = new FakeClock();
  final BranchKeysForTest source = new BranchKeysForTest("Logical");
  final BranchKeyCache kept = cache().build();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @Parameter HierarchicalKeyrings kind;

  Subject subject;

  @BeforeEach
  void openKeyring() {
    subject = subject(setup -> setup.branchKeyId(ID).ttl(TTL).cache(kept));
  }

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** A keyring over {@link #source}. */
  final Subject subject(Consumer<HierarchicalKeyring.Builder<?>> settings) {
    return subject(source, settings);
  }

  final Subject subject(
      BranchKeysForTest keyStore, Consumer<HierarchicalKeyring.Builder<?>> settings) {
    return kind.build(keyStore, settings, threads);
  }

  final BranchKeyCache.Builder cache() {
    return BranchKeyCache.builder().clock(clock);
  }

  static EncryptedDataKey edk(EncryptionMaterials written) {
    assertThat(written.encryptedDataKeys()).hasSize(1);
    return written.encryptedDataKeys().get(0);
  }

  /** What wraps the intermediate key, without the 48 bytes of the data key before it. */
  static byte[] wrapped(EncryptedDataKey key) {
    byte[] ciphertext = key.ciphertext().asByteArray();
    return Arrays.copyOfRange(ciphertext, 48, ciphertext.length);
  }

  static void assertFails(ThrowingCallable call, FailureReason reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(reason);
  }
}
