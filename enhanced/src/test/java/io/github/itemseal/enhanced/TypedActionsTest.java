package io.github.itemseal.enhanced;

import static io.github.itemseal.CryptoAction.DO_NOTHING;
import static io.github.itemseal.CryptoAction.ENCRYPT_AND_SIGN;
import static io.github.itemseal.CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT;
import static io.github.itemseal.CryptoAction.SIGN_ONLY;
import static io.github.itemseal.enhanced.AttributeActionTags.doNothing;
import static io.github.itemseal.enhanced.AttributeActionTags.encryptAndSign;
import static io.github.itemseal.enhanced.AttributeActionTags.signAndIncludeInEncryptionContext;
import static io.github.itemseal.enhanced.AttributeActionTags.signOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.secondaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.secondarySortKey;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.CryptoAction;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.VersionedRecordExtension;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTag;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbFlatten;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbImmutable;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;

class TypedActionsTest {
  @Test
  void of_bean_takesAnnotationsKeysVersionAndFlattenedAttributes() {
    assertThat(TypedActions.of(Models.PERSON))
        .isEqualTo(
            AttributeActions.encryptAndSign()
                .with("id", SIGN_ONLY)
                .with("city", SIGN_ONLY)
                .with("version", SIGN_ONLY)
                .with("age", SIGN_ONLY)
                .with("country", SIGN_ONLY)
                .with("note", DO_NOTHING));
  }

  @Test
  void of_bean_encryptsWhatIsNotTagged() {
    AttributeActions actions = TypedActions.of(Models.PERSON);
    for (String name : new String[] {"ssn", "village", "home", "visits", "created", "unmodelled"}) {
      assertThat(actions.actionFor(name)).as(name).isEqualTo(ENCRYPT_AND_SIGN);
    }
  }

  @Test
  void of_immutableClass_takesAnnotationsAndFlattenedAttributes() {
    assertThat(TypedActions.of(TableSchema.fromImmutableClass(Parcel.class)))
        .isEqualTo(
            AttributeActions.encryptAndSign()
                .with("id", SIGN_ONLY)
                .with("depot", DO_NOTHING)
                .with("country", SIGN_ONLY));
  }

  @Test
  void of_recordByBuilder_takesTagsKeysAndFlattenedAttributes() {
    assertThat(TypedActions.of(ORDER))
        .isEqualTo(
            AttributeActions.encryptAndSign()
                .with("customer", SIGN_ONLY)
                .with("number", SIGN_ONLY)
                .with("state", SIGN_ONLY)
                .with("total", SIGN_ONLY)
                .with("country", SIGN_ONLY)
                .with("comment", ENCRYPT_AND_SIGN)
                .with("hint", DO_NOTHING));
  }

  @Test
  void of_extendedStaticSchema_takesTheTagsOfTheParent() {
    StaticTableSchema<Row> parent =
        schema(primaryPartitionKey()).addAttribute(attribute("city", signOnly())).build();
    StaticTableSchema<Row> child =
        StaticTableSchema.builder(parent.itemType())
            .newItemSupplier(Row::new)
            .extend(parent)
            .build();

    assertThat(TypedActions.of(child).exceptions())
        .isEqualTo(Map.of("id", SIGN_ONLY, "city", SIGN_ONLY));
  }

  @Test
  void of_documentSchema_signsItsKeysAndEncryptsTheRest() {
    TableSchema<?> documents =
        TableSchema.documentSchemaBuilder()
            .addIndexPartitionKey(TableMetadata.primaryIndexName(), "id", AttributeValueType.S)
            .addIndexSortKey(TableMetadata.primaryIndexName(), "at", AttributeValueType.N)
            .addIndexPartitionKey("byCity", "city", AttributeValueType.S)
            .build();

    assertThat(TypedActions.of(documents))
        .isEqualTo(
            AttributeActions.encryptAndSign()
                .with("id", SIGN_ONLY)
                .with("at", SIGN_ONLY)
                .with("city", SIGN_ONLY));
  }

  @Test
  void of_severalSchemas_mergesThem() {
    assertThat(TypedActions.of(Models.PERSON, ORDER).exceptions())
        .containsEntry("age", SIGN_ONLY)
        .containsEntry("hint", DO_NOTHING)
        .containsEntry("number", SIGN_ONLY);
  }

