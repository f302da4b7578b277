package io.github.itemseal.client;

import io.github.itemseal.internal.request.ProtectedTable;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a safe update read.
 *
 * @param stored the item as it is stored; empty if there is none
 */
record ReadItem(ProtectedTable table, Map<String, AttributeValue> stored) {}
