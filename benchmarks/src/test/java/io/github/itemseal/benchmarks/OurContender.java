package io.github.itemseal.benchmarks;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.ItemEncryptor;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableIndex;
import io.github.itemseal.TableInfo;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Itemseal with one of its formats. */
final class OurContender implements StoredItem {
  private final ItemEncryptor encryptor;
  private final Map<String, AttributeValue> item;
  private final Map<String, AttributeValue> stored;

  OurContender(ItemFormat format, Shape shape) {
    this.encryptor =
        ItemEncryptor.of(
            TableEncryption.of(
                    TableInfo.of("Benchmark", TableIndex.of(Shape.PARTITION_KEY, Shape.SORT_KEY)))
                .actions(AttributeActions.encryptAndSign())
                .writes(format)
                .build());
    this.item = shape.item();
    this.stored = encryptor.encryptItem(item);
  }

  @Override
  public Map<String, AttributeValue> stored() {
    return stored;
  }

  @Override
  public Object encrypt() {
    return encryptor.encryptItem(item);
  }

  @Override
  public Object decrypt() {
    return encryptor.decryptItem(stored);
  }
}
