package io.github.itemseal.benchmarks;

import com.amazonaws.services.dynamodbv2.datamodeling.encryption.DynamoDBEncryptor;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.EncryptionContext;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.EncryptionFlags;
import com.amazonaws.services.dynamodbv2.datamodeling.encryption.providers.EncryptionMaterialsProvider;
import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;

/** The DynamoDB Encryption Client for Java on SDK 1, with items of SDK 1: nothing is converted. */
final class OriginalDdbec implements StoredItem {
  private final DynamoDBEncryptor encryptor;
  private final EncryptionContext context =
      new EncryptionContext.Builder()
          .withTableName("Benchmark")
          .withHashKeyName(Shape.PARTITION_KEY)
          .withRangeKeyName(Shape.SORT_KEY)
          .build();
  private final Map<String, Set<EncryptionFlags>> flags = new HashMap<>();
  private final Map<String, AttributeValue> item;
  private final Map<String, AttributeValue> stored;

  OriginalDdbec(EncryptionMaterialsProvider provider, Shape shape) throws Exception {
    this.encryptor = DynamoDBEncryptor.getInstance(provider);
    this.item = sdk1(shape.item());
    for (String name : item.keySet()) {
      boolean key = name.equals(Shape.PARTITION_KEY) || name.equals(Shape.SORT_KEY);
      flags.put(
          name,
          key
              ? EnumSet.of(EncryptionFlags.SIGN)
              : EnumSet.of(EncryptionFlags.SIGN, EncryptionFlags.ENCRYPT));
    }
    this.stored = encryptor.encryptRecord(item, flags, context);
  }

  @Override
  public Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> stored() {
    Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> result =
        new LinkedHashMap<>();
    stored.forEach((name, value) -> result.put(name, sdk2(value)));
    return result;
  }

  @Override
  public Object encrypt() throws Exception {
    return encryptor.encryptRecord(item, flags, context);
  }

  @Override
  public Object decrypt() throws Exception {
    return encryptor.decryptRecord(stored, flags, context);
  }

  static Map<String, AttributeValue> sdk1(
      Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
    Map<String, AttributeValue> result = new LinkedHashMap<>();
    item.forEach((name, value) -> result.put(name, sdk1(value)));
    return result;
  }

  /** Of the types that shapes have. */
  private static AttributeValue sdk1(
      software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
    AttributeValue result = new AttributeValue();
    return switch (value.type()) {
      case S -> result.withS(value.s());
      case N -> result.withN(value.n());
      case BOOL -> result.withBOOL(value.bool());
      case SS -> result.withSS(value.ss());
      case NS -> result.withNS(value.ns());
      case L -> {
        List<AttributeValue> elements = value.l().stream().map(OriginalDdbec::sdk1).toList();
        yield result.withL(elements);
      }
      case M -> result.withM(sdk1(value.m()));
      default -> throw new IllegalArgumentException(value.type().name());
    };
  }

  /** Of the types that stored items of shapes have. */
  private static software.amazon.awssdk.services.dynamodb.model.AttributeValue sdk2(
      AttributeValue value) {
    if (value.getB() != null) {
      return software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB(
          SdkBytes.fromByteBuffer(value.getB().duplicate()));
    }
    return value.getN() != null
        ? software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN(value.getN())
        : software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(value.getS());
  }
}
