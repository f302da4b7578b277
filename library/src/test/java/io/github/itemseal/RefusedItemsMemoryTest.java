package io.github.itemseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.StaticMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an encryptor keeps of the items it has seen: nothing of a refused one, and a bounded part of
 * the others, whatever part of the library would keep it. All that is reachable is walked.
 */
class RefusedItemsMemoryTest {
  private static ItemEncryptor encryptor(String format) {
    ItemFormat written =
        format.equals("DDBEC")
            ? Ddbec.using(
                StaticMaterialsProvider.builder()
                    .encryptionKey(TestKeys.aes(128))
                    .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                    .build())
            : Dbe.using(RawAesKeyring.of("ns", "kn", TestKeys.aes(256)));
    return ItemEncryptor.of(
        TableEncryption.of(TableInfo.of("T", TableIndex.of("pk")))
            .actions(AttributeActions.encryptAndSign())
            .writes(written)
            .build());
  }

  private static Map<String, AttributeValue> stored(ItemEncryptor encryptor, String name) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS("p"));
    item.put(name, AttributeValue.fromS("x"));
    return encryptor.encryptItem(item);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DDBEC", "DBE"})
  void decryptItem_refusedItemsWithLongNames_leaveNothingBehind(String format) throws Exception {
    ItemEncryptor writer = encryptor(format);
    ItemEncryptor reader = encryptor(format);
    Map<String, AttributeValue> sealed = stored(writer, "a");
    reader.decryptItem(sealed);
    long before = characters(reader);

    for (int i = 0; i < 200; i++) {
      Map<String, AttributeValue> forged = new HashMap<>(sealed);
      forged.put(i + "n".repeat(1_000), forged.remove("a")); // as many as the header says
      assertThatThrownBy(() -> reader.decryptItem(forged)).isInstanceOf(ItemsealException.class);
    }

    assertThat(characters(reader)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DDBEC", "DBE"})
  void decryptItem_verifiedItemsWithLongNames_leaveABoundedPartBehind(String format)
      throws Exception {
    ItemEncryptor encryptor = encryptor(format);
    for (int i = 0; i < 400; i++) {
      encryptor.decryptItem(stored(encryptor, i + "n".repeat(i % 2 == 0 ? 60_000 : 5_000)));
    }

    assertThat(characters(encryptor)).isBetween(60_000L, 2_000_000L);
  }

  /** Characters of all texts, and bytes of all arrays, that an object holds on to. */
  private static long characters(Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    open.add(root);
    long characters = 0;
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (!seen.add(object)) {
        continue;
      }
      if (object instanceof String text) {
        characters += text.length();
      } else if (object instanceof byte[] bytes) {
        characters += bytes.length;
      } else if (object instanceof Map<?, ?> map) {
        map.forEach((key, value) -> add(open, key, value));
      } else if (object instanceof Collection<?> collection) {
        collection.forEach(element -> add(open, element));
      } else if (object instanceof AtomicReference<?> reference) {
        add(open, reference.get());
      } else if (object instanceof AtomicReferenceArray<?> array) {
        for (int i = 0; i < array.length(); i++) {
          add(open, array.get(i));
        }
      } else if (object.getClass().isArray()) {
        for (int i = 0; i < Array.getLength(object); i++) {
          add(open, Array.get(object, i));
        }
      } else {
        for (Class<?> type = object.getClass(); isOurs(type); type = type.getSuperclass()) {
          for (Field field : type.getDeclaredFields()) {
            if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
              field.setAccessible(true);
              add(open, field.get(object));
            }
          }
        }
      }
    }
    return characters;
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("io.github.itemseal.");
  }

  private static void add(Deque<Object> open, Object... objects) {
    for (Object object : objects) {
      if (object != null) {
        open.add(object);
      }
    }
  }
}
