package io.github.itemseal.benchmarks;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A contender that can show its item as it is stored. */
interface StoredItem extends Contender {
  /** Of SDK 2, whatever the contender works on. */
  Map<String, AttributeValue> stored();
}
