package io.github.itemseal.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemAuthenticationException;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.ItemsealListener.KeyUse;
import io.github.itemseal.ItemsealListener.KeysFetched;
import io.github.itemseal.ItemsealListener.KeysReused;
import io.github.itemseal.ItemsealListener.PlaintextNeeded;
import io.github.itemseal.ItemsealListener.PlaintextRole;
import io.github.itemseal.ItemsealListener.TimeToLiveUnknown;
import io.github.itemseal.Plaintext;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import io.github.itemseal.keyring.BranchKey;
import io.github.itemseal.keyring.HierarchicalKeyring;
import io.github.itemseal.keyring.Keyring;
import io.github.itemseal.keyring.StaticBranchKeys;
import io.github.itemseal.materials.LocalMaterialsProvider;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Events as meters. */
class MicrometerListenerTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("ann"), "ssn", AttributeValue.fromS("1"));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerListener listener = new MicrometerListener(registry);

  private static LocalMaterialsProvider ddbecKeys() {
    return WrappedMaterialsProvider.builder()
        .wrappingKey(TestKeys.aes(256))
        .signingKeys(SigningKeys.mac(TestKeys.hmac()))
        .build();
  }

  private static TableEncryption.FormatStage people() {
    return TableEncryption.of(TableInfo.of("People", TableIndex.of("id")))
        .actions(AttributeActions.encryptAndSign());
  }

  private ItemEncryptor encryptor() {
    Ddbec ddbec = Ddbec.using(ddbecKeys());
    return ItemEncryptor.of(
        people().writes(ddbec).reads(ddbec, Plaintext.readable()).listener(listener).build());
  }

  @Test
  void items_sealedAndOpened_areCountedByFormat() {
    ItemEncryptor encryptor = encryptor();
    encryptor.decryptItem(encryptor.encryptItem(ITEM));
    encryptor.decryptItem(ITEM);

    assertThat(registry.get("itemseal.items.sealed").tag("format", "DDBEC").counter().count())
        .isEqualTo(1);
    assertThat(registry.get("itemseal.items.opened").tag("format", "DDBEC").counter().count())
        .isEqualTo(1);
    assertThat(
            registry.get("itemseal.items.plaintext.reads").tag("table", "People").counter().count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("itemseal.items.old.format.reads")
                .tag("table", "People")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("itemseal.items.stored.bytes")
                .tag("operation", "encrypt")
                .summary()
                .totalAmount())
        .isGreaterThan(
            registry
                .get("itemseal.items.plaintext.bytes")
                .tag("operation", "encrypt")
                .summary()
                .totalAmount());
  }

  @Test
  void items_thatFail_areCountedByReason() {
    ItemEncryptor encryptor = encryptor();
    Map<String, AttributeValue> tampered = new HashMap<>(encryptor.encryptItem(ITEM));
    tampered.remove("ssn");
    assertThatThrownBy(() -> encryptor.decryptItem(tampered))
        .isInstanceOf(ItemAuthenticationException.class)
        .hasMessageContaining("failed authentication");
    assertThat(
            registry
                .get("itemseal.items.failed")
                .tag("operation", "decrypt")
                .tag("reason", "not_authentic")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void keys_fetchedAndReused_areTimedAndCounted() {
    listener.keysFetched(
        new KeysFetched("AWS KMS", KeyUse.ENCRYPT, Duration.ofMillis(30), Optional.empty()));
    listener.keysFetched(
        new KeysFetched(
            "AWS KMS",
            KeyUse.ENCRYPT,
            Duration.ofMillis(5),
            Optional.of(FailureReason.KEY_SOURCE_FAILED)));
    listener.keysReused(new KeysReused("AWS KMS", KeyUse.DECRYPT));

    assertThat(
            registry
                .get("itemseal.keys.fetches")
                .tag("outcome", "success")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(30);
    assertThat(
            registry
                .get("itemseal.keys.fetches")
                .tag("outcome", "key_source_failed")
                .timer()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("itemseal.keys.reuses").tag("use", "decrypt").counter().count())
        .isEqualTo(1);
  }

  @Test
  void attributes_thatDynamoDbNeedsInPlaintext_areCounted() {
    listener.plaintextNeeded(
        new PlaintextNeeded("People", "email", PlaintextRole.INDEX_KEY, Optional.of("byEmail")));
    assertThat(
            registry
                .get("itemseal.attributes.plaintext.needed")
                .tag("table", "People")
                .tag("attribute", "email")
                .tag("role", "index_key")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void tables_ofUnknownTimeToLive_areCounted() {
    listener.timeToLiveUnknown(new TimeToLiveUnknown("People", "AccessDeniedException"));
    assertThat(
            registry
                .get("itemseal.tables.time.to.live.unknown")
                .tag("table", "People")
                .tag("cause", "AccessDeniedException")
                .counter()
                .count())
        .isEqualTo(1);
  }

  /** A listener that leaves an event out would count nothing of it. */
  @Test
  void events_ofEachKind_areListenedTo() {
    assertThat(MicrometerListener.class.getDeclaredMethods())
        .extracting(Method::getName)
        .containsAll(
            Stream.of(ItemsealListener.class.getDeclaredMethods()).map(Method::getName).toList());
  }

  @Test
  void items_ofAnOldFormat_areCountedApartFromPlaintext() {
    Ddbec old = Ddbec.using(ddbecKeys());
    Keyring keyring =
        HierarchicalKeyring.builder(
                StaticBranchKeys.of(
                    BranchKey.of("tenant", UUID.randomUUID(), Map.of(), new byte[32])))
            .branchKeyId("tenant")
            .ttl(Duration.ofMinutes(1))
            .listener(listener)
            .build();
    Dbe young = Dbe.using(keyring);
    Map<String, AttributeValue> stored =
        ItemEncryptor.of(people().writes(old).build()).encryptItem(ITEM);
    ItemEncryptor migrating =
        ItemEncryptor.of(people().writes(young).reads(young, old).listener(listener).build());
    migrating.decryptItem(stored);
    migrating.decryptItem(migrating.encryptItem(ITEM));

    assertThat(count("itemseal.items.old.format.reads", "table", "People")).isEqualTo(1);
    assertThat(registry.find("itemseal.items.plaintext.reads").counter()).isNull();
    assertThat(count("itemseal.items.opened", "format", "DDBEC")).isEqualTo(1);
    assertThat(count("itemseal.items.opened", "format", "DBE")).isEqualTo(1);
    assertThat(registry.get("itemseal.keys.fetches").tag("source", "BranchKeyStore").timers())
        .extracting(timer -> timer.getId().getTag("use"))
        .containsExactlyInAnyOrder("encrypt", "decrypt");
  }

  private double count(String meter, String tag, String value) {
    return registry.get(meter).tag(tag, value).counter().count();
  }
}
