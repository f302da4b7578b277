package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.internal.format.ItemPlans.Planned;
import io.github.itemseal.keyring.DecryptionMaterials;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A stored item on its way out, between its header and its keys; nothing is verified. Immutable.
 *
 * @param item as stored
 * @param header parsed
 * @param headerBytes the header as stored
 * @param footer as stored, of the right length
 * @param planned its signed attributes, in field order; as many as the legend has letters
 * @param materials what to ask the keyring to open
 */
public record DbeOpening(
    Map<String, AttributeValue> item,
    DbeHeader header,
    SdkBytes headerBytes,
    SdkBytes footer,
    Planned<List<DbeAttribute>> planned,
    DecryptionMaterials materials) {
  /** Its signed attributes, in field order. */
  List<DbeAttribute> fields() {
    return planned.plan();
  }
}
