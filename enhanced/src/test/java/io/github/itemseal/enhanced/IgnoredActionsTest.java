package io.github.itemseal.enhanced;

import static io.github.itemseal.CryptoAction.SIGN_ONLY;
import static io.github.itemseal.enhanced.AttributeActionTags.signOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbFlatten;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbIgnore;

/** Actions that would have no effect are refused. */
class IgnoredActionsTest {
  @Test
  void of_actionInANestedBean_isRefusedByBothNames() {
    assertRefused(
        "Attribute 'bean' of HasBean contains 'street' of Tagged with the action SIGN_ONLY, which has"
            + " no effect: an attribute is protected as a whole. Put the action on 'bean', or flatten"
            + " the bean.",
        HasBean.class);
  }

  @Test
  void of_actionInAListOfBeans_isRefused() {
    assertRefused("Attribute 'beans' of HasList contains 'street' of Tagged", HasList.class);
  }

  @Test
  void of_actionInAMapOfListsOfBeans_isRefused() {
    assertRefused("Attribute 'beans' of HasMap contains 'street' of Tagged", HasMap.class);
  }

  @Test
  void of_actionTwoBeansDeep_isRefused() {
    assertRefused("Attribute 'middle' of HasDeep contains 'street' of Tagged", HasDeep.class);
  }

  @Test
  void of_actionInABeanOfAFlattenedBean_isRefused() {
    assertRefused("Attribute 'bean' of FlattensBean contains 'street' of", FlattensBean.class);
  }

