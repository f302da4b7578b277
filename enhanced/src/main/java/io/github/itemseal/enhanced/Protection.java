package io.github.itemseal.enhanced;

import io.github.itemseal.CryptoAction;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.BeanTableSchemaAttributeTag;

/**
 * What is done with the attribute of a getter, in a class for {@code TableSchema.fromBean} or
 * {@code fromImmutableClass}.
 *
 * <pre>{@code
 * @Protection(CryptoAction.SIGN_ONLY)
 * public String getCity() { ... }
 * }</pre>
 *
 * <p>Without it an attribute is encrypted and signed; keys, index keys and the version attribute
 * are signed. Belongs on the getters of the class that is mapped to items: a bean inside an
 * attribute is encrypted with its attribute as a whole, and annotations in it are refused by {@link
 * TypedActions}. In Kotlin write {@code @get:Protection(...)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@BeanTableSchemaAttributeTag(AttributeActionTags.class)
public @interface Protection {
  /** The action. */
  CryptoAction value();
}
