package io.github.itemseal.enhanced;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncVectorIndex;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedAsyncClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;

/** Our types against the SDK's interfaces, whose methods throw by default: a new one fails here. */
class EnhancedInterfacesTest {
  static Stream<Arguments> implementations() {
    return Stream.of(
        Arguments.of(DynamoDbEnhancedClient.class, EncryptedDynamoDbEnhancedClient.class),
        Arguments.of(DynamoDbEnhancedAsyncClient.class, EncryptedDynamoDbEnhancedAsyncClient.class),
        Arguments.of(DynamoDbAsyncTable.class, TypedAsyncTable.class),
        Arguments.of(DynamoDbAsyncVectorIndex.class, TypedAsyncVectorIndex.class));
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void methods_ofTheSdksInterface_areAllOverridden(Class<?> sdk, Class<?> ours) throws Exception {
    assertThat(sdk.getMethods()).isNotEmpty();
    for (Method method : sdk.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        Method called = ours.getMethod(method.getName(), method.getParameterTypes());
        assertThat(called.getDeclaringClass()).as(method.toString()).isEqualTo(ours);
      }
    }
  }

  @Test
  void clientsBelowTheEnhancedOnes_overrideTheSameOperations() {
    assertThat(operations(SafeUpdateAsyncClient.class))
        .isEqualTo(operations(SafeUpdateClient.class));
  }

  private static Set<String> operations(Class<?> client) {
    return Arrays.stream(client.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
