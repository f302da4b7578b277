package io.github.itemseal.enhanced;

import io.github.itemseal.CryptoAction;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTag;

/**
 * What is done with an attribute, as tags for the builders of static table schemas, and as the SDK
 * reads it from {@link Protection}.
 *
 * <pre>{@code
 * .addAttribute(String.class, a -> a.name("city").getter(...).setter(...).tags(signOnly()))
 * }</pre>
 */
public final class AttributeActionTags {
  private static final String METADATA_KEY = "io.github.itemseal.enhanced:Protection";

  private AttributeActionTags() {}

  /** Encrypted and signed, which is what untagged attributes are unless they are keys. */
  public static StaticAttributeTag encryptAndSign() {
    return tag(CryptoAction.ENCRYPT_AND_SIGN);
  }

  /** Stored readable, and signed. */
  public static StaticAttributeTag signOnly() {
    return tag(CryptoAction.SIGN_ONLY);
  }

  /** Stored readable, signed, and part of the encryption context that key sources see. */
  public static StaticAttributeTag signAndIncludeInEncryptionContext() {
    return tag(CryptoAction.SIGN_AND_INCLUDE_IN_ENCRYPTION_CONTEXT);
  }

  /** Stored readable, and open to unnoticed changes. */
  public static StaticAttributeTag doNothing() {
    return tag(CryptoAction.DO_NOTHING);
  }

  /** The tag of an annotation; the SDK finds it by this name. */
  public static StaticAttributeTag attributeTagFor(Protection annotation) {
    return tag(annotation.value());
  }

  /**
   * A set of pairs, not a map: schemas merge the metadata of their attributes, of flattened schemas
   * and of super-schemas, and two actions of one attribute must arrive to be refused by name.
   */
  private static StaticAttributeTag tag(CryptoAction action) {
    Objects.requireNonNull(action, "action");
    return (attributeName, type) ->
        metadata ->
            metadata.addCustomMetadataObject(
                METADATA_KEY, List.<Object>of(new Tagged(attributeName, action)));
  }

  /** The tags of a schema, those of its flattened schemas among them. */
  static List<Tagged> of(TableMetadata metadata) {
    return metadata.customMetadataObject(METADATA_KEY, Collection.class).stream()
        .flatMap(tags -> ((Collection<?>) tags).stream())
        .map(Tagged.class::cast)
        .toList();
  }

  /** One attribute with one tag. */
  record Tagged(String attributeName, CryptoAction action) {}
}
