package io.github.itemseal.enhanced;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbFlatten;

/**
 * Refuses annotations that did not reach the table schema. The SDK does not read them on a
 * flattened or ignored property, on a property without a setter, on a getter that a subclass
 * overrides, or when the schema is built by hand; the attribute would silently get another action.
 */
final class LostActions {
  private final Set<String> taggedNames;
  private final Set<Class<?>> seen = new HashSet<>();

  private LostActions(Set<String> taggedNames) {
    this.taggedNames = taggedNames;
  }

  /**
   * Compares the annotations of a class, and of the classes it flattens, with the tags of its
   * schema.
   *
   * @throws IllegalArgumentException if one is not there
   */
  static void requireNone(Class<?> type, Set<String> taggedNames) {
    new LostActions(taggedNames).check(type);
  }

  private void check(Class<?> type) {
    if (!seen.add(type)) {
      return;
    }
    for (AnnotatedGetters.Getter getter : AnnotatedGetters.of(type)) {
      if (isFlattened(getter.method())) {
        throw new IllegalArgumentException(
            "%s is flattened, so its action %s has no effect: give the attributes of %s their actions."
                .formatted(
                    getter.description(),
                    getter.action(),
                    getter.method().getReturnType().getSimpleName()));
      }
      if (Collections.disjoint(AnnotatedGetters.attributeNames(getter.method()), taggedNames)) {
        throw new IllegalArgumentException(
            ("The action %s of %s does not reach the schema of %s and has no effect: the property is"
                    + " ignored or has no setter, a subclass overrides the getter without the"
                    + " annotation, or the schema is built by hand and needs the tag.")
                .formatted(getter.action(), getter.description(), type.getSimpleName()));
      }
    }
    for (Class<?> owner : AnnotatedGetters.lineage(type)) {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getParameterCount() == 0 && isFlattened(method)) {
          check(method.getReturnType());
        }
      }
    }
  }

  private static boolean isFlattened(Method method) {
    return AnnotatedGetters.property(method).stream()
        .anyMatch(part -> part.isAnnotationPresent(DynamoDbFlatten.class));
  }
}
