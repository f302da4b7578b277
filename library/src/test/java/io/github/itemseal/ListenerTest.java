package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.ItemsealListener.ItemFailed;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.internal.format.ItemSize;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What listeners are told of items. */
class ListenerTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("ann"), "ssn", AttributeValue.fromS("secret-value"));
  private static final LocalMaterialsProvider KEYS =
      WrappedMaterialsProvider.builder()
          .wrappingKey(TestKeys.aes(256))
          .signingKeys(SigningKeys.mac(TestKeys.hmac()))
          .build();

  private final Recorder recorder = new Recorder();

  /** Remembers all events. */
  static final class Recorder implements ItemsealListener {
    final List<Object> events = new ArrayList<>();

    @Override
    public void itemSealed(ItemSealed event) {
      events.add(event);
    }

    @Override
    public void itemOpened(ItemOpened event) {
      events.add(event);
    }

    @Override
    public void itemFailed(ItemFailed event) {
      events.add(event);
    }
  }

  private static ItemEncryptor encryptor(ItemsealListener listener) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("People", TableIndex.of("id")))
            .actions(AttributeActions.encryptAndSign())
            .writes(Ddbec.using(KEYS))
            .reads(Ddbec.using(KEYS), Plaintext.readable())
            .listener(listener)
            .build());
  }

  private static Map<String, AttributeValue> tampered(Map<String, AttributeValue> stored) {
    Map<String, AttributeValue> item = new HashMap<>(stored);
    item.remove("ssn");
    return item;
  }

  @Test
  void listener_sealAndOpen_isToldSizesAndFormats() {
    ItemEncryptor encryptor = encryptor(recorder);
    Map<String, AttributeValue> stored = encryptor.encryptItem(ITEM);
    encryptor.decryptItem(stored);

    int plain = ItemSize.of(ITEM);
    int sealed = ItemSize.of(stored);
    assertThat(sealed).isGreaterThan(plain);
    assertThat(recorder.events)
        .containsExactly(
            new ItemsealListener.ItemSealed("People", "DDBEC", plain, sealed),
            new ItemsealListener.ItemOpened("People", "DDBEC", "DDBEC", sealed, plain));
  }

  @Test
  void listener_asyncSealAndOpen_isToldTheSame() {
    ItemEncryptor encryptor = encryptor(recorder);
    encryptor.decryptItemAsync(encryptor.encryptItemAsync(ITEM).join()).join();
    assertThat(recorder.events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("ItemSealed", "ItemOpened");
  }

  @Test
  void listener_plaintextRead_isToldThatItIsPlaintextAndOld() {
    encryptor(recorder).decryptItem(ITEM);
    ItemsealListener.ItemOpened opened = (ItemsealListener.ItemOpened) recorder.events.get(0);
    assertThat(opened.isPlaintext()).isTrue();
    assertThat(opened.isOldFormat()).isTrue();
  }

  @Test
  void listener_failures_areToldByReason() {
    ItemEncryptor encryptor = encryptor(recorder);
    Map<String, AttributeValue> tampered =
        tampered(encryptor(new ItemsealListener() {}).encryptItem(ITEM));

    assertThatThrownBy(() -> encryptor.decryptItem(tampered))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
    assertThatThrownBy(() -> encryptor.encryptItem(Map.of()))
        .isInstanceOf(MalformedItemException.class)
        .hasMessageContaining("missing");
    assertThat(encryptor.decryptItemAsync(tampered)).isCompletedExceptionally();
    assertThat(encryptor.encryptItemAsync(Map.of())).isCompletedExceptionally();

    assertThat(recorder.events)
        .containsExactly(
            new ItemFailed("People", KeyUse.DECRYPT, FailureReason.NOT_AUTHENTIC),
            new ItemFailed("People", KeyUse.ENCRYPT, FailureReason.KEY_ATTRIBUTE_MISSING),
            new ItemFailed("People", KeyUse.DECRYPT, FailureReason.NOT_AUTHENTIC),
            new ItemFailed("People", KeyUse.ENCRYPT, FailureReason.KEY_ATTRIBUTE_MISSING));
  }

  @Test
  void listener_thatThrows_changesNoResult() {
    ItemEncryptor encryptor =
        encryptor(
            new ItemsealListener() {
              @Override
              public void itemSealed(ItemSealed event) {
                throw new IllegalStateException("counter broken");
              }

              @Override
              public void itemOpened(ItemOpened event) {
                throw new AssertionError("counter broken");
              }

              @Override
              public void itemFailed(ItemFailed event) {
                throw new IllegalStateException("counter broken");
              }
            });
    Map<String, AttributeValue> stored = encryptor.encryptItem(ITEM);
    assertThat(encryptor.decryptItem(stored)).isEqualTo(ITEM);
    assertThat(encryptor.decryptItemAsync(stored).join()).isEqualTo(ITEM);
    assertThatThrownBy(() -> encryptor.decryptItem(tampered(stored)))
        .isInstanceOf(ItemAuthenticationException.class);
  }
}
