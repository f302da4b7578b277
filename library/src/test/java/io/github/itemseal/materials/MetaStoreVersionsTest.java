package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import io.github.itemseal.materials.MetaStores.Setup;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testing.Threads;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Versions of materials: creating, rotating, replicating, and what happens where calls fail. */
class MetaStoreVersionsTest extends MetaStoreFixture {
  // ---- Creating, rotating

  @Test
  void getOrCreate_existingVersion_costsNoWrite() {
    MetaStoreMaterialsProvider created = store.getOrCreate(NAME, 0);
    probe.reset();
    rowKeys.reset();
    assertSameKeys(store.getOrCreate(NAME, 0), created);
    assertThat(probe.requests()).hasSize(1).allMatch(GetItemRequest.class::isInstance);
    assertThat(rowKeys.encryptions()).isZero();
    assertThat(rowKeys.decryptions()).isEqualTo(1);
  }

  @Test
  void reads_areStronglyConsistent() {
    store.newProvider(NAME);
    store.currentProvider(NAME);
    assertThat(probe.requests()).isNotEmpty();
    assertThat(probe.requests())
        .allMatch(
            request ->
                request instanceof PutItemRequest
                    || (request instanceof GetItemRequest get && get.consistentRead())
                    || (request instanceof QueryRequest query && query.consistentRead()));
  }

  @Test
  void getOrCreate_somebodyFaster_givesTheWinnersKeys() {
    probe.once("putItem", () -> putRow(0, Map.of()));
    MetaStoreMaterialsProvider provider = store.getOrCreate(NAME, 0);
    assertThat(macKey(provider).getEncoded()).isEqualTo(bytes(32).b().asByteArray());
    assertSameKeys(provider, store.provider(NAME, 0));
  }

  @Test
  void newProvider_each_isOneVersionHigher() {
    assertThat(store.maxVersion(NAME)).isEmpty();
    assertThat(store.newProvider(NAME).version()).isZero();
    assertThat(store.newProvider(NAME).version()).isEqualTo(1);
    for (int i = 2; i < 12; i++) {
      assertThat(store.newProvider(NAME).version()).isEqualTo(i);
    }
    assertThat(store.maxVersion(NAME)).hasValue(11); // by number: as text, 9 would be higher
    assertThat(store.versions(NAME))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(store.currentProvider(NAME).version()).isEqualTo(11);
    assertThat(store.maxVersion("other")).isEmpty();
  }

  @Test
  void newProvider_somebodyRotatesAtTheSameTime_oneNewVersionForBoth() {
    store.newProvider(NAME);
    List<MetaStoreMaterialsProvider> others = new ArrayList<>();
    probe.once("putItem", () -> others.add(store.newProvider(NAME)));
    MetaStoreMaterialsProvider mine = store.newProvider(NAME);
    assertThat(others).hasSize(1);
    assertSameKeys(mine, others.get(0));
    assertThat(store.versions(NAME)).containsExactly(0L, 1L);
  }

