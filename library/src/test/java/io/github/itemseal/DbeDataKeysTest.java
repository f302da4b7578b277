package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.internal.concurrent.CancellableStages;
import io.github.itemseal.keyring.AlgorithmSuite;
import io.github.itemseal.keyring.AsyncKeyring;
import io.github.itemseal.keyring.DecryptionMaterials;
import io.github.itemseal.keyring.EncryptionMaterials;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.MultiKeyring;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.testing.TestKeys;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items with several data keys: how many there may be, and which of their tags counts. */
class DbeDataKeysTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("pk", AttributeValue.fromS("p"), "a", AttributeValue.fromS("x"));
  private static final Keyring FIRST = RawAesKeyring.of("ns", "first", TestKeys.aes(256));
  private static final Keyring SECOND = RawAesKeyring.of("ns", "second", TestKeys.aes(128));
  private static final int TAG_BYTES = 48;

  private static ItemEncryptor encryptor(Dbe format) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.encryptAndSign())
            .writes(format)
            .build());
  }

  private static Dbe keys(int count) {
    return Dbe.using(MultiKeyring.of(Collections.nCopies(count, FIRST).toArray(Keyring[]::new)));
  }

  /** Counts how often it is asked, and has no key. */
  private static final class Asked implements Keyring {
    private int times;

    @Override
    public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
      times++;
      return materials;
    }
  }

  @Test
  void maxDataKeys_byDefault_are32() {
    assertThat(encryptor(keys(1)).decryptItem(encryptor(keys(32)).encryptItem(ITEM)))
        .isEqualTo(ITEM);
    assertThatThrownBy(() -> encryptor(keys(33)).encryptItem(ITEM))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("has 33 encrypted data keys; this table allows 32");
  }

  @Test
  void decryptItem_255DataKeys_isRefusedBeforeAKeyringIsAsked() {
    Map<String, AttributeValue> stored = encryptor(keys(255).maxDataKeys(255)).encryptItem(ITEM);
    Asked asked = new Asked();

    assertThatThrownBy(() -> encryptor(Dbe.using(asked)).decryptItem(stored))
        .isInstanceOfSatisfying(
            ForbiddenItemException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.TOO_MANY_DATA_KEYS))
        .hasMessageContaining("See Dbe.maxDataKeys(...)");
    assertThat(asked.times).isZero();
    assertThat(encryptor(keys(1).maxDataKeys(255)).decryptItem(stored)).isEqualTo(ITEM);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 256})
  void maxDataKeys_impossible_throws(int count) {
    assertThatThrownBy(() -> keys(1).maxDataKeys(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 to 255 encrypted data keys");
  }

  /** Says null, as the key sources of the old clients do. */
  private static final class Silent implements Keyring, AsyncKeyring {
    @Override
    @SuppressWarnings("NullAway") // on purpose
    public EncryptionMaterials onEncrypt(EncryptionMaterials materials) {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // on purpose
    public DecryptionMaterials onDecrypt(DecryptionMaterials materials) {
      return null;
    }

    @Override
    public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
      return CompletableFuture.completedFuture(onEncrypt(materials));
    }

    @Override
    public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
      return CompletableFuture.completedFuture(onDecrypt(materials));
    }

    @Override
    public boolean supports(AlgorithmSuite suite) {
      return true;
    }
  }

  /** Has not even a future to say. */
  private static final class Mute implements AsyncKeyring {
    @Override
    @SuppressWarnings("NullAway") // on purpose
    public CompletableFuture<EncryptionMaterials> onEncryptAsync(EncryptionMaterials materials) {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // on purpose
    public CompletableFuture<DecryptionMaterials> onDecryptAsync(DecryptionMaterials materials) {
      return null;
    }

    @Override
    public boolean supports(AlgorithmSuite suite) {
      return true;
    }
  }

  @Test
  void asyncKeyring_returningNoFuture_isMaterialsUnavailable() {
    ItemEncryptor encryptor = encryptor(Dbe.using(new Mute()));
    Map<String, AttributeValue> stored = encryptor(keys(1)).encryptItem(ITEM);
    assertNullIsTold(
        () -> CancellableStages.join(encryptor.encryptItemAsync(ITEM)),
        () -> CancellableStages.join(encryptor.decryptItemAsync(stored)));
  }

  @Test
  void keyring_returningNull_isMaterialsUnavailable() {
    Silent silent = new Silent();
    ItemEncryptor encryptor = encryptor(Dbe.using(silent, silent));
    Map<String, AttributeValue> stored = encryptor(keys(1)).encryptItem(ITEM);
    assertNullIsTold(
        () -> encryptor.encryptItem(ITEM),
        () -> encryptor.decryptItem(stored),
        () -> CancellableStages.join(encryptor.encryptItemAsync(ITEM)),
        () -> CancellableStages.join(encryptor.decryptItemAsync(stored)));
  }

  private static void assertNullIsTold(ThrowingCallable... calls) {
    for (ThrowingCallable call : calls) {
      assertThatThrownBy(call)
          .isInstanceOf(MaterialsUnavailableException.class)
          .hasMessageContaining("The keyring returned null for the item of table 'T'");
    }
  }

  /** Decision 14: a reader looks for the tag of the data key it opened, wherever it is. */
  @Test
  void decryptItem_tagsReordered_isRead() {
    Map<String, AttributeValue> stored =
        encryptor(Dbe.using(MultiKeyring.of(FIRST, SECOND))).encryptItem(ITEM);
    byte[] footer = stored.get(Dbe.FOOTER_ATTRIBUTE).b().asByteArray();
    byte[] reordered = footer.clone();
    System.arraycopy(footer, 0, reordered, TAG_BYTES, TAG_BYTES);
    System.arraycopy(footer, TAG_BYTES, reordered, 0, TAG_BYTES);
    Map<String, AttributeValue> attacked = withFooter(stored, reordered);

    assertThat(encryptor(Dbe.using(FIRST)).decryptItem(attacked)).isEqualTo(ITEM);
    assertThat(encryptor(Dbe.using(SECOND)).decryptItem(attacked)).isEqualTo(ITEM);
  }

  @Test
  void decryptItem_tagOfAnotherDataKeyDamaged_isRefusedByItsReaderAlone() {
    Map<String, AttributeValue> stored =
        encryptor(Dbe.using(MultiKeyring.of(FIRST, SECOND))).encryptItem(ITEM);
    byte[] footer = stored.get(Dbe.FOOTER_ATTRIBUTE).b().asByteArray();
    Arrays.fill(footer, TAG_BYTES, 2 * TAG_BYTES, (byte) 0);
    Map<String, AttributeValue> attacked = withFooter(stored, footer);

    assertThat(encryptor(Dbe.using(FIRST)).decryptItem(attacked)).isEqualTo(ITEM);
    AttackTarget.assertNotAuthentic(
        "damaged", () -> encryptor(Dbe.using(SECOND)).decryptItem(attacked));
  }

  private static Map<String, AttributeValue> withFooter(
      Map<String, AttributeValue> stored, byte[] footer) {
    Map<String, AttributeValue> changed = new LinkedHashMap<>(stored);
    changed.put(Dbe.FOOTER_ATTRIBUTE, AttributeValue.fromB(SdkBytes.fromByteArray(footer)));
    return changed;
  }
}