  @Test
  void of_tagInANestedStaticSchema_isRefused() {
    TableSchema<StringBuilder> nested =
        StaticTableSchema.builder(StringBuilder.class)
            .newItemSupplier(StringBuilder::new)
            .addAttribute(
                String.class,
                a ->
                    a.name("text")
                        .getter(StringBuilder::toString)
                        .setter(StringBuilder::append)
                        .tags(signOnly()))
            .build();
    TableSchema<?> schema =
        StaticTableSchema.builder(Object[].class)
            .newItemSupplier(() -> new Object[1])
            .addAttribute(
                EnhancedType.documentOf(StringBuilder.class, nested),
                a ->
                    a.name("bean")
                        .getter(parts -> (StringBuilder) parts[0])
                        .setter((parts, value) -> parts[0] = value))
            .build();
    assertThatThrownBy(() -> TypedActions.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Attribute 'bean' of Object[] contains 'text' of StringBuilder");
  }

  @Test
  void of_beanThatContainsItself_isAccepted() {
    assertThat(TypedActions.of(TableSchema.fromBean(Recursive.class)).exceptions()).isEmpty();
  }

  @Test
  void of_flattenedGetterWithAnAction_isRefused() {
    assertRefused(
        "FlattenedWithAction.getOrigin() is flattened, so its action SIGN_ONLY has no effect: give the"
            + " attributes of Origin their actions.",
        FlattenedWithAction.class);
  }

  @Test
  void of_flattenedMapWithAnAction_isRefused() {
    assertRefused("FlattenedMap.getLabels() is flattened", FlattenedMap.class);
  }

  @Test
  void of_ignoredGetterWithAnAction_isRefused() {
    assertRefused(
        "The action SIGN_ONLY of IgnoredWithAction.getCity() does not reach the schema of"
            + " IgnoredWithAction and has no effect",
        IgnoredWithAction.class);
  }

  @Test
  void of_overriddenGetterWithAnAction_isRefused() {
    assertRefused(
        "The action SIGN_ONLY of Tagged.getStreet() does not reach the schema of Overriding",
        Overriding.class);
  }

  @Test
  void of_inheritedGetterWithAnAction_isTaken() {
    assertThat(TypedActions.of(TableSchema.fromBean(Inheriting.class)).exceptions())
        .isEqualTo(Map.of("street", SIGN_ONLY));
  }

  @Test
  void of_annotatedClassWithAStaticSchemaWithoutTheTag_isRefused() {
    TableSchema<Tagged> schema =
        StaticTableSchema.builder(Tagged.class)
            .newItemSupplier(Tagged::new)
            .addAttribute(
                String.class,
                a -> a.name("street").getter(Tagged::getStreet).setter(Tagged::setStreet))
            .build();
    assertThatThrownBy(() -> TypedActions.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not reach the schema of Tagged")
        .hasMessageContaining("the schema is built by hand and needs the tag");
  }

  @Test
  void of_actionInAnOptional_isRefused() {
    TableSchema<?> schema =
        StaticTableSchema.builder(Object[].class)
            .addAttribute(
                new EnhancedType<Optional<Tagged>>() {},
                a ->
                    a.name("maybe")
                        .getter(parts -> Optional.empty())
                        .setter((parts, value) -> {})
                        .attributeConverter(new TaggedConverter()))
            .build();
    assertThatThrownBy(() -> TypedActions.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Attribute 'maybe' of Object[] contains Tagged.getStreet()");
  }

  private static void assertRefused(String message, Class<?> bean) {
    TableSchema<?> schema = TableSchema.fromBean(bean);
    assertThatThrownBy(() -> TypedActions.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /** A converter of the user's own, which knows nothing of actions. */
  private static final class TaggedConverter
      implements software.amazon.awssdk.enhanced.dynamodb.AttributeConverter<Optional<Tagged>> {
    @Override
    public software.amazon.awssdk.services.dynamodb.model.AttributeValue transformFrom(
        Optional<Tagged> input) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Tagged> transformTo(
        software.amazon.awssdk.services.dynamodb.model.AttributeValue input) {
      throw new UnsupportedOperationException();
    }

    @Override
    public EnhancedType<Optional<Tagged>> type() {
      return new EnhancedType<>() {};
    }

    @Override
    public software.amazon.awssdk.enhanced.dynamodb.AttributeValueType attributeValueType() {
      return software.amazon.awssdk.enhanced.dynamodb.AttributeValueType.M;
    }
  }

  @DynamoDbBean
  public static class Tagged {
    private String street;

    @Protection(SIGN_ONLY)
    public String getStreet() {
      return street;
    }

    public void setStreet(String street) {
      this.street = street;
    }
  }

  @DynamoDbBean
  public static class Inheriting extends Tagged {}

  @DynamoDbBean
  public static class Overriding extends Tagged {
    @Override
    public String getStreet() {
      return super.getStreet();
    }
  }

  @DynamoDbBean
  public static class HasBean {
    public Tagged getBean() {
      return null;
    }

    public void setBean(Tagged bean) {}
  }

  @DynamoDbBean
  public static class HasList {
    public List<Tagged> getBeans() {
      return null;
    }

    public void setBeans(List<Tagged> beans) {}
  }

  @DynamoDbBean
  public static class HasMap {
    public Map<String, List<Tagged>> getBeans() {
      return null;
    }

    public void setBeans(Map<String, List<Tagged>> beans) {}
  }

  @DynamoDbBean
  public static class HasDeep {
    public HasList getMiddle() {
      return null;
    }

    public void setMiddle(HasList middle) {}
  }

  @DynamoDbBean
  public static class FlattensBean {
    @DynamoDbFlatten
    public HasBean getFlat() {
      return null;
    }

    public void setFlat(HasBean flat) {}
  }

  @DynamoDbBean
  public static class Recursive {
    public List<Recursive> getChildren() {
      return null;
    }

    public void setChildren(List<Recursive> children) {}
  }

  @DynamoDbBean
  public static class FlattenedWithAction {
    @DynamoDbFlatten
    @Protection(SIGN_ONLY)
    public Models.Origin getOrigin() {
      return null;
    }

    public void setOrigin(Models.Origin origin) {}
  }

  @DynamoDbBean
  public static class FlattenedMap {
    @Protection(SIGN_ONLY)
    public Map<String, String> getLabels() {
      return null;
    }

    @DynamoDbFlatten
    public void setLabels(Map<String, String> labels) {}
  }

  @DynamoDbBean
  public static class IgnoredWithAction {
    @DynamoDbIgnore
    @Protection(SIGN_ONLY)
    public String getCity() {
      return null;
    }

    public void setCity(String city) {}
  }
}