  @Test
  void currentProvider_noVersion_createsVersion0() {
    assertSameKeys(store.currentProvider(NAME), store.provider(NAME, 0));
    assertThat(store.maxVersion(NAME)).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "9223372036854775807", "99999999999999999999"})
  void newProvider_forgedVersion_throwsMaterialsUnavailable(String version) {
    Map<String, AttributeValue> forged =
        Map.of("N", AttributeValue.fromS(NAME), "V", AttributeValue.fromN(version));
    client.putItem(r -> r.tableName(table).item(forged));
    assertThatThrownBy(() -> store.newProvider(NAME))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("no version that is a whole number");
  }

  @Test
  void getOrCreate_sixtyFourThreads_oneKey() throws Exception {
    Set<Key> keys = ConcurrentHashMap.newKeySet();
    Threads.each(
        64,
        thread -> {
          MetaStoreMaterialsProvider provider = store.getOrCreate(NAME, 0);
          keys.add(macKey(provider));
          assertSameKeys(provider, store.provider(NAME, 0));
        });
    assertThat(keys).hasSize(1);
    assertThat(store.versions(NAME)).containsExactly(0L);
  }

  // ---- Replicating

  @Test
  void replicate_otherTable_sameKeysAndExtraData() {
    StoreUnderTest extended = store(new Setup(table, null, extraData(Set.of())));
    extended.getOrCreate(NAME, 0);
    String replica = newTable();
    StoreUnderTest target = store(new Setup(replica));
    MetaStoreMaterialsProvider copy = extended.replicate(NAME, 0, target);
    assertSameKeys(copy, extended.provider(NAME, 0));
    assertSameKeys(copy, target.provider(NAME, 0));
    assertThat(
            rows(replica, AttributeActions.encryptAndSign())
                .decryptItem(client.getItem(r -> r.tableName(replica).key(key(NAME, 0))).item()))
        .containsEntry("note", AttributeValue.fromS("secret note"));
  }

  @Test
  void replicate_again_keepsTheRow() {
    store.getOrCreate(NAME, 0);
    StoreUnderTest target = store(new Setup(newTable()));
    store.replicate(NAME, 0, target);
    probe.reset();
    assertSameKeys(store.replicate(NAME, 0, target), store.provider(NAME, 0));
    assertThat(probe.count(PutItemRequest.class)).isZero();
  }

  @Test
  void replicate_otherKeysThere_throwsAndKeepsThem() {
    store.getOrCreate(NAME, 0);
    StoreUnderTest target = store(new Setup(newTable()));
    MetaStoreMaterialsProvider there = target.getOrCreate(NAME, 0);
    assertThatThrownBy(() -> store.replicate(NAME, 0, target))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("already, with other keys")
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.MATERIAL_CONFLICT);
    assertSameKeys(target.provider(NAME, 0), there);
  }

  @Test
  void replicate_otherKeysAppearMeanwhile_throws() {
    store.getOrCreate(NAME, 0);
    StoreUnderTest target = store(new Setup(newTable()));
    probe.once("putItem", () -> target.getOrCreate(NAME, 0));
    assertThatThrownBy(() -> store.replicate(NAME, 0, target))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("already, with other keys");
  }

  @Test
  void replicate_missingVersion_throwsAndWritesNothing() {
    StoreUnderTest target = store(new Setup(newTable()));
    assertThatThrownBy(() -> store.replicate(NAME, 0, target))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("has no version 0");
    assertThat(target.maxVersion(NAME)).isEmpty();
  }

  // ---- Faults

  @ParameterizedTest
  @CsvSource({
    "query, AccessDeniedException",
    "query, ProvisionedThroughputExceededException",
    "putItem, AccessDeniedException",
    "putItem, ThrottlingException",
    "getItem, AccessDeniedException",
    "getItem, InternalServerError"
  })
  void newProvider_callFails_throwsWithCauseAndHandsOutNothing(String operation, String code) {
    RuntimeException failure = DynamoDbProbe.serviceError(code);
    probe.fail(operation, failure);
    assertThatThrownBy(() -> store.newProvider(NAME))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasMessageContaining("'" + table + "' could not be used to")
        .hasCause(failure)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.KEY_SOURCE_FAILED);
    probe.heal();
    assertSameKeys(store.currentProvider(NAME), store.provider(NAME, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"getItem", "putItem"})
  void getOrCreate_networkDown_throwsWithCause(String operation) {
    RuntimeException failure = SdkClientException.create("Connection refused");
    probe.fail(operation, failure);
    assertThatThrownBy(() -> store.getOrCreate(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCause(failure);
    assertThat(storedRow(NAME, 0)).isEmpty();
  }

  @Test
  void getOrCreate_rowKeysDenied_throwsWithCauseAndStoresNothing() {
    RuntimeException failure = DynamoDbProbe.serviceError("AccessDeniedException");
    rowKeys.fail(failure);
    assertThatThrownBy(() -> store.getOrCreate(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .hasCause(failure);
    assertThat(storedRow(NAME, 0)).isEmpty();
  }

  @Test
  void provider_tableMissing_saysSo() {
    assertThatThrownBy(() -> store(new Setup("NoSuchTable")).provider(NAME, 0))
        .isInstanceOf(MaterialsUnavailableException.class)
        .extracting(e -> ((ItemsealException) e).reason())
        .isEqualTo(FailureReason.TABLE_NOT_FOUND);
  }
}