  @Test
  void of_severalSchemas_keyOfOneIsSignedAsPlainAttributeOfAnother() {
    TableSchema<?> one = tagged("city", secondaryPartitionKey("byCity"));
    TableSchema<?> other = tagged("city");

    assertThat(TypedActions.of(other, one).actionFor("city")).isEqualTo(SIGN_ONLY);
  }

  @Test
  void of_includeInContext_isTaken() {
    assertThat(TypedActions.of(tagged("tenant", signAndIncludeInEncryptionContext())).exceptions())
        .containsEntry("tenant", SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT);
  }

  @Test
  void of_keyWithAReadableAction_keepsIt() {
    assertThat(
            TypedActions.of(tagged("city", secondaryPartitionKey("byCity"), doNothing()))
                .actionFor("city"))
        .isEqualTo(DO_NOTHING);
  }

  // ---- refusals ----

  @Test
  void of_twoActionsOfOneAttribute_isRefusedByName() {
    assertRefused(
        "Attribute 'city' of Row is tagged DO_NOTHING and SIGN_ONLY: it can have one action.",
        tagged("city", signOnly(), doNothing()));
  }

  @Test
  void of_getterAndSetterThatDisagree_isRefusedByName() {
    assertRefused(
        "Attribute 'city' of Disagreeing is tagged SIGN_ONLY and ENCRYPT_AND_SIGN",
        TableSchema.fromBean(Disagreeing.class));
  }

  @Test
  void of_encryptedKey_isRefusedWithBothReasons() {
    assertRefused(
        "Attribute 'city' is tagged ENCRYPT_AND_SIGN in Row but is a key of the table in Row:"
            + " it must stay readable, so give it SIGN_ONLY.",
        StaticTableSchema.builder(Row.class)
            .addAttribute(attribute("city", primaryPartitionKey(), encryptAndSign()))
            .build());
  }

  @Test
  void of_encryptedIndexKey_isRefusedWithBothReasons() {
    assertRefused(
        "Attribute 'city' is tagged ENCRYPT_AND_SIGN in Row but is a key of the index 'byCity'",
        tagged("city", secondarySortKey("byCity"), encryptAndSign()));
  }

  @Test
  void of_encryptedVersion_isRefusedWithBothReasons() {
    assertRefused(
        "Attribute 'version' is tagged ENCRYPT_AND_SIGN in Row but is the version that"
            + " writes compare in Row",
        StaticTableSchema.builder(Row.class)
            .addAttribute(
                Long.class,
                a ->
                    a.name("version")
                        .getter(row -> 1L)
                        .setter((row, value) -> {})
                        .tags(
                            VersionedRecordExtension.AttributeTags.versionAttribute(),
                            encryptAndSign()))
            .build());
  }

