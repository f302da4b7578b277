package io.github.itemseal;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A module's public API as text, the same on every JDK: types by name, then constants, fields,
 * constructors and methods, each sorted. Leaves out what is internal, package-private or made by
 * the compiler.
 */
public final class PublicApi {
  private static final String OWN = PublicApi.class.getPackageName();

  /** Their classes, and our own, stand without a package; no two of them share a name. */
  private static final Set<String> WELL_KNOWN =
      Set.of(
          "java.lang",
          "java.security",
          "java.util",
          "java.util.concurrent",
          "java.util.function",
          "javax.crypto",
          "software.amazon.awssdk.core",
          "software.amazon.awssdk.services.dynamodb",
          "software.amazon.awssdk.services.dynamodb.model",
          "software.amazon.awssdk.services.dynamodb.paginators");

  private PublicApi() {}

  /** The API of the module that a class belongs to. */
  public static String of(Class<?> member) throws IOException {
    StringBuilder api = new StringBuilder();
    for (String name : classNames(member)) {
      Class<?> type = load(name, member.getClassLoader());
      if (isReachable(type)) {
        append(type, api);
      }
    }
    return api.toString();
  }

  private static Set<String> classNames(Class<?> member) throws IOException {
    Path root = classesOf(member);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .map(file -> file.replace(root.getFileSystem().getSeparator(), "."))
          .filter(name -> !name.contains(".internal."))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path classesOf(Class<?> member) {
    try {
      return Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isReachable(@Nullable Class<?> type) {
    return type == null
        || (isExported(type.getModifiers())
            && !type.isAnonymousClass()
            && !type.isLocalClass()
            && isReachable(type.getEnclosingClass()));
  }

  private static boolean isExported(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static void append(Class<?> type, StringBuilder api) {
    if (api.length() > 0) {
      api.append('\n');
    }
    api.append(header(type)).append('\n');
    List<String> lines = new ArrayList<>();
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) { // their order is API too
        lines.add("constant " + ((Enum<?>) constant).name());
      }
    }
    lines.addAll(
        sorted(
            type.getDeclaredFields(),
            field -> !field.isEnumConstant() && isExported(field.getModifiers()),
            PublicApi::describe));
    lines.addAll(
        sorted(
            type.getDeclaredConstructors(),
            constructor -> isExported(constructor.getModifiers()),
            PublicApi::describe));
    lines.addAll(methods(type));
    lines.forEach(line -> api.append("  ").append(line).append('\n'));
  }

  private static Set<String> methods(Class<?> type) {
    Set<String> lines = sorted(type.getDeclaredMethods(), PublicApi::isListed, PublicApi::describe);
    Class<?> parent = type.getSuperclass();
    if (parent != null && !Modifier.isPublic(parent.getModifiers())) {
      lines.addAll(methods(parent)); // seen through the public class only
    }
    return lines;
  }

  private static boolean isListed(Method method) {
    boolean madeByTheCompiler =
        method.isSynthetic()
            || (method.getDeclaringClass().isEnum()
                && Set.of("values", "valueOf").contains(method.getName()));
    return isExported(method.getModifiers()) && !madeByTheCompiler;
  }

  private static <T> Set<String> sorted(
      T[] members, Predicate<T> listed, Function<T, String> describe) {
    return Arrays.stream(members)
        .filter(listed)
        .map(describe)
        .collect(Collectors.toCollection(() -> new TreeSet<>(byName())));
  }

  /** Overloads together, whatever they return. */
  private static Comparator<String> byName() {
    return Comparator.comparing(
            (String line) -> {
              String head = line.contains("(") ? line.substring(0, line.indexOf('(')) : line;
              return head.substring(head.lastIndexOf(' ') + 1);
            })
        .thenComparing(Comparator.naturalOrder());
  }

  private static String header(Class<?> type) {
    StringBuilder header = new StringBuilder();
    header.append(Modifier.isPublic(type.getModifiers()) ? "public " : "protected ");
    if (type.isSealed()) {
      header.append("sealed ");
    } else if (Modifier.isFinal(type.getModifiers()) && !type.isEnum() && !type.isRecord()) {
      header.append("final ");
    }
    if (Modifier.isAbstract(type.getModifiers()) && !type.isInterface() && !type.isEnum()) {
      header.append("abstract ");
    }
    header.append(kind(type)).append(' ').append(type.getName().replace('$', '.'));
    header.append(typeParameters(type.getTypeParameters()));
    if (type.isRecord()) {
      header.append(
          Arrays.stream(type.getRecordComponents())
              .map(PublicApi::describe)
              .collect(Collectors.joining(", ", "(", ")")));
    }
    if (!type.isEnum() && !type.isRecord() && !type.isInterface()) {
      Type parent = type.getGenericSuperclass();
      header.append(parent == Object.class ? "" : " extends " + name(parent));
    }
    String word = type.isInterface() ? " extends " : " implements ";
    if (type.getGenericInterfaces().length > 0) {
      header.append(word).append(names(type.getGenericInterfaces()));
    }
    return header.toString();
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "annotation";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private static String describe(RecordComponent component) {
    return annotated(component.getAnnotatedType(), component.getGenericType())
        + " "
        + component.getName();
  }

  private static String describe(Field field) {
    return modifiers(field.getModifiers(), field)
        + annotated(field.getAnnotatedType(), field.getGenericType())
        + " "
        + field.getName()
        + constant(field);
  }

  /** Callers compile it in, so the value is API. */
  private static String constant(Field field) {
    int modifiers = field.getModifiers();
    boolean literal = field.getType().isPrimitive() || field.getType() == String.class;
    if (!Modifier.isStatic(modifiers) || !Modifier.isFinal(modifiers) || !literal) {
      return "";
    }
    try {
      return " = " + field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String describe(Constructor<?> constructor) {
    return modifiers(constructor.getModifiers(), constructor)
        + constructor.getDeclaringClass().getSimpleName()
        + signature(constructor);
  }

  private static String describe(Method method) {
    return (method.isDefault() ? "default " : "")
        + modifiers(method.getModifiers(), method)
        + typeParameters(method.getTypeParameters())
        + (method.getTypeParameters().length > 0 ? " " : "")
        + annotated(method.getAnnotatedReturnType(), method.getGenericReturnType())
        + " "
        + method.getName()
        + signature(method);
  }

  private static String signature(Executable executable) {
    AnnotatedType[] annotated = executable.getAnnotatedParameterTypes();
    Type[] types = executable.getGenericParameterTypes();
    List<String> parameters = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      String parameter = annotated(annotated[i], types[i]);
      boolean last = i == types.length - 1 && executable.isVarArgs();
      parameters.add(last ? parameter.replaceAll("\\[]$", "...") : parameter);
    }
    Type[] thrown = executable.getGenericExceptionTypes();
    return "("
        + String.join(", ", parameters)
        + ")"
        + (thrown.length == 0 ? "" : " throws " + names(thrown));
  }

  private static String modifiers(int modifiers, AnnotatedElement element) {
    return (element.isAnnotationPresent(Deprecated.class) ? "deprecated " : "")
        + (Modifier.isProtected(modifiers) ? "protected " : "")
        + (Modifier.isStatic(modifiers) ? "static " : "")
        + (Modifier.isAbstract(modifiers) ? "abstract " : "")
        + (Modifier.isFinal(modifiers) ? "final " : "");
  }

  private static String annotated(AnnotatedType annotated, Type type) {
    return (annotated.isAnnotationPresent(Nullable.class) ? "@Nullable " : "") + name(type);
  }

  private static String typeParameters(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Arrays.stream(variables)
        .map(
            variable ->
                variable.getBounds()[0] == Object.class
                    ? variable.getName()
                    : variable.getName() + " extends " + names(variable.getBounds()))
        .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String names(Type[] types) {
    return Arrays.stream(types).map(PublicApi::name).collect(Collectors.joining(", "));
  }

  private static String name(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      return name(parameterized.getRawType())
          + "<"
          + names(parameterized.getActualTypeArguments())
          + ">";
    }
    if (type instanceof GenericArrayType array) {
      return name(array.getGenericComponentType()) + "[]";
    }
    if (type instanceof WildcardType wildcard) {
      if (wildcard.getLowerBounds().length > 0) {
        return "? super " + names(wildcard.getLowerBounds());
      }
      Type[] upper = wildcard.getUpperBounds();
      return upper[0] == Object.class ? "?" : "? extends " + names(upper);
    }
    if (type instanceof Class<?> plain) {
      return className(plain);
    }
    return type.getTypeName();
  }

  private static String className(Class<?> type) {
    if (type.isArray()) {
      return className(type.getComponentType()) + "[]";
    }
    String name = type.getName().replace('$', '.');
    String packageName = type.getPackageName();
    boolean wellKnown = WELL_KNOWN.contains(packageName) || packageName.startsWith(OWN);
    return wellKnown && !type.isPrimitive() ? name.substring(packageName.length() + 1) : name;
  }
}
