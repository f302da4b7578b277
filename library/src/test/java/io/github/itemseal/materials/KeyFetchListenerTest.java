package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.EncryptionContext;
import io.github.itemseal.FailureReason;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.testing.RecordedEvents;
import io.github.itemseal.testkit.InMemoryKms;
import java.time.Duration;
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

  private final RecordedEvents events = new RecordedEvents();
  private final InMemoryKms kms = InMemoryKms.create();

  private KmsSettings settings(String key) {
    return KmsSettings.forKey(key)
        .dataKeyReuse(DataKeyReuse.within(Duration.ofMinutes(1), 2, 1000))
        .listener(events)
        .build();
  }

  @Test
  void kms_fetchAndReuse_areTold() {
    KmsMaterialsProvider provider =
        KmsMaterialsProvider.of(kms.client(), settings(kms.createKey()));
    provider.encryptionMaterials(CONTEXT);
    provider.encryptionMaterials(CONTEXT);
    provider.encryptionMaterials(CONTEXT);
    assertThat(events.drain())
        .containsExactly(
            "fetched AWS KMS ENCRYPT", "reused AWS KMS ENCRYPT", "fetched AWS KMS ENCRYPT");
  }

  @Test
  void asyncKms_fetchAndReuse_areTold() {
    KmsMaterialsProvider.Async provider =
        KmsMaterialsProvider.of(kms.asyncClient(), settings(kms.createKey()));
    provider.encryptionMaterialsAsync(CONTEXT).join();
    provider.encryptionMaterialsAsync(CONTEXT).join();
    assertThat(events.drain()).containsExactly("fetched AWS KMS ENCRYPT", "reused AWS KMS ENCRYPT");
  }

  @Test
  void asyncKms_failure_isToldWithItsReason() {
    KmsMaterialsProvider.Async provider =
        KmsMaterialsProvider.of(kms.asyncClient(), settings("alias/no-such-key"));
    assertThatThrownBy(() -> provider.encryptionMaterialsAsync(CONTEXT).join())
        .hasCauseInstanceOf(MaterialsUnavailableException.class);
    assertThat(events.drain())
        .containsExactly("fetched AWS KMS ENCRYPT " + FailureReason.KEY_SOURCE_FAILED);
  }

  @Test
  void kms_noClientForTheRegion_isToldAlikeByBothKinds() {
    KmsSettings settings = settings("arn:aws:kms:eu-west-9:111122223333:key/there");
    assertThatThrownBy(
            () ->
                KmsMaterialsProvider.ofRegions(
                        region -> {
                          throw noClient();
                        },
                        settings)
                    .encryptionMaterials(CONTEXT))
        .isInstanceOf(MaterialsUnavailableException.class);
    assertThatThrownBy(
            () ->
                KmsMaterialsProvider.ofRegionsAsync(
                        region -> {
                          throw noClient();
                        },
                        settings)
                    .encryptionMaterialsAsync(CONTEXT)
                    .join())
        .hasCauseInstanceOf(MaterialsUnavailableException.class);
    String told = "fetched AWS KMS ENCRYPT " + FailureReason.KEY_SOURCE_FAILED;
    assertThat(events.drain()).containsExactly(told, told);
  }

  private static IllegalStateException noClient() {
    return new IllegalStateException("no client for this Region");
  }

  @Test
  void kms_failure_isToldWithItsReason() {
    KmsMaterialsProvider provider =
        KmsMaterialsProvider.of(kms.client(), settings("alias/no-such-key"));
    assertThatThrownBy(() -> provider.encryptionMaterials(CONTEXT))
        .isInstanceOf(MaterialsUnavailableException.class);
    assertThat(events.drain())
        .containsExactly("fetched AWS KMS ENCRYPT " + FailureReason.KEY_SOURCE_FAILED);
  }
}