  @Test
  void of_schemasThatDisagree_isRefusedWithBothReasons() {
    TableSchema<?> one = tagged("city", signOnly());
    TableSchema<?> other = tagged("city", doNothing());

    assertThatThrownBy(() -> TypedActions.of(one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Attribute 'city' is SIGN_ONLY in Row but DO_NOTHING in Row: in one table it can"
                + " have one action.");
  }

  @Test
  void of_untaggedInOneSchema_conflictsWithReadableInAnother() {
    TableSchema<?> one = tagged("city", signOnly());
    TableSchema<?> other = tagged("city");

    for (TableSchema<?>[] pair : new TableSchema<?>[][] {{one, other}, {other, one}}) {
      assertThatThrownBy(() -> TypedActions.of(pair[0], pair[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Attribute 'city' is ")
          .hasMessageContaining("ENCRYPT_AND_SIGN in Row (untagged)")
          .hasMessageContaining("SIGN_ONLY in Row");
    }
  }

  @Test
  void of_encryptedInOneSchemaAndKeyInAnother_isRefused() {
    TableSchema<?> one = tagged("city", encryptAndSign());
    TableSchema<?> other = tagged("city", secondaryPartitionKey("byCity"));

    assertThatThrownBy(() -> TypedActions.of(one, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Attribute 'city' is tagged ENCRYPT_AND_SIGN in Row but is a key");
  }

  @Test
  void of_reservedName_isRefused() {
    assertRefused(
        "Attribute '*amzn-ddb-map-sig*' belongs to the stored format",
        tagged("*amzn-ddb-map-sig*", signOnly()));
  }

  private static void assertRefused(String message, TableSchema<?> schema) {
    assertThatThrownBy(() -> TypedActions.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  // ---- schemas ----

  /** An item of texts. */
  static final class Row {
    private final Map<String, String> values = new HashMap<>();

    String get(String name) {
      return values.get(name);
    }

    void put(String name, String value) {
      values.put(name, value);
    }
  }

  private static TableSchema<?> tagged(String name, StaticAttributeTag... tags) {
    return schema(primaryPartitionKey()).addAttribute(attribute(name, tags)).build();
  }

  private static StaticTableSchema.Builder<Row> schema(StaticAttributeTag keyTag) {
    return StaticTableSchema.builder(Row.class)
        .newItemSupplier(Row::new)
        .addAttribute(attribute("id", keyTag));
  }

  private static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttribute<Row, String>
      attribute(String name, StaticAttributeTag... tags) {
    return software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttribute.builder(
            Row.class, String.class)
        .name(name)
        .getter(row -> row.get(name))
        .setter((row, value) -> row.put(name, value))
        .tags(tags)
        .build();
  }

  /** A record, mapped by hand through an array of its components. */
  record Order(String customer, Integer number, String state, Models.Origin origin) {}

  private static final StaticImmutableTableSchema<Order, Object[]> ORDER =
      StaticImmutableTableSchema.builder(Order.class, Object[].class)
          .newItemBuilder(
              () -> new Object[4],
              parts ->
                  new Order(
                      (String) parts[0],
                      (Integer) parts[1],
                      (String) parts[2],
                      (Models.Origin) parts[3]))
          .addAttribute(
              String.class,
              a ->
                  a.name("customer")
                      .getter(Order::customer)
                      .setter((parts, value) -> parts[0] = value)
                      .tags(primaryPartitionKey()))
          .addAttribute(
              Integer.class,
              a ->
                  a.name("number")
                      .getter(Order::number)
                      .setter((parts, value) -> parts[1] = value)
                      .tags(primarySortKey()))
          .addAttribute(
              String.class,
              a ->
                  a.name("state")
                      .getter(Order::state)
                      .setter((parts, value) -> parts[2] = value)
                      .tags(signOnly()))
          .addAttribute(
              String.class,
              a -> a.name("total").getter(Order::state).setter((p, v) -> {}).tags(signOnly()))
          .addAttribute(
              String.class,
              a -> a.name("hint").getter(Order::state).setter((p, v) -> {}).tags(doNothing()))
          .addAttribute(
              String.class,
              a ->
                  a.name("comment")
                      .getter(Order::state)
                      .setter((p, v) -> {})
                      .tags(encryptAndSign()))
          .flatten(
              TableSchema.fromBean(Models.Origin.class),
              Order::origin,
              (parts, value) -> parts[3] = value)
          .build();

  @DynamoDbBean
  public static class Disagreeing {
    private String city;

    @Protection(CryptoAction.SIGN_ONLY)
    public String getCity() {
      return city;
    }

    @Protection(CryptoAction.ENCRYPT_AND_SIGN)
    public void setCity(String city) {
      this.city = city;
    }
  }

  @DynamoDbImmutable(builder = Parcel.Builder.class)
  public static final class Parcel {
    private final Builder values;

    private Parcel(Builder values) {
      this.values = values;
    }

    @DynamoDbPartitionKey
    public String id() {
      return values.id;
    }

    @Protection(CryptoAction.DO_NOTHING)
    public String getDepot() {
      return values.depot;
    }

    @DynamoDbFlatten
    public Models.Origin origin() {
      return values.origin;
    }

    public static final class Builder {
      private String id;
      private String depot;
      private Models.Origin origin;

      public Builder id(String id) {
        this.id = id;
        return this;
      }

      public Builder depot(String depot) {
        this.depot = depot;
        return this;
      }

      public Builder origin(Models.Origin origin) {
        this.origin = origin;
        return this;
      }

      public Parcel build() {
        return new Parcel(this);
      }
    }
  }
}
