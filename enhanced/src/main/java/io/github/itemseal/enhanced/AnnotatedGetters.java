package io.github.itemseal.enhanced;

import io.github.itemseal.CryptoAction;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbAttribute;

/** The methods of a class and its parents that are annotated with {@link Protection}. */
final class AnnotatedGetters {
  private AnnotatedGetters() {}

  /**
   * Those of the class itself first; overridden ones too, whose annotation the SDK does not see.
   */
  static List<Getter> of(Class<?> type) {
    List<Getter> getters = new ArrayList<>();
    for (Class<?> owner : lineage(type)) {
      for (Method method : owner.getDeclaredMethods()) {
        Protection annotation = method.getAnnotation(Protection.class);
        if (annotation != null && !method.isSynthetic()) {
          getters.add(new Getter(method, annotation.value()));
        }
      }
    }
    return getters;
  }

  /** The class, its superclasses and all their interfaces. */
  static Set<Class<?>> lineage(@Nullable Class<?> type) {
    Set<Class<?>> lineage = new LinkedHashSet<>();
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      lineage.add(owner);
    }
    for (Class<?> owner : List.copyOf(lineage)) {
      for (Class<?> parent : owner.getInterfaces()) {
        lineage.addAll(lineage(parent));
      }
    }
    return lineage;
  }

  /** The names of the attribute that a getter or setter may stand for. */
  static Set<String> attributeNames(Method method) {
    Set<String> names = new LinkedHashSet<>();
    for (Method part : property(method)) {
      annotation(part, DynamoDbAttribute.class).ifPresent(named -> names.add(named.value()));
    }
    if (names.isEmpty()) {
      names.add(propertyName(method));
      names.add(java.beans.Introspector.decapitalize(withoutPrefix(method.getName())));
    }
    return names;
  }

  /** The getter and the setter of the property that a method belongs to, in its class. */
  static List<Method> property(Method method) {
    String property = propertyName(method);
    List<Method> parts = new ArrayList<>();
    for (Method candidate : method.getDeclaringClass().getDeclaredMethods()) {
      if (propertyName(candidate).equals(property) && !candidate.isSynthetic()) {
        parts.add(candidate);
      }
    }
    return parts;
  }

  private static <A extends Annotation> Optional<A> annotation(Method method, Class<A> type) {
    return Optional.ofNullable(method.getAnnotation(type));
  }

  private static String propertyName(Method method) {
    String rest = withoutPrefix(method.getName());
    return rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
  }

  private static String withoutPrefix(String methodName) {
    for (String prefix : List.of("get", "set", "is")) {
      boolean longer = methodName.startsWith(prefix) && methodName.length() > prefix.length();
      if (longer && Character.isUpperCase(methodName.charAt(prefix.length()))) {
        return methodName.substring(prefix.length());
      }
    }
    return methodName;
  }

  /** One annotated method. */
  record Getter(Method method, CryptoAction action) {
    String description() {
      return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "()";
    }
  }
}
