package io.github.itemseal.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * Answers, failures included, with other values in them. Goes by the SDK's own description of its
 * models, so that it finds the values of operations to come. Stateless.
 */
final class AnswerRewriting {
  private AnswerRewriting() {}

  /** The same answer with canonical values, wherever it has values. */
  static Object canonicalize(Object answer) {
    if (answer instanceof AttributeValue value) {
      return CanonicalValues.of(value);
    }
    if (answer instanceof Map<?, ?> map) {
      Map<Object, Object> rewritten = new LinkedHashMap<>();
      map.forEach((key, value) -> rewritten.put(key, canonicalize(value)));
      return rewritten.equals(map) ? map : rewritten;
    }
    if (answer instanceof List<?> list) {
      List<Object> rewritten = new ArrayList<>();
      list.forEach(element -> rewritten.add(canonicalize(element)));
      return rewritten.equals(list) ? list : rewritten;
    }
    if (answer instanceof SdkPojo model && answer instanceof ToCopyableBuilder<?, ?> copyable) {
      @Nullable SdkBuilder<?, ?> builder = null;
      for (SdkField<?> field : model.sdkFields()) {
        Object value = field.getValueOrDefault(model);
        Object rewritten = value == null ? null : canonicalize(value);
        if (rewritten != value) {
          builder = builder == null ? copyable.toBuilder() : builder;
          field.set(builder, rewritten);
        }
      }
      return builder == null ? answer : builder.build();
    }
    return answer;
  }

  /** The same failure without the items that conditions failed on. */
  static Throwable withoutImages(Throwable failure) {
    if (failure instanceof ConditionalCheckFailedException refused) {
      return refused.toBuilder().item(null).build();
    }
    if (failure instanceof TransactionCanceledException cancelled) {
      return cancelled.toBuilder()
          .cancellationReasons(
              cancelled.cancellationReasons().stream().map(AnswerRewriting::withoutImage).toList())
          .build();
    }
    return failure;
  }

  private static CancellationReason withoutImage(CancellationReason reason) {
    return reason.toBuilder().item(null).build();
  }
}
