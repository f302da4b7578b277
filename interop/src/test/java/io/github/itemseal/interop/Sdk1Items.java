package io.github.itemseal.interop;

import com.amazonaws.services.dynamodbv2.model.AttributeValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** Items of SDK 2 as items of SDK 1 and back, value for value: nothing is sorted or rewritten. */
final class Sdk1Items {
  private Sdk1Items() {}

  static Map<String, AttributeValue> toSdk1(
      Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
    Map<String, AttributeValue> result = new LinkedHashMap<>();
    item.forEach((name, value) -> result.put(name, toSdk1(value)));
    return result;
  }

  static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> toSdk2(
      Map<String, AttributeValue> item) {
    Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> result =
        new LinkedHashMap<>();
    item.forEach((name, value) -> result.put(name, toSdk2(value)));
    return result;
  }

  private static AttributeValue toSdk1(
      software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
    AttributeValue result = new AttributeValue();
    switch (value.type()) {
      case S -> result.setS(value.s());
      case N -> result.setN(value.n());
      case B -> result.setB(value.b().asByteBuffer());
      case SS -> result.setSS(value.ss());
      case NS -> result.setNS(value.ns());
      case BS -> result.setBS(value.bs().stream().map(SdkBytes::asByteBuffer).toList());
      case BOOL -> result.setBOOL(value.bool());
      case NUL -> result.setNULL(value.nul());
      case L -> result.setL(value.l().stream().map(Sdk1Items::toSdk1).toList());
      case M -> result.setM(toSdk1(value.m()));
      default -> throw new IllegalArgumentException("no type: " + value);
    }
    return result;
  }

  private static software.amazon.awssdk.services.dynamodb.model.AttributeValue toSdk2(
      AttributeValue value) {
    var result = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
    int types = 0;
    if (value.getS() != null) {
      result.s(value.getS());
      types++;
    }
    if (value.getN() != null) {
      result.n(value.getN());
      types++;
    }
    if (value.getB() != null) {
      result.b(bytes(value.getB()));
      types++;
    }
    if (value.getSS() != null) {
      result.ss(value.getSS());
      types++;
    }
    if (value.getNS() != null) {
      result.ns(value.getNS());
      types++;
    }
    if (value.getBS() != null) {
      result.bs(value.getBS().stream().map(Sdk1Items::bytes).toList());
      types++;
    }
    if (value.getBOOL() != null) {
      result.bool(value.getBOOL());
      types++;
    }
    if (value.getNULL() != null) {
      result.nul(value.getNULL());
      types++;
    }
    if (value.getL() != null) {
      List<software.amazon.awssdk.services.dynamodb.model.AttributeValue> elements =
          new ArrayList<>();
      value.getL().forEach(element -> elements.add(toSdk2(element)));
      result.l(elements);
      types++;
    }
    if (value.getM() != null) {
      result.m(toSdk2(value.getM()));
      types++;
    }
    if (types != 1) {
      throw new IllegalArgumentException(types + " types at once: " + value);
    }
    return result.build();
  }

  private static SdkBytes bytes(ByteBuffer buffer) {
    return SdkBytes.fromByteBuffer(buffer.duplicate().rewind());
  }
}
