package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealListener;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testkit.InMemoryKms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What listeners are told of keys. */
class KeyFetchListenerTest {
  private static final EncryptionContext CONTEXT =
      EncryptionContext.builder()
          .tableName("People")
          .partitionKeyName("id")
          .attributes(Map.of("id", AttributeValue.fromS("ann")))
          .build();

  private final List<String> events = new ArrayList<>();
  private final ItemsealListener listener =
      new ItemsealListener() {
        @Override
        public void keysFetched(KeysFetched event) {
          assertThat(event.duration()).isBetween(Duration.ZERO, Duration.ofMinutes(10));
          events.add(
              "fetched "
                  + event.source()
                  + " "
                  + event.use()
                  + event.failure().map(reason -> " " + reason).orElse(""));
        }

        @Override
        public void keysReused(KeysReused event) {
          events.add("reused " + event.source() + " " + event.use());
        }
      };
  private final InMemoryKms kms = InMemoryKms.create();

  private KmsSettings settings(String key) {
    return KmsSettings.forKey(key)
        .dataKeyReuse(DataKeyReuse.within(Duration.ofMinutes(1), 2, 1000))
        .listener(listener)
        .build();
  }

  @Test
  void kms_fetchAndReuse_areTold() {
    KmsMaterialsProvider provider =
        KmsMaterialsProvider.of(kms.client(), settings(kms.createKey()));
    provider.encryptionMaterials(CONTEXT);
    provider.encryptionMaterials(CONTEXT);
    provider.encryptionMaterials(CONTEXT);
    assertThat(events)
        .containsExactly(
            "fetched AWS KMS ENCRYPT", "reused AWS KMS ENCRYPT", "fetched AWS KMS ENCRYPT");
  }

  @Test
  void asyncKms_fetchAndReuse_areTold() {
    AsyncKmsMaterialsProvider provider =
        AsyncKmsMaterialsProvider.of(kms.asyncClient(), settings(kms.createKey()));
    provider.encryptionMaterialsAsync(CONTEXT).join();
    provider.encryptionMaterialsAsync(CONTEXT).join();
    assertThat(events).containsExactly("fetched AWS KMS ENCRYPT", "reused AWS KMS ENCRYPT");
  }

  @Test
  void kms_failure_isToldWithItsReason() {
    KmsMaterialsProvider provider =
        KmsMaterialsProvider.of(kms.client(), settings("alias/no-such-key"));
    assertThatThrownBy(() -> provider.encryptionMaterials(CONTEXT))
        .isInstanceOf(MaterialsUnavailableException.class);
    assertThat(events)
        .containsExactly("fetched AWS KMS ENCRYPT " + FailureReason.KEY_SOURCE_FAILED);
  }
}
