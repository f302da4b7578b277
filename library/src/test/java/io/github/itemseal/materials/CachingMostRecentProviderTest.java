package io.github.itemseal.materials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.testing.DynamoDbProbe;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/** What the kinds of caching most-recent provider do not have in common, and how they are built. */
@Timeout(60)
class CachingMostRecentProviderTest {
  @RegisterExtension static final LocalDynamoDbExtension DYNAMO_DB = new LocalDynamoDbExtension();

  private final DynamoDbClient client = DYNAMO_DB.client();
  private final DynamoDbAsyncClient asyncClient = DYNAMO_DB.asyncClient();
  private final DynamoDbProbe probe = new DynamoDbProbe();
  private final CountingProvider rowKeys =
      new CountingProvider(MostRecentFixture.rowKeysOfEverybody());

  @Test
  void decryptAsync_thousandConcurrentColdReads_oneFetchAndOneCancelledHarmsNobody() {
    MetaStore.createTable(client, "Reads");
    Map<String, AttributeValue> item = MostRecentFixture.item(1);
    Map<String, AttributeValue> stored = reader("Reads").encryptItemAsync(item).join();
    ItemEncryptor cold = reader("Reads");
    probe.reset();
    rowKeys.reset();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    rowKeys.waitFor(gate);
    List<CompletableFuture<Map<String, AttributeValue>>> results = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      results.add(cold.decryptItemAsync(stored));
    }
    assertThat(results).as("nobody was blocked").noneMatch(CompletableFuture::isDone);
    results.get(0).cancel(true);
    results.get(500).cancel(true);
    gate.complete(null);
    for (int i = 0; i < 1000; i++) {
      if (i != 0 && i != 500) {
        assertThat(results.get(i).join()).isEqualTo(item);
      }
    }
    assertThat(probe.count(GetItemRequest.class)).isEqualTo(1);
    assertThat(rowKeys.decryptions()).isEqualTo(1);
  }

  private ItemEncryptor reader(String table) {
    MetaStore.Async store =
        MetaStore.builder(probe.watch(asyncClient)).tableName(table).protectedBy(rowKeys).build();
    return MostRecentFixture.encryptor(
        Ddbec.using(
            CachingMostRecentProvider.builder(store)
                .materialName("orders")
                .ttl(Duration.ofMinutes(10))
                .build()));
  }

  @Test
  void build_partMissing_throwsIllegalArgument() {
    MetaStore store = MetaStore.builder(client).tableName("T").protectedBy(rowKeys).build();
    MetaStore.Async asyncStore =
        MetaStore.builder(asyncClient).tableName("T").protectedBy(rowKeys).build();
    for (CachingMostRecentProvider.Builder<?> builder :
        List.of(
            CachingMostRecentProvider.builder(store),
            CachingMostRecentProvider.builder(asyncStore))) {
      assertThatThrownBy(() -> builder.materialName("a").build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("materialName(...) and ttl(...)");
    }
  }
}
