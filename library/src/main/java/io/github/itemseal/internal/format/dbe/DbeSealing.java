package io.github.itemseal.internal.format.dbe;

import io.github.itemseal.keyring.EncryptionMaterials;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item on its way in, between its checks and its keys. Immutable.
 *
 * @param item the plaintext
 * @param fields its signed attributes, in field order
 * @param signingKey null for a suite without signatures
 * @param materials what to ask the keyring for
 */
public record DbeSealing(
    Map<String, AttributeValue> item,
    List<DbeAttribute> fields,
    @Nullable DbeSigningKey signingKey,
    EncryptionMaterials materials) {}
