package io.github.itemseal.streams;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;

/**
 * A change of an item, as a stream tells it, in plaintext.
 *
 * @param type whether the item is new, changed or gone
 * @param keys the primary key; not verified, unlike the images
 * @param oldItem the item before; empty if it is new, or the stream does not show old images
 * @param newItem the item after; empty if it is gone, or the stream does not show new images
 * @param expired whether DynamoDB deleted the item because its time to live was over
 */
public record ItemChange(
    OperationType type,
    Map<String, AttributeValue> keys,
    Optional<Map<String, AttributeValue>> oldItem,
    Optional<Map<String, AttributeValue>> newItem,
    boolean expired) {}
