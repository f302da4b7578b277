package io.github.itemseal.internal.format;

import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The type of attribute values that anybody may have built. */
public final class AttributeTypes {
  private AttributeTypes() {}

  /**
   * The type of a value, {@link AttributeValue.Type#UNKNOWN_TO_SDK_VERSION} where it has none or
   * several: for several the SDK itself says null.
   */
  public static AttributeValue.Type typeOf(AttributeValue value) {
    return Objects.requireNonNullElse(value.type(), AttributeValue.Type.UNKNOWN_TO_SDK_VERSION);
  }

  public static boolean isBinary(AttributeValue value) {
    return typeOf(value) == AttributeValue.Type.B;
  }
}
