package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every format that a table can write with every set of formats that it can read. */
class FormatCombinationsTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("pk", AttributeValue.fromS("p"), "a", AttributeValue.fromS("x"));

  private static final Ddbec DDBEC =
      Ddbec.using(
          StaticMaterialsProvider.builder()
              .encryptionKey(TestKeys.aes(128))
              .signingKeys(SigningKeys.mac(TestKeys.hmac()))
              .build());
  private static final Dbe DBE = Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)));

  /** What each writes, and what a reader adds to read it. */
  private static final Map<String, ItemFormat> WRITES = new LinkedHashMap<>();

  private static final Map<String, ItemFormat> READS = new LinkedHashMap<>();

  static {
    WRITES.put(Ddbec.NAME, DDBEC);
    WRITES.put(Dbe.NAME, DBE);
    WRITES.put(Plaintext.NAME, Plaintext.writable());
    READS.putAll(WRITES);
    READS.put(Plaintext.NAME, Plaintext.readable());
  }

  /**
   * A row of the table.
   *
   * @param reads at least one
   */
  record Row(String writes, List<String> reads) {
    boolean isPossible() {
      return reads.contains(writes);
    }

    TableEncryption.Builder table() {
      return TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
          .actions(AttributeActions.encryptAndSign())
          .writes(WRITES.get(writes))
          .reads(
              reads.stream()
                  .map(name -> name.equals(writes) ? WRITES.get(name) : READS.get(name))
                  .toArray(ItemFormat[]::new));
    }
  }

  static Stream<Row> rows() {
    List<String> names = List.copyOf(WRITES.keySet());
    List<Row> rows = new ArrayList<>();
    for (String writes : names) {
      for (int set = 1; set < 1 << names.size(); set++) {
        int chosen = set;
        rows.add(
            new Row(
                writes,
                names.stream().filter(n -> (chosen >> names.indexOf(n) & 1) == 1).toList()));
      }
    }
    return rows.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void table_writingOneReadingSome_readsThoseAndRefusesTheOthers(Row row) {
    if (!row.isPossible()) {
      assertThatThrownBy(() -> row.table().build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("writes %s but does not read it".formatted(row.writes()));
      return;
    }
    ItemEncryptor encryptor = ItemEncryptor.of(row.table().build());
    assertThat(formatOf(encryptor.encryptItem(ITEM))).isEqualTo(row.writes());
    for (String stored : WRITES.keySet()) {
      Map<String, AttributeValue> item = written(stored);
      if (row.reads().contains(stored)) {
        assertThat(encryptor.decryptItem(item)).as(stored).isEqualTo(ITEM);
      } else {
        boolean plaintext = stored.equals(Plaintext.NAME);
        assertThatThrownBy(() -> encryptor.decryptItem(item))
            .as(stored)
            .isInstanceOfSatisfying(
                ForbiddenItemException.class,
                e ->
                    assertThat(e.reason())
                        .isEqualTo(
                            plaintext
                                ? FailureReason.PLAINTEXT_FORBIDDEN
                                : FailureReason.FORMAT_NOT_READ))
            .hasMessageContaining(plaintext ? "add Plaintext.readable()" : "add it to reads(...)");
      }
    }
  }

  private static Map<String, AttributeValue> written(String format) {
    return ItemEncryptor.of(new Row(format, List.of(format)).table().build()).encryptItem(ITEM);
  }

  private static String formatOf(Map<String, AttributeValue> stored) {
    return stored.containsKey(Dbe.HEADER_ATTRIBUTE)
        ? Dbe.NAME
        : stored.containsKey(Ddbec.SIGNATURE_ATTRIBUTE) ? Ddbec.NAME : Plaintext.NAME;
  }

  static Stream<List<ItemFormat>> orders() {
    return Stream.of(
        List.of(DBE, DDBEC, Plaintext.readable()),
        List.of(DDBEC, DBE, Plaintext.readable()),
        List.of(Plaintext.readable(), DDBEC, DBE));
  }

  private static ItemEncryptor reader(List<ItemFormat> reads) {
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.encryptAndSign())
            .writes(DBE)
            .reads(reads.toArray(ItemFormat[]::new))
            .build());
  }

  /** Whichever reader is asked first: none of them believes it. */
  @ParameterizedTest
  @MethodSource("orders")
  void decryptItem_attributesOfBothFormats_isRefused(List<ItemFormat> reads) {
    for (String stored : List.of(DBE.name(), DDBEC.name())) {
      String other = stored.equals(Dbe.NAME) ? Ddbec.NAME : Dbe.NAME;
      Map<String, AttributeValue> donor = written(other);
      for (String name : donor.keySet()) {
        if (!ITEM.containsKey(name)) {
          Map<String, AttributeValue> attacked = new LinkedHashMap<>(written(stored));
          attacked.put(name, donor.get(name));
          assertThatThrownBy(() -> reader(reads).decryptItem(attacked))
              .as("%s item with %s", stored, name)
              .isInstanceOfAny(ItemAuthenticationException.class, MalformedItemException.class)
              .hasMessageMatching("(?s).*(authenti|missing|not binary|no signature).*");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void decryptItem_headerOrFooterTakenAwayWherePlaintextIsRead_isRefused(List<ItemFormat> reads) {
    for (String name : List.of(Dbe.HEADER_ATTRIBUTE, Dbe.FOOTER_ATTRIBUTE)) {
      Map<String, AttributeValue> attacked = new LinkedHashMap<>(written(Dbe.NAME));
      attacked.remove(name);
      assertThatThrownBy(() -> reader(reads).decryptItem(attacked))
          .isInstanceOf(MalformedItemException.class)
          .hasMessageContaining("'%s' of table 'T' is missing".formatted(name));
    }
  }

  /** What reading plaintext costs: docs/migration.md warns of it. */
  @ParameterizedTest
  @MethodSource("orders")
  void decryptItem_headerAndFooterTakenAwayWherePlaintextIsRead_isReadAsPlaintext(
      List<ItemFormat> reads) {
    Map<String, AttributeValue> attacked = new LinkedHashMap<>(written(Dbe.NAME));
    attacked.keySet().removeAll(List.of(Dbe.HEADER_ATTRIBUTE, Dbe.FOOTER_ATTRIBUTE));
    assertThat(reader(reads).decryptItem(attacked)).isEqualTo(attacked);
    assertThatThrownBy(() -> reader(List.of(DBE, DDBEC)).decryptItem(attacked))
        .isInstanceOf(ForbiddenItemException.class)
        .hasMessageContaining("plaintext, without a signature");
  }

  /**
   * A projection of such a table is read as it is asked for, and DDBEC without actions knows every
   * item: either way the ciphertext of a DBE item would come out as if it were the item.
   */
  @Test
  void build_withoutActionsReadingWhatMustBeVerified_throws() {
    for (List<ItemFormat> reads :
        List.of(
            List.<ItemFormat>of(Plaintext.writable(), DBE),
            List.<ItemFormat>of(Plaintext.writable(), DDBEC, DBE),
            List.<ItemFormat>of(
                Plaintext.writable(), DDBEC.readActions(AttributeActions.encryptAndSign())))) {
      assertThatThrownBy(
              () -> withoutActions(Plaintext.writable(), reads.toArray(ItemFormat[]::new)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Table 'T' reads %s items", reads.get(reads.size() - 1).name())
          .hasMessageContaining("give it the actions they were written with");
    }
    assertThatThrownBy(() -> withoutActions(DDBEC, DDBEC, DBE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no action signs an attribute");
  }

  /** Decision 7: what signs nothing passes items through, in the format that has no signature. */
  @Test
  void build_withoutActionsAndNothingToVerify_passesItemsThrough() {
    assertThat(
            ItemEncryptor.of(withoutActions(DDBEC, DDBEC, Plaintext.readable())).encryptItem(ITEM))
        .isEqualTo(ITEM);
  }

  private static TableEncryption withoutActions(ItemFormat writes, ItemFormat... reads) {
    return TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
        .actions(AttributeActions.withDefault(CryptoAction.DO_NOTHING))
        .writes(writes)
        .reads(reads)
        .build();
  }
}
