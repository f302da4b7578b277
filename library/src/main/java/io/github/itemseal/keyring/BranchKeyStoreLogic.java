package io.github.itemseal.keyring;

import io.github.itemseal.internal.flow.Call;
import io.github.itemseal.internal.flow.Step;
import io.github.itemseal.keyring.BranchKeyTable.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;

/**
 * What a branch key store does, written once for both kinds of {@link BranchKeyStore}, as steps
 * that ask for {@link BranchKeyStoreCalls}. Thread-safe.
 */
final class BranchKeyStoreLogic {
  private final BranchKeyStoreCalls calls;
  private final BranchKeyStoreFailures failures;
  private final BranchKeyTable table;
  private final BranchKeyKms kms;
  private final InstantSource clock;

  /**
   * @param logicalName what KMS binds the rows to
   * @param clock what time new rows say they were made at
   */
  BranchKeyStoreLogic(
      BranchKeyStoreCalls calls,
      String tableName,
      String logicalName,
      BranchKeyProtection protection,
      InstantSource clock) {
    this.calls = calls;
    this.failures = BranchKeyStoreFailures.ofRows(tableName);
    this.table = new BranchKeyTable(tableName, failures);
    this.kms = new BranchKeyKms(logicalName, protection, failures);
    this.clock = clock;
  }

  String logicalName() {
    return kms.logicalName();
  }

  // ---- Managing keys

  /** See {@link BranchKeyStore#createKey()}. */
  Step<BranchKeyVersion> createKey() {
    return Step.lazily(() -> create(UUID.randomUUID().toString(), Map.of()));
  }

  /** See {@link BranchKeyStore#createKey(String, Map)}. */
  Step<BranchKeyVersion> createKey(String branchKeyId, Map<String, String> encryptionContext) {
    return Step.lazily(
        () -> {
          if (encryptionContext.isEmpty() || encryptionContext.containsKey("")) {
            throw new IllegalArgumentException(
                "A branch key of a given id needs an encryption context, and every name in it has"
                    + " to be one.");
          }
          return create(branchKeyId, encryptionContext);
        });
  }

  private Step<BranchKeyVersion> create(String branchKeyId, Map<String, String> customContext) {
    String doing = "create branch key '" + branchKeyId + "'";
    BranchKeyVersion first = new BranchKeyVersion(branchKeyId, UUID.randomUUID());
    BranchKeyRow row = BranchKeyRow.newVersion(first, kms.writingKey(), customContext, clock);
    return generate(doing, row)
        .then(
            version ->
                reEncrypt(doing, version, row.toActive())
                    .then(
                        active ->
                            generate(doing, row.toBeacon())
                                .then(
                                    beacon -> write(doing, table.create(version, active, beacon)))))
        .map(done -> first);
  }

  /** See {@link BranchKeyStore#versionKey}. */
  Step<BranchKeyVersion> versionKey(String branchKeyId) {
    return Step.lazily(
        () -> {
          var unused = kms.writingKey();
          String doing = "rotate branch key '" + branchKeyId + "'";
          return read(doing, branchKeyId, BranchKeyRow.ACTIVE)
              .then(
                  old ->
                      reEncrypt(doing, old, old.row()) // nothing is derived from a false row
                          .then(authentic -> rotate(doing, old)));
        });
  }

  private Step<BranchKeyVersion> rotate(String doing, StoredBranchKey old) {
    BranchKeyRow row = old.row().toNextVersion(UUID.randomUUID(), clock);
    return generate(doing, row)
        .then(
            version ->
                reEncrypt(doing, version, row.toActive())
                    .then(active -> write(doing, table.rotate(old, version, active))))
        .map(done -> row.name());
  }

  /** See {@link BranchKeyStore#versions}. */
  Step<List<UUID>> versions(String branchKeyId) {
    return Step.lazily(
        () ->
            rows(
                    "list the versions of branch key '" + branchKeyId + "'",
                    table.versions(branchKeyId),
                    new ArrayList<>())
                .map(BranchKeyTable::versionsIn));
  }

  /** These rows, and those of all pages from this request on. */
  private Step<List<Map<String, AttributeValue>>> rows(
      String doing, QueryRequest request, List<Map<String, AttributeValue>> rows) {
    return call(doing, calls.query(request))
        .then(
            page -> {
              rows.addAll(page.items());
              Map<String, AttributeValue> last = page.lastEvaluatedKey();
              return last.isEmpty()
                  ? Step.done(rows)
                  : rows(doing, request.toBuilder().exclusiveStartKey(last).build(), rows);
            });
  }

  // ---- Getting keys

  /** See {@link BranchKeySource#activeKey}. */
  Step<BranchKey> activeKey(String branchKeyId) {
    return key(branchKeyId, BranchKeyRow.ACTIVE, kms::branchKey);
  }

  /** See {@link BranchKeySource#keyVersion}. */
  Step<BranchKey> keyVersion(String branchKeyId, UUID version) {
    return key(branchKeyId, BranchKeyRow.VERSION_PREFIX + version, kms::branchKey);
  }

  /** See {@link BranchKeySource#beaconKey}. */
  Step<BeaconKey> beaconKey(String branchKeyId) {
    return key(branchKeyId, BranchKeyRow.BEACON, kms::beaconKey);
  }

  private <T> Step<T> key(
      String branchKeyId, String type, BiFunction<StoredBranchKey, DecryptResponse, T> opened) {
    String doing = "read branch key '" + branchKeyId + "'";
    return Step.lazily(() -> read(doing, branchKeyId, type))
        .then(
            stored ->
                call(doing, calls.decrypt(kms.decrypt(stored)))
                    .map(answer -> opened.apply(stored, answer)));
  }

  // ---- Single calls

  private Step<StoredBranchKey> read(String doing, String branchKeyId, String type) {
    return call(doing, calls.getItem(table.read(branchKeyId, type)))
        .map(answer -> table.found(branchKeyId, type, answer.item()));
  }

  private Step<StoredBranchKey> generate(String doing, BranchKeyRow row) {
    return call(doing, calls.generate(kms.generate(row))).map(answer -> kms.generated(row, answer));
  }

  private Step<StoredBranchKey> reEncrypt(String doing, StoredBranchKey from, BranchKeyRow to) {
    return call(doing, calls.reEncrypt(kms.reEncrypt(from, to)))
        .map(answer -> kms.reEncrypted(to, answer));
  }

  private Step<?> write(String doing, Write rows) {
    return Step.ask(calls.transactWriteItems(rows.request()))
        .mapFailure(e -> failures.ofWrite(doing, rows.conflict(), e));
  }

  private <A> Step<A> call(String doing, Call<A> call) {
    return Step.ask(call).mapFailure(e -> failures.of(doing, e));
  }
}
