package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.RecordedEvents;
import io.github.itemseal.testing.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Nothing that DescribeTable says weakens what the configuration says, whatever that is. */
class DescribedIndexesTest {
  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("1"), "x", AttributeValue.fromS("secret-value"));

  /** What DynamoDB can say of the attribute x. */
  private enum Situation {
    HASH_OF_A_GLOBAL_INDEX(true) {
      @Override
      void describe(TableDescription.Builder table) {
        table.globalSecondaryIndexes(
            i -> i.indexName("one").keySchema(k -> k.attributeName("x").keyType("HASH")));
      }
    },
    RANGE_OF_A_GLOBAL_INDEX(true) {
      @Override
      void describe(TableDescription.Builder table) {
        table.globalSecondaryIndexes(
            i ->
                i.indexName("one")
                    .keySchema(
                        k -> k.attributeName("id").keyType("HASH"),
                        k -> k.attributeName("x").keyType("RANGE")));
      }
    },
    RANGE_OF_A_LOCAL_INDEX(true) {
      @Override
      void describe(TableDescription.Builder table) {
        table.localSecondaryIndexes(
            i ->
                i.indexName("one")
                    .keySchema(
                        k -> k.attributeName("id").keyType("HASH"),
                        k -> k.attributeName("x").keyType("RANGE")));
      }
    },
    KEY_OF_AN_UNKNOWN_KIND(true) {
      @Override
      void describe(TableDescription.Builder table) {
        table.globalSecondaryIndexes(
            i ->
                i.indexName("one")
                    .keySchema(
                        k -> k.attributeName("id").keyType("HASH"),
                        k -> k.attributeName("x").keyType("TOMORROW")));
      }
    },
    PROJECTED(false) {
      @Override
      void describe(TableDescription.Builder table) {
        table.globalSecondaryIndexes(
            i ->
                i.indexName("one")
                    .keySchema(k -> k.attributeName("id").keyType("HASH"))
                    .projection(p -> p.projectionType("INCLUDE").nonKeyAttributes("x")));
      }
    };

    final boolean key;

    Situation(boolean key) {
      this.key = key;
    }

    abstract void describe(TableDescription.Builder table);
  }

  private record Setup(
      String title,
      ItemFormat format,
      AttributeActions actions,
      boolean named,
      Situation situation) {
    @Override
    public String toString() {
      return "%s, %s, %s".formatted(format.name(), title, situation);
    }

    TableEncryption.Builder encryption(TableInfo table) {
      return TableEncryption.of(table).actions(actions).writes(format);
    }
  }

  private static final ItemFormat DDBEC =
      Ddbec.using(
          WrappedMaterialsProvider.builder()
              .wrappingKey(TestKeys.aes(256))
              .signingKeys(SigningKeys.mac(TestKeys.hmac()))
              .build());

  private static final ItemFormat DBE =
      Dbe.using(RawAesKeyring.of("tests", "aes", TestKeys.aes(256)));

  /** A DynamoDB that describes the table with key id and whatever is added. */
  private record Describing(@Nullable Situation situation) implements DynamoDbClient {
    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
      TableDescription.Builder table =
          TableDescription.builder().keySchema(k -> k.attributeName("id").keyType("HASH"));
      if (situation != null) {
        situation.describe(table);
      }
      return DescribeTableResponse.builder().table(table.build()).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private static TableInfo described(@Nullable Situation situation) {
    return TableInfo.named("People").refreshIndexedAttributes(new Describing(situation));
  }

  /** Every default, named or not by every action, in every situation, in both formats. */
  static Stream<Setup> setups() {
    List<Setup> setups = new ArrayList<>();
    List<AttributeActions> defaults = new ArrayList<>(List.of(AttributeActions.namedOnly()));
    Stream.of(CryptoAction.values()).map(AttributeActions::withDefault).forEach(defaults::add);
    for (AttributeActions byDefault : defaults) {
      AttributeActions withCity = byDefault.with("city", CryptoAction.SIGN_ONLY); // one that signs
      for (ItemFormat format : List.of(DDBEC, DBE)) {
        for (Situation situation : Situation.values()) {
          String title = byDefault.toString();
          setups.add(new Setup(title, format, withCity, false, situation));
          for (CryptoAction action : CryptoAction.values()) {
            ItemFormat fitting =
                format == DBE && !action.signs() ? ((Dbe) DBE).unsignedAttributes("x") : format;
            setups.add(
                new Setup(
                    title + " but " + action,
                    fitting,
                    withCity.with("x", action),
                    true,
                    situation));
          }
        }
      }
    }
    return setups.stream().filter(DescribedIndexesTest::canBeBuilt);
  }

  private static boolean canBeBuilt(Setup setup) {
    Throwable failure = catchThrowable(() -> setup.encryption(described(null)).build());
    if (failure != null) {
      assertThat(failure).isInstanceOf(IllegalArgumentException.class);
    }
    return failure == null;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("setups")
  void encryptItem_attributeInARoleThatDynamoDbTells_isProtectedAsWithoutIt(Setup setup) {
    TableEncryption without = setup.encryption(described(null)).build();
    RecordedEvents events = new RecordedEvents();
    TableEncryption with = setup.encryption(described(setup.situation())).listener(events).build();
    CryptoAction action = without.protectedActions().actionFor("x");
    assertThat(with.protectedActions()).isEqualTo(without.protectedActions());

    ItemEncryptor encryptor = ItemEncryptor.of(with);
    boolean refused = setup.situation().key && !setup.named() && action.encrypts();
    assertThat(events.drain()).isEqualTo(refused ? List.of("needed x INDEX_KEY one") : List.of());
    Throwable failure = catchThrowable(() -> encryptor.encryptItem(ITEM));
    if (refused) {
      assertThat(failure)
          .isInstanceOfSatisfying(
              ForbiddenItemException.class,
              e -> assertThat(e.reason()).isEqualTo(FailureReason.INDEX_KEY_ENCRYPTED))
          .hasMessageContaining("attribute 'x' of table 'People' is a key of the index 'one'")
          .hasMessageContaining("SIGN_ONLY or DO_NOTHING")
          .hasMessageContaining("ENCRYPT_AND_SIGN, and the index sees ciphertext")
          .hasMessageNotContaining("secret-value");
    } else if (setup.actions().refusesUnnamed() && !setup.named()) {
      assertThat(failure)
          .isInstanceOf(ForbiddenItemException.class)
          .hasMessageContaining("do not name");
    } else {
      assertThat(failure).isNull();
      Map<String, AttributeValue> stored = encryptor.encryptItem(ITEM);
      assertThat(stored.get("x").type() == AttributeValue.Type.B).isEqualTo(action.encrypts());
      assertThat(encryptor.decryptItem(stored)).isEqualTo(ITEM);
    }
    // What was stored before the index was there opens still, and items without x go in.
    if (!setup.actions().refusesUnnamed()) {
      Map<String, AttributeValue> old = ItemEncryptor.of(without).encryptItem(ITEM);
      assertThat(encryptor.decryptItem(old)).isEqualTo(ITEM);
    }
    if (!setup.named()) { // named for the encryption context it must be there
      assertThat(encryptor.encryptItem(Map.of("id", AttributeValue.fromS("1")))).containsKey("id");
    }
  }

  @Test
  void encryptItem_indexThatTheProgramLists_isSignedAsSetIndexKeysDoes() {
    TableInfo listed =
        TableInfo.of(
            "People",
            TableIndex.of("id"),
            SecondaryIndex.global("one", TableIndex.of("x"), IndexProjection.all()));
    for (TableInfo table :
        List.of(
            listed,
            listed.refreshIndexedAttributes(new Describing(null)),
            listed.refreshIndexedAttributes(new Describing(Situation.HASH_OF_A_GLOBAL_INDEX)))) {
      TableEncryption encryption =
          TableEncryption.of(table)
              .actions(AttributeActions.encryptAndSign())
              .writes(DDBEC)
              .build();
      assertThat(encryption.protectedActions().actionFor("x")).isEqualTo(CryptoAction.SIGN_ONLY);
      assertThat(ItemEncryptor.of(encryption).encryptItem(ITEM).get("x")).isEqualTo(ITEM.get("x"));
    }
  }

  @Test
  void encryptItem_tableThatWritesPlaintext_isNotRefused() {
    TableEncryption encryption =
        TableEncryption.of(described(Situation.HASH_OF_A_GLOBAL_INDEX))
            .actions(AttributeActions.encryptAndSign())
            .writes(Plaintext.writable())
            .build();
    assertThat(ItemEncryptor.of(encryption).encryptItem(ITEM)).isEqualTo(ITEM);
  }

  @Test
  void refreshIndexedAttributes_anotherPrimaryKeyThanGiven_throws() {
    TableInfo other = TableInfo.of("People", TableIndex.of("x"));
    assertThatThrownBy(() -> other.refreshIndexedAttributes(new Describing(null)))
        .isInstanceOfSatisfying(
            TableUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.TABLE_KEY_CHANGED))
        .hasMessageContaining("Table 'People' has the key [id]")
        .hasMessageContaining("[x] is what is known");
  }

  @Test
  void refreshIndexedAttributes_moreKeysThanATableHas_throws() {
    DynamoDbClient hostile =
        new DynamoDbClient() {
          @Override
          public DescribeTableResponse describeTable(DescribeTableRequest request) {
            return DescribeTableResponse.builder()
                .table(
                    t ->
                        t.keySchema(
                            k -> k.attributeName("id").keyType("HASH"),
                            k -> k.attributeName("x").keyType("RANGE"),
                            k -> k.attributeName("ssn").keyType("RANGE")))
                .build();
          }

          @Override
          public String serviceName() {
            return SERVICE_NAME;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> TableInfo.named("People").refreshIndexedAttributes(hostile))
        .isInstanceOf(TableUnavailableException.class)
        .rootCause()
        .hasMessageContaining("at most one sort key");
  }
}
