package io.github.itemseal.materials;

import io.github.itemseal.FailureSubject;
import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.CallKind;
import io.github.itemseal.internal.flow.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The versions of materials in the table of a MetaStore: written once for both kinds of {@link
 * MetaStore}, which says what the operations promise, as steps that ask for {@link MetaStoreCalls}.
 * Thread-safe.
 */
final class MaterialVersions {
  private final MetaStoreTable table;
  private final MetaStoreCalls calls;

  MaterialVersions(MetaStoreTable table, MetaStoreCalls calls) {
    this.table = table;
    this.calls = calls;
  }

  /** Which calls the steps ask for. */
  CallKind kind() {
    return calls.kind();
  }

  /**
   * @param throughput null for on-demand capacity
   */
  static Step<CreateTableResponse> createTable(
      String tableName,
      @Nullable ProvisionedThroughput throughput,
      Function<CreateTableRequest, Call<CreateTableResponse>> client) {
    return Step.lazily(
            () -> Step.ask(client.apply(MetaStoreTable.createTable(tableName, throughput))))
        .mapFailure(
            failure ->
                MetaStoreTable.failure(
                    tableName, FailureSubject.table(tableName), "create the table", failure));
  }

  Step<MetaStoreMaterialsProvider> provider(String materialName, long version) {
    return Step.lazily(
        () -> {
          MaterialId id = new MaterialId(materialName, version);
          return require(id).map(row -> table.rows().providerOf(id, row));
        });
  }

  Step<MetaStoreMaterialsProvider> getOrCreate(String materialName, long version) {
    return Step.lazily(
        () -> {
          MaterialId id = new MaterialId(materialName, version);
          return read(id)
              .then(found -> found.map(Step::done).orElseGet(() -> createOrRead(id)))
              .map(row -> table.rows().providerOf(id, row));
        });
  }

  Step<MetaStoreMaterialsProvider> newProvider(String materialName) {
    return maxVersion(materialName)
        .then(
            newest -> {
              MaterialId id = new MaterialId(materialName, newest.orElse(-1) + 1);
              return createOrRead(id).map(row -> table.rows().providerOf(id, row));
            });
  }

  Step<MetaStoreMaterialsProvider> currentProvider(String materialName) {
    return maxVersion(materialName)
        .then(
            newest ->
                newest.isPresent()
                    ? provider(materialName, newest.getAsLong())
                    : getOrCreate(materialName, 0));
  }

  Step<OptionalLong> maxVersion(String materialName) {
    return Step.lazily(
        () -> {
          QueryRequest newest = table.newest(materialName);
          return to(
                  "find the newest version of material '" + materialName + "'",
                  Step.ask(calls.query(newest)))
              .map(answer -> answer.items().stream().mapToLong(table::versionIn).findFirst());
        });
  }

  Step<List<Long>> versions(String materialName) {
    return Step.lazily(
        () -> {
          QueryRequest all = table.versions(materialName);
          return to(
              "list the versions of material '" + materialName + "'",
              pages(all, new ArrayList<>()));
        });
  }

  private Step<List<Long>> pages(QueryRequest request, List<Long> versions) {
    return Step.ask(calls.query(request))
        .then(
            page -> {
              page.items().forEach(row -> versions.add(table.versionIn(row)));
              Map<String, AttributeValue> last = page.lastEvaluatedKey();
              return last.isEmpty()
                  ? Step.done(List.copyOf(versions))
                  : pages(request.toBuilder().exclusiveStartKey(last).build(), versions);
            });
  }

  Step<MetaStoreMaterialsProvider> replicate(
      String materialName, long version, MaterialVersions target) {
    return Step.lazily(
        () -> {
          MaterialId id = new MaterialId(materialName, version);
          return require(id)
              .then(
                  source -> {
                    table.rows().providerOf(id, source); // nothing that is no key gets copied
                    return target
                        .copyOf(id, source)
                        .map(copy -> target.table.rows().replicaOf(id, source, copy));
                  });
        });
  }

  private Step<Map<String, AttributeValue>> copyOf(
      MaterialId id, Map<String, AttributeValue> source) {
    return read(id).then(found -> found.map(Step::done).orElseGet(() -> create(id, source)));
  }

  private Step<Map<String, AttributeValue>> createOrRead(MaterialId id) {
    return create(id, table.rows().newRow(id));
  }

  /** What is stored afterwards, whoever stored it. */
  private Step<Map<String, AttributeValue>> create(MaterialId id, Map<String, AttributeValue> row) {
    return to(
            "create " + id.describe(),
            Step.ask(calls.seal(row))
                .then(
                    stored ->
                        Step.ask(calls.putItem(table.create(stored)))
                            .handle(
                                response -> Step.done(true),
                                failure ->
                                    // Somebody else was faster, or the SDK repeated a call that
                                    // had succeeded.
                                    failure instanceof ConditionalCheckFailedException
                                        ? Step.done(false)
                                        : Step.failed(failure))))
        .then(done -> require(id));
  }

  private Step<Map<String, AttributeValue>> require(MaterialId id) {
    return read(id).map(found -> found.orElseThrow(() -> table.notFound(id)));
  }

  private Step<Optional<Map<String, AttributeValue>>> read(MaterialId id) {
    return to(
        "read " + id.describe(),
        Step.ask(calls.getItem(table.read(id)))
            .then(
                response ->
                    response.item().isEmpty()
                        ? Step.done(Optional.empty())
                        : Step.ask(calls.open(response.item())).map(Optional::of)));
  }

  private <T> Step<T> to(String doing, Step<T> step) {
    return step.mapFailure(failure -> table.failure(doing, failure));
  }
}
