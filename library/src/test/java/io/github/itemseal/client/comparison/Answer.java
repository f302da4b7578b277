package io.github.itemseal.client.comparison;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * What a call came to: its response or its failure, in a form that can be compared and shown. Sets
 * have no order; the request id and the HTTP response are left out.
 *
 * @param failure the exception, or null
 * @param content the members of the response or of the failure
 */
record Answer(RuntimeException failure, Map<String, Object> content) {
  static Answer of(SdkPojo response) {
    return new Answer(null, members(response));
  }

  static Answer of(RuntimeException failure) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("exception", failure.getClass().getSimpleName());
    if (failure instanceof AwsServiceException service) {
      content.put("errorCode", service.awsErrorDetails().errorCode());
      content.put("errorMessage", service.awsErrorDetails().errorMessage());
    }
    if (failure instanceof SdkPojo pojo) {
      content.putAll(members(pojo));
    }
    return new Answer(failure, content);
  }

  boolean failed() {
    return failure != null;
  }

  /** This page with the attributes alone that the items of the other page have. */
  Answer narrowedTo(Answer other) {
    if (!(content.get("Items") instanceof List<?> items)
        || !(other.content.get("Items") instanceof List<?> shown)
        || items.size() != shown.size()) {
      return this;
    }
    List<Object> narrowed = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Map<Object, Object> item = new TreeMap<>((Map<?, ?>) items.get(i));
      item.keySet().retainAll(((Map<?, ?>) shown.get(i)).keySet());
      narrowed.add(item);
    }
    Map<String, Object> changed = new TreeMap<>(content);
    changed.put("Items", narrowed);
    return new Answer(failure, changed);
  }

  private static Map<String, Object> members(SdkPojo pojo) {
    Map<String, Object> members = new TreeMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        boolean set = List.of("SS", "NS", "BS").contains(field.memberName());
        members.put(field.memberName(), set ? unordered((List<?>) value) : comparable(value));
      }
    }
    return members;
  }

  private static Object comparable(Object value) {
    if (value instanceof SdkPojo pojo) {
      return members(pojo);
    }
    if (value instanceof List<?> list) {
      List<Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(comparable(element)));
      return elements;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new TreeMap<>();
      map.forEach((key, entry) -> entries.put((String) key, comparable(entry)));
      return entries;
    }
    return value instanceof SdkBytes bytes ? hex(bytes) : value;
  }

  private static Object unordered(List<?> set) {
    return set.stream()
        .map(element -> comparable(element).toString())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String hex(SdkBytes bytes) {
    return HexFormat.of().formatHex(bytes.asByteArrayUnsafe());
  }
}
