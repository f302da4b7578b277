package io.github.itemseal.internal.request;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item in a request or response.
 *
 * @param table name or ARN of its table, as the request says it
 * @param attributes the item itself
 */
public record TableItem(String table, Map<String, AttributeValue> attributes) {}
