package io.github.itemseal.client;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a safe update made of an item, both sides in plaintext.
 *
 * @param item the item as the change returned it; unsigned attributes that the change left alone
 *     may have been written by others meanwhile, and were kept
 * @param oldItem the item before; empty if this update created it
 * @param written whether anything was written: an unchanged item is not
 * @param attempts the number of the attempt that this is the outcome of, one if no other writer
 *     came between
 */
public record UpdatedItem(
    Map<String, AttributeValue> item,
    Optional<Map<String, AttributeValue>> oldItem,
    boolean written,
    int attempts) {}
